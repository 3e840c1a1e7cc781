import type { Fault } from './faults.ts'
import type { Outcome, RawRequest } from './simulator.ts'

/** One request as it came, for conformance tests and for finding out why a call was refused. Never its signature. */
export type SeenRequest = {
  /** 1 for the first since the start. */
  readonly seq: number
  readonly atMs: number
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** Lower-case names, as they came; the value of Authorization is replaced. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Parsed JSON; the text where it is none; null where there was no body. */
  readonly body: unknown
  /** The kinds of the faults that hit it. */
  readonly faults: readonly Fault['what']['kind'][]
  /** Null until it is answered, and where no whole answer was given. */
  status: number | null
  outcome: Outcome['kind'] | null
  /** Why PayPay said UNAUTHORIZED, which PayPay itself does not tell. */
  refusedBecause: string | null
}

const MOST_ENTRIES = 1_000

export class RequestLog {
  readonly #entries: SeenRequest[] = []
  #seq = 0

  get entries(): readonly SeenRequest[] {
    return this.#entries
  }

  add(request: RawRequest, atMs: number, hits: readonly Fault['what'][]): SeenRequest {
    this.#seq += 1
    const hidden = request.headers.authorization === undefined ? {} : { authorization: '(not kept)' }
    const entry: SeenRequest = {
      seq: this.#seq,
      atMs,
      method: request.method,
      path: request.path,
      query: request.query,
      headers: { ...request.headers, ...hidden },
      body: parsedBody(request.body) ?? textOf(request.body),
      faults: hits.map(hit => hit.kind),
      status: null,
      outcome: null,
      refusedBecause: null,
    }
    this.#entries.push(entry)
    if (this.#entries.length > MOST_ENTRIES) this.#entries.shift()
    return entry
  }
}

/** The JSON of a body, or undefined where there is none that can be read. */
export function parsedBody(body: Uint8Array | null): unknown {
  const text = textOf(body)
  if (text === null) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function textOf(body: Uint8Array | null): string | null {
  return body === null || body.length === 0 ? null : Buffer.from(body).toString('utf8')
}
