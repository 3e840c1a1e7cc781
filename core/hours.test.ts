import { expect, it } from 'vitest'
import type { OpeningHours } from '../shared/shopDocuments.ts'
import { hoursAt } from './hours.ts'

const closed: OpeningHours = { mon: null, tue: null, wed: null, thu: null, fri: null, sat: null, sun: null }
const at = (time: string): number => Date.parse(`${time}+09:00`)

// 2026-11-24 is a Tuesday.
it.each<[string, Partial<OpeningHours>, string, string | true | null]>([
  ['in the hours', { tue: { opens: '10:00', closes: '19:00' } }, '2026-11-24T12:00', true],
  ['from the first minute', { tue: { opens: '10:00', closes: '19:00' } }, '2026-11-24T10:00', true],
  [
    'not from the last on',
    { tue: { opens: '10:00', closes: '19:00' } },
    '2026-11-24T19:00',
    '2026-12-01T10:00',
  ],
  ['before', { tue: { opens: '10:00', closes: '19:00' } }, '2026-11-24T09:59', '2026-11-24T10:00'],
  ['past midnight', { mon: { opens: '17:00', closes: '02:00' } }, '2026-11-24T01:59', true],
  [
    'past midnight, over',
    { mon: { opens: '17:00', closes: '02:00' } },
    '2026-11-24T02:00',
    '2026-11-30T17:00',
  ],
  ['until midnight', { tue: { opens: '17:00', closes: '00:00' } }, '2026-11-24T23:59', true],
  ['all day', { tue: { opens: '00:00', closes: '00:00' } }, '2026-11-24T23:59', true],
  ['Sunday is a day', { sun: { opens: '10:00', closes: '11:00' } }, '2026-11-24T12:00', '2026-11-29T10:00'],
  ['never', {}, '2026-11-24T12:00', null],
])('%s', (_name, hours, time, expected) => {
  const verdict = hoursAt({ ...closed, ...hours }, at(time))
  if (expected === true) expect(verdict).toEqual({ open: true })
  else expect(verdict).toEqual({ open: false, opensAtMs: expected === null ? null : at(expected) })
})

it('a shop without hours is always open', () => {
  expect(hoursAt(null, at('2026-11-24T03:00'))).toEqual({ open: true })
})
