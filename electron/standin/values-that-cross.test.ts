import { describe, expect, it } from 'vitest'
import { decodeClone, encodeClone } from './clone.ts'

// A stand-in that carries more, or less, than Electron does would let a host pass its tests and fail on a till.
const crossed = (value: unknown): unknown => decodeClone(encodeClone(value))

describe('what structured clone carries arrives the same', () => {
  const containers = { day: new Date(0), set: new Set([1]), map: new Map([['a', [undefined]]]) }
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'お支払い'],
    ['numbers that JSON loses', [Number.NaN, Number.POSITIVE_INFINITY, -0, 10n]],
    ['an undefined field', { a: undefined, b: 1 }],
    ['an array that begins like a code of ours', ['date', 1]],
    ['dates, sets and maps', containers],
    ['bytes', Uint8Array.from([0, 255])],
  ])('%s', (_name, value) => {
    expect(crossed(value)).toStrictEqual(structuredClone(value))
  })

  it('an error, by its name and message', () => {
    expect(crossed(new RangeError('too far'))).toMatchObject({ name: 'RangeError', message: 'too far' })
  })

  it('an object of a class, as a plain one', () => {
    class Yen {
      amount = 1
      get double(): number {
        return this.amount * 2
      }
    }
    expect(crossed(new Yen())).toStrictEqual(structuredClone(new Yen()))
  })
})

it.each([
  ['a function', () => undefined],
  ['a symbol', Symbol('x')],
  ['a promise', Promise.resolve()],
  ['a function deep inside', { a: [{ b: () => undefined }] }],
])('%s is refused, as by structured clone', (_name, value) => {
  expect(() => structuredClone(value)).toThrow('could not be cloned')
  expect(() => encodeClone(value)).toThrow('could not be cloned')
})

it('what arrives is a copy', () => {
  const sent = { lines: [1] }
  const arrived = crossed(sent) as typeof sent
  arrived.lines.push(2)
  expect(sent).toEqual({ lines: [1] })
})
