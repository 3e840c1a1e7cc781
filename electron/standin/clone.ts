/**
 * Values as text, in the way of structured clone: what comes out is a copy, and what cannot be copied throws. JSON alone would
 * let a host send `undefined` or a Date that Electron delivers and a test loses, or drop a function without a word.
 *
 * Both functions are complete in themselves: their source is also run inside the page. `carry` is asked about functions, which
 * only contextBridge can hand over.
 */
export function encodeClone(value: unknown, carry?: (called: Callable) => number): string {
  const encode = (part: unknown): unknown => {
    switch (typeof part) {
      case 'string':
      case 'boolean':
        return part
      case 'number':
        return Number.isFinite(part) && !Object.is(part, -0)
          ? part
          : ['number', Object.is(part, -0) ? '-0' : String(part)]
      case 'undefined':
        return ['undefined']
      case 'bigint':
        return ['bigint', String(part)]
      case 'function':
        if (carry) return ['function', carry(part as Callable)]
        throw new Error('An object could not be cloned.')
      case 'symbol':
        throw new Error('An object could not be cloned.')
      default:
        return part === null ? null : encodeObject(part as object)
    }
  }
  const encodeObject = (part: object): unknown => {
    if (Array.isArray(part)) return ['array', part.map(encode)]
    if (part instanceof Date) return ['date', part.getTime()]
    if (part instanceof Map) return ['map', [...part].map(([key, one]) => [encode(key), encode(one)])]
    if (part instanceof Set) return ['set', [...part].map(encode)]
    if (part instanceof Uint8Array) return ['bytes', [...part]]
    if (part instanceof Error) return ['error', part.name, part.message]
    // Own enumerable properties, as structured clone: a class instance arrives as a plain object.
    if (part instanceof Promise || part instanceof WeakMap) throw new Error('An object could not be cloned.')
    return ['object', Object.entries(part).map(([key, one]) => [key, encode(one)])]
  }
  return JSON.stringify(encode(value))
}

export type Callable = (...args: unknown[]) => unknown

export function decodeClone(text: string, called?: (carried: number) => Callable): unknown {
  type Coded = [kind: string, first: never, second: never]
  const decode = (part: unknown): unknown => {
    if (!Array.isArray(part)) return part
    const [kind, first, second] = part as Coded
    switch (kind) {
      case 'number':
        return Number(first)
      case 'undefined':
        return undefined
      case 'bigint':
        return BigInt(first)
      case 'function':
        if (called) return called(first)
        throw new Error('a function cannot cross here')
      case 'array':
        return (first as unknown[]).map(decode)
      case 'date':
        return new Date(first as number)
      case 'map':
        return new Map((first as [unknown, unknown][]).map(([key, one]) => [decode(key), decode(one)]))
      case 'set':
        return new Set((first as unknown[]).map(decode))
      case 'bytes':
        return Uint8Array.from(first as number[])
      case 'error': {
        const error = new Error(second)
        error.name = first
        return error
      }
      case 'object':
        return Object.fromEntries((first as [string, unknown][]).map(([key, one]) => [key, decode(one)]))
      default:
        throw new Error(`no such kind of value: ${kind}`)
    }
  }
  return decode(JSON.parse(text))
}
