import { describe, expect, it } from 'vitest'
import type { FileFault, NextStep } from '../../../shared/reconciliation.ts'
import { dayFrom } from './day-from.ts'
import { faultSentence } from './fault-words.ts'
import { openHours } from './hours-shown.ts'
import { type DayTextKey, daySay, dayTexts } from './text/say.ts'

type ExamplesOf<Union extends { readonly kind: string }> = {
  readonly [Kind in Union['kind']]: readonly Extract<Union, { kind: Kind }>[]
}

const line = 214
const faults: ExamplesOf<FileFault> = {
  tooLarge: [{ kind: 'tooLarge', bytes: 21 * 1024 * 1024 + 1, maxBytes: 20 * 1024 * 1024 }],
  unknownName: [{ kind: 'unknownName', name: 'sales.csv' }],
  empty: [{ kind: 'empty' }],
  unreadable: (['utf16', 'workbook', 'other'] as const).map(looksLike => ({ kind: 'unreadable', looksLike })),
  cutOff: (['brokenCharacter', 'openQuote', 'tooFewColumns', 'noLineEnd'] as const).map(why => ({
    kind: 'cutOff',
    line,
    why,
  })),
  tooManyColumns: [{ kind: 'tooManyColumns', line, found: 14, expected: 13 }],
  columnMissing: [{ kind: 'columnMissing', columns: ['取引金額', '決済番号'] }],
  otherForm: [{ kind: 'otherForm', found: 'preauth', expected: 'instant', by: 'name' }],
  mangledIds: [{ kind: 'mangledIds', line, column: '決済番号', text: '2.85739E+19' }],
  otherMerchant: [{ kind: 'otherMerchant', found: '2000', expected: '1000', line: null }],
  otherDay: [{ kind: 'otherDay', expectedDay: '2026-11-24', fromDay: '2026-11-23', toDay: '2026-11-23' }],
  rowOfOtherDay: [
    { kind: 'rowOfOtherDay', line, text: '2026/11/25 00:00', fromDay: '2026-11-24', toDay: '2026-11-24' },
  ],
  badAmount: [{ kind: 'badAmount', line, text: '1,5' }],
  badTime: [{ kind: 'badTime', line, text: '25:61' }],
  unknownStatus: [{ kind: 'unknownStatus', line, text: '審査中' }],
  idMissing: [{ kind: 'idMissing', line, column: '決済番号' }],
  paymentTwice: [{ kind: 'paymentTwice', line, firstLine: 7, paymentId: '0649' }],
}

const nextSteps: Readonly<Record<NextStep, true>> = {
  waitForPaypay: true,
  compareDayBefore: true,
  askAgain: true,
  openCheckout: true,
  findCheckout: true,
  refundAtPaypay: true,
  otherTill: true,
  callPaypay: true,
}

describe.each(['ja', 'en'] as const)('the day in %s', locale => {
  const say = daySay(locale)
  const keys = Object.keys(dayTexts.ja) as DayTextKey[]

  it('has every text, none of it empty', () => {
    expect(Object.keys(dayTexts[locale]).toSorted()).toEqual(keys.toSorted())
    expect(keys.filter(key => dayTexts[locale][key].trim() === '')).toEqual([])
  })

  it('asks for the same values in both languages', () => {
    const valuesOf = (text: string) => [...text.matchAll(/{{(\w+)}}/g)].map(([, name]) => name).toSorted()
    expect(keys.map(key => [key, valuesOf(dayTexts[locale][key])])).toEqual(
      keys.map(key => [key, valuesOf(dayTexts.ja[key])]),
    )
  })

  it.each(Object.values(faults).flat())('says what is wrong with a file: $kind', fault => {
    const { key, values } = faultSentence(fault)
    const sentence = say(key, values)
    expect(sentence).not.toMatch(/{{|undefined|\[object/)
    expect(sentence).toMatch(/[。.?]$/)
    if ('line' in fault && fault.line !== null) expect(sentence).toContain(String(fault.line))
  })

  it('has a sentence for every next step, and each is its own', () => {
    const sentences = Object.keys(nextSteps).map(next => say(`next.${next as NextStep}`))
    expect(new Set(sentences).size).toBe(sentences.length)
  })
})

it('counts days over months and years', () => {
  expect([dayFrom('2026-11-30', 1), dayFrom('2027-01-01', -1), dayFrom('2028-02-28', 1)]).toEqual([
    '2026-12-01',
    '2026-12-31',
    '2028-02-29',
  ])
})

describe('the hours that are drawn', () => {
  const hoursWith = (...busy: number[]) =>
    Array.from({ length: 24 }, (_, hour) => ({
      hour,
      sales: busy.includes(hour) ? 1 : 0,
      salesYen: 0 as never,
      backYen: 0 as never,
    }))
  const shown = (...busy: number[]) => openHours(hoursWith(...busy)).map(one => one.hour)

  it('hold every hour with anything in it, and ten at least', () => {
    expect(shown(9, 21)).toEqual([9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21])
    expect(shown(12)).toEqual([8, 9, 10, 11, 12, 13, 14, 15, 16, 17])
    expect(shown(0)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(shown(23)).toEqual([14, 15, 16, 17, 18, 19, 20, 21, 22, 23])
    expect(shown()).toEqual([])
  })
})
