import { describe, expect, it } from 'vitest'
import type { DeskRow } from '../../shared/desk.ts'
import { yen } from '../../shared/money.ts'
import { ageOf, dayInWords, localInputOf, msOfLocalInput, timeOfDay, timeWithSeconds } from './days.ts'
import {
  countOf,
  EVERYTHING,
  inOrder,
  isNarrowed,
  listItems,
  pageWanted,
  rowAfter,
  searchedText,
  stepOf,
} from './finding.ts'

// A customer stands there and reads a number out: whatever way it is typed, the sale has to be found.

describe('a typed text', () => {
  it.each([
    ['012', '012'],
    ['０１２', '012'],
    ['  012\n', '012'],
    ['1,240', '1240'],
    ['¥1,240', '1240'],
    ['￥１，２４０', '1240'],
    ['1240円', '1240'],
    ['02857391648205713664', '02857391648205713664'],
    ['kaikei-20261124-0012-a1', 'kaikei-20261124-0012-a1'],
    ['唐揚げ', '唐揚げ'],
    ['', ''],
  ])('%s is looked for as %s', (typed, sent) => {
    expect(searchedText(typed)).toBe(sent)
  })

  it('is never longer than the contract takes', () => {
    expect(searchedText('x'.repeat(300))).toHaveLength(100)
  })
})

it('a page is asked for with its tab’s words, and goes on where the last one ended', () => {
  expect(pageWanted(EVERYTHING, null)).toMatchObject({ text: '', words: [], lane: null, before: null })
  expect(pageWanted({ ...EVERYTHING, tab: 'cases', text: '¥680' }, 77)).toMatchObject({
    text: '680',
    words: ['case'],
    before: 77,
  })
  expect(isNarrowed(EVERYTHING)).toBe(false)
  expect(isNarrowed({ ...EVERYTHING, lane: 'main' })).toBe(true)
  expect(countOf('cases', { cases: 2, underWay: 3 })).toBe(2)
  expect(countOf('underWay', { cases: 2, underWay: 3 })).toBe(3)
  expect(countOf('returns', { cases: 2, underWay: 3 })).toBeNull()
})

const row = (checkoutId: string, businessDay: string): DeskRow => ({
  checkoutId,
  businessDay,
  claimNumber: '012',
  lane: 'main',
  startedAtMs: 0,
  totalYen: yen(1),
  returnedYen: yen(0),
  word: 'delivered',
  openCase: null,
})

it('each day has one heading, before its first row', () => {
  const rows = [row('c', '2026-11-24'), row('b', '2026-11-24'), row('a', '2026-11-23')]
  expect(
    listItems(rows, 'all').map(item => (item.kind === 'day' ? item.businessDay : item.row.checkoutId)),
  ).toEqual(['2026-11-24', 'c', 'b', '2026-11-23', 'a'])
  expect(listItems([], 'all')).toEqual([])
})

it('the keys go from row to row, a page at a time or to the end, and stay there', () => {
  const rows = ['e', 'd', 'c', 'b', 'a'].map(id => row(id, '2026-11-24'))
  const from = (id: string | null, key: string) => rowAfter(rows, id, stepOf(key, 3) ?? 0)?.checkoutId
  expect(from('e', 'ArrowDown')).toBe('d')
  expect(from('e', 'ArrowUp')).toBe('e')
  expect(from('e', 'PageDown')).toBe('b')
  expect(from('b', 'PageDown')).toBe('a')
  expect(from('a', 'PageUp')).toBe('d')
  expect(from('e', 'End')).toBe('a')
  expect(from('b', 'Home')).toBe('e')
  expect(from(null, 'ArrowDown')).toBe('e')
  expect(rowAfter([], null, 1)).toBeNull()
  expect(stepOf('Enter', 3)).toBeUndefined()
})

it('times are Japan’s, whatever the machine believes', () => {
  const atMs = Date.parse('2026-11-24T15:36:07Z')
  expect(timeOfDay(atMs)).toBe('00:36')
  expect(timeWithSeconds(atMs)).toBe('00:36:07')
  expect(localInputOf(atMs)).toBe('2026-11-25T00:36')
  expect(msOfLocalInput('2026-11-25T00:36')).toBe(Date.parse('2026-11-24T15:36:00Z'))
  expect(msOfLocalInput('')).toBeNull()
  expect(dayInWords('2026-11-24', 'ja')).toBe('11月24日 火曜日')
  expect(dayInWords('2026-11-24', 'en')).toBe('Tuesday, 24 November')
  expect(dayInWords('nonsense', 'en')).toBe('nonsense')
})

it('an age is told in its largest whole unit', () => {
  expect(ageOf(0, 119 * 60_000)).toEqual({ key: 'age.minutes', number: 119 })
  expect(ageOf(0, 120 * 60_000)).toEqual({ key: 'age.hours', number: 2 })
  expect(ageOf(0, 48 * 3_600_000)).toEqual({ key: 'age.days', number: 2 })
  expect(ageOf(10_000, 0)).toEqual({ key: 'age.minutes', number: 0 })
})

it('among the cases the one that has waited longest for a person comes first, whenever its checkout was', () => {
  const waiting = (checkoutId: string, sinceMs: number): DeskRow =>
    ({ checkoutId, businessDay: '2026-11-24', openCase: { sinceMs } }) as DeskRow
  const rows = [waiting('old', 300), waiting('older', 100), waiting('new', 200)]
  expect(inOrder(rows, 'cases').map(row => row.checkoutId)).toEqual(['older', 'new', 'old'])
  expect(inOrder(rows, 'all')).toBe(rows)
  expect(listItems(rows, 'cases').map(item => item.kind)).toEqual(['row', 'row', 'row'])
  expect(pageWanted({ ...EVERYTHING, tab: 'cases' }, null)).toMatchObject({ oldestFirst: true })
})
