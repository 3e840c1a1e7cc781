import { describe, expect, it } from 'vitest'
import type { CatalogueDocument, SettingsDocument } from '../../shared/shopDocuments.ts'
import { WEEKDAYS } from '../../shared/shopDocuments.ts'
import { chainInWords, changesInWords } from './audit/words.ts'
import * as product from './catalogue/draft.ts'
import { bytesInWords, upInWords } from './health/words.ts'
import * as settings from './settings/draft.ts'
import { deskSay } from './text/say.ts'
import { numberIn } from './upkeep/parts.tsx'

const catalogue: CatalogueDocument = {
  categories: [{ id: 'drink', names: { ja: '飲みもの' } }],
  products: [
    {
      id: 'tea',
      names: { ja: '緑茶', en: 'Tea' },
      priceYen: 160,
      taxRate: 8,
      category: 'drink',
      image: 'tea.png',
      available: false,
    },
  ],
}
const [tea] = catalogue.products
if (!tea) throw new Error('there is no tea')

describe('a product', () => {
  it('that is read and written again is the same', () => {
    expect(product.withProduct(catalogue, product.draftOf(tea))).toEqual(catalogue)
  })

  it.each([
    ['', true],
    ['0', true],
    ['12.5', true],
    ['-1', true],
    ['1e3', true],
    ['160円', true],
    ['160', false],
    ['１６０', false],
    ['1,240', false],
  ])('priced "%s" is wrong: %s', (price, isWrong) => {
    const draft = { ...product.draftOf(tea), price }
    expect('priceYen' in product.faultsOf(draft, catalogue)).toBe(isWrong)
    expect(product.previewOf(draft) === null).toBe(isWrong)
  })

  it('shows the tax inside its price, rounded down', () => {
    expect(product.previewOf({ ...product.draftOf(tea), price: '1020' })).toEqual({
      priceYen: 1020,
      taxYen: 75,
    })
  })

  it('needs a Japanese name and a category that there is', () => {
    const draft = { ...product.draftOf(tea), names: product.textsOf(null), category: 'soup' }
    expect(Object.keys(product.faultsOf(draft, catalogue))).toEqual(['ja', 'category'])
  })

  it('that is new gets an id that nobody has, and comes last', () => {
    const draft = {
      ...product.newDraft(catalogue),
      price: '100',
      names: { ...product.textsOf(null), ja: '水' },
    }
    const document = product.withProduct(catalogue, draft)
    expect(document.products.map(one => one.id)).toEqual(['tea', 'item-1'])
    expect(document.products[1]?.names).toEqual({ ja: '水' })
    expect(product.newDraft(document).id).toBe('item-2')
  })
})

const document: SettingsDocument = {
  shop: { names: { ja: 'こかげ', zh: '木荫' }, noren: 'こかげ', tagline: { ja: 'お弁当' } },
  till: 'menu',
  keypad: { description: { ja: 'お会計' }, taxRate: 8 },
  capYen: 100_000,
  maxQuantity: 20,
  moneyBack: { attendantYen: 3_000, secondPersonAboveYen: null },
  pollIntervalMs: 2_500,
  storeId: 'store',
  terminalId: 'kaikei',
  paypayLogo: 'logo.svg',
  receipt: {
    issuer: 'こかげ商店',
    registrationNumber: 'T7000012050002',
    address: null,
    phone: null,
    paperMm: 58,
    message: { ja: 'またどうぞ' },
  },
  languages: ['ja', 'en'],
  openingHours: null,
}

describe('settings', () => {
  const hours = Object.fromEntries(
    WEEKDAYS.map(day => [day, day === 'wed' ? null : { opens: '10:00', closes: '19:00' }]),
  ) as NonNullable<SettingsDocument['openingHours']>

  it.each([document, { ...document, openingHours: hours }])(
    'that are read and written again are the same',
    one => {
      expect(settings.documentOf(settings.draftOf(one), one)).toEqual(one)
      expect(settings.faultsOf(settings.draftOf(one)).size).toBe(0)
    },
  )

  it.each<[Partial<settings.SettingsDraft>, string]>([
    [{ capYen: '500001' }, 'capYen'],
    [{ capYen: '' }, 'capYen'],
    [{ maxQuantity: '0' }, 'maxQuantity'],
    [{ attendantYen: 'x' }, 'moneyBack.attendantYen'],
    [{ secondPersonAboveYen: '-5' }, 'moneyBack.secondPersonAboveYen'],
    [{ noren: '木かげの店です' }, 'shop.noren'],
    [{ registrationNumber: 'T123' }, 'receipt.registrationNumber'],
  ])('%j is wrong at its own field', (changes, path) => {
    expect([...settings.faultsOf({ ...settings.draftOf(document), ...changes }).keys()]).toEqual([path])
  })

  it('a day that is open needs its times, and one that is closed does not', () => {
    const draft = settings.draftOf({ ...document, openingHours: hours })
    const wrong = { ...draft.hours.mon, opens: '' }
    expect([...settings.faultsOf({ ...draft, hours: { ...draft.hours, mon: wrong } }).keys()]).toEqual([
      'openingHours.mon.opens',
    ])
    const closed = { ...draft, hours: { ...draft.hours, mon: { ...wrong, isOpen: false } } }
    expect(settings.faultsOf(closed).size).toBe(0)
  })

  it('Japanese stays among the languages, and any may come first', () => {
    expect(settings.toggled(['ja', 'en'], 'ja')).toEqual(['ja', 'en'])
    expect(settings.toggled(['ja', 'en'], 'en')).toEqual(['ja'])
    expect(settings.toggled(['ja', 'en'], 'ko')).toEqual(['ja', 'en', 'ko'])
    expect(settings.withFirst(['ja', 'en', 'ko'], 'ko')).toEqual(['ko', 'ja', 'en'])
  })
})

it('reads figures as people type them', () => {
  expect([numberIn('１２３'), numberIn(' 1,234 '), numberIn('0')]).toEqual([123, 1_234, 0])
  for (const text of ['', '1.5', 'x', '--']) expect(numberIn(text)).toBeNaN()
})

it('writes changes, bytes, times and the chain in words', () => {
  const say = deskSay('en')
  const change = (path: string, before: unknown, after: unknown) => ({ path, before, after })
  expect(changesInWords([change('products.tea.priceYen', 160, 170)], 0)).toBe(
    'products.tea.priceYen: ¥160 → ¥170',
  )
  const four = [1, 2, 3, 4].map(number => change(`f${number}`, null, { a: 1 }))
  expect(changesInWords(four, 2)).toBe('f1: ― → {"a":1}, f2: ― → {"a":1}, f3: ― → {"a":1} +3')
  expect(bytesInWords(5_000_000_000, say)).toBe('5.0 GB')
  expect(bytesInWords(4_200_000, say)).toBe('4.2 MB')
  expect(upInWords(11_232_000)).toBe('3:07:12')
  const atMs = Date.parse('2026-11-24T12:42:00+09:00')
  expect(chainInWords({ last: { sound: true, facts: 12, atMs }, walking: null }, say, 'en')).toBe(
    'The ledger is sound up to fact 12 (looked at 24 Nov 12:42).',
  )
  expect(chainInWords({ last: null, walking: { at: 3, of: 9 } }, say, 'en')).toBe(
    'The ledger has not been looked at yet. The ledger is being looked at: 3 of 9',
  )
})
