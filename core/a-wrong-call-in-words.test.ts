import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as full from 'zod'
import type * as z from 'zod/mini'
import { customerApi } from '../shared/api.ts'
import { attendantApi } from '../shared/attendant.ts'
import { parse } from './dispatch.ts'

// A wrong call is told which field, which rule and what belongs there, in words of this project's and never in a library's.

const api: Readonly<Record<string, { readonly input: z.ZodMiniType }>> = { ...customerApi, ...attendantApi }
const back = { checkoutId: 'c1', decisionId: '12345678', reason: 'soldOut', note: '', secondPin: null }
const found = { text: '', words: [], lane: null, fromMs: null, toMs: null, before: null, limit: 20 }

it.each([
  ['getLane', 5, 'input', 'an object, not a number', { is: 'kind', wanted: 'object', got: 'number' }],
  ['getLane', {}, 'lane', 'missing: it has to be sent', { is: 'missing' }],
  ['getLane', { lane: 4 }, 'lane', 'text, not a number', { is: 'kind', wanted: 'text', got: 'number' }],
  ['getLane', { lane: 'a b' }, 'lane', 'a lane name: 1 to 32 letters, digits or hyphens', { is: 'form' }],
  [
    'getCertificate',
    { checkoutId: '' },
    'checkoutId',
    'a length of at least 1, not 0',
    { is: 'tooShort', limit: 1, got: 0 },
  ],
  [
    'closeCase',
    { checkoutId: 'c', reason: 'x'.repeat(501) },
    'reason',
    'a length of at most 500, not 501',
    { is: 'tooLong', limit: 500, got: 501 },
  ],
  ['findCheckouts', { ...found, limit: 0 }, 'limit', 'at least 1', { is: 'tooSmall', limit: 1 }],
  ['findCheckouts', { ...found, limit: 201 }, 'limit', 'at most 200', { is: 'tooLarge', limit: 200 }],
  ['findCheckouts', { ...found, limit: 1.5 }, 'limit', 'a whole number', { is: 'whole' }],
  [
    'findCheckouts',
    { ...found, fromMs: Number.NaN },
    'fromMs',
    'a number, not something else',
    { is: 'kind', wanted: 'number', got: 'other' },
  ],
  [
    'findCheckouts',
    { ...found, words: 'case' },
    'words',
    'a list, not text',
    { is: 'kind', wanted: 'list', got: 'text' },
  ],
  [
    'exportDay',
    { day: '2026-11-24', encoding: 'utf16', what: 'sales' },
    'encoding',
    'one of utf8, sjis',
    { is: 'choice', of: ['utf8', 'sjis'] },
  ],
  [
    'exportDay',
    { day: '2026-11-31', encoding: 'utf8', what: 'sales' },
    'day',
    'a day that there is',
    { is: 'form' },
  ],
  [
    'giveBack',
    { ...back, what: { kind: 'half' } },
    'what.kind',
    'one of whole, lines, amount',
    { is: 'choice', of: ['whole', 'lines', 'amount'] },
  ],
  [
    'giveBack',
    { ...back, what: { kind: 'lines', lines: [] } },
    'what.lines',
    'a length of at least 1, not 0',
    { is: 'tooShort', limit: 1, got: 0 },
  ],
  [
    'changeUser',
    { userId: 'u', active: 'yes' },
    'active',
    'true or false, not text',
    { is: 'kind', wanted: 'yesNo', got: 'text' },
  ],
] as const)('%s %j: %s, %s', (method, input, where, expected, rule) => {
  expect(parse(schemaOf(method), input)).toEqual({
    ok: false,
    failure: { kind: 'badInput', where, expected, rule },
  })
})

it('a PIN that was typed is not in the answer', () => {
  const answer = parse(schemaOf('signIn'), { lane: 'main', pin: '284915'.repeat(20) })
  expect(answer).toMatchObject({ failure: { where: 'pin', rule: { is: 'tooLong', limit: 64, got: 120 } } })
  expect(JSON.stringify(answer)).not.toContain('284915')
})

it('a length that cannot be compared is a wrong input, and no bug', () => {
  const pin = { length: [{ toString: null }] }
  expect(parse(schemaOf('addUser'), { name: 'a', role: 'manager', pin })).toMatchObject({
    ok: false,
    failure: { kind: 'badInput', where: 'input', rule: { is: 'form' } },
  })
})

describe('no word of the library’s comes through', () => {
  // The library's English is installed by whoever imports it whole, as the catalogue's reader does.
  const theirs =
    /^(Invalid|Too (small|big)|Unrecognized|Expected|Required)|received|expected (string|number|object)/
  it('the library would say what is looked for', () => {
    expect(full.string().safeParse(1).error?.issues[0]?.message).toMatch(theirs)
  })
  it.each(Object.keys(api))('%s', method => {
    const keys = Object.keys((schemaOf(method) as unknown as { def: { shape: object } }).def.shape)
    const wrong = fc.oneof(
      fc.anything(),
      fc.record(Object.fromEntries(keys.map(key => [key, fc.anything()])), { requiredKeys: [] }),
    )
    fc.assert(
      fc.property(wrong, input => {
        const answer = parse(schemaOf(method), input)
        if (answer.ok) return
        expect(answer.failure).toMatchObject({ kind: 'badInput', where: expect.stringMatching(/./) })
        const { expected } = answer.failure as { expected: string }
        expect(expected).toMatch(/./)
        expect(expected).not.toMatch(theirs)
      }),
      { numRuns: 100 },
    )
  })
})

function schemaOf(method: string): z.ZodMiniType {
  const found = api[method]
  if (!found) throw new Error(`there is no method ${method}`)
  return found.input
}
