import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { CatalogueDocument, SettingsDocument } from '../../shared/shopDocuments.ts'
import { PRODUCT_KEYS, SETTINGS_PATHS } from '../../shared/shopDocuments.ts'
import { WEEKDAYS } from '../../shared/weekday.ts'
import { chainInWords, changesInWords } from './audit/words.ts'
import * as product from './catalogue/draft.ts'
import { PRODUCT_FIELDS } from './catalogue/fields.ts'
import { inMenuOrder, moved, shareCategory } from './catalogue/order.ts'
import { ProductForm } from './catalogue/product.tsx'
import type { DeskClient } from './client.ts'
import { bytesInWords, upInWords } from './health/words.ts'
import * as settings from './settings/draft.ts'
import { SECTIONS, SETTINGS_FIELDS, settingsIn } from './settings/fields.ts'
import { draftOfHours } from './settings/hoursDraft.ts'
import { toggled, withFirst } from './settings/languages.ts'
import { deskSay } from './text/say.ts'
import { numberIn } from './upkeep/parts.tsx'

/** The form is only drawn here. */
const nobody: DeskClient = { ask: () => new Promise(() => undefined) } as unknown as DeskClient

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

  it('has a field for every key, or a reason why not', () => {
    expect(Object.keys(PRODUCT_FIELDS).toSorted()).toEqual([...PRODUCT_KEYS].toSorted())
    const form = renderToStaticMarkup(
      createElement(
        QueryClientProvider,
        { client: new QueryClient() },
        createElement(ProductForm, {
          client: nobody,
          document: catalogue,
          start: product.draftOf(tea),
          isNew: false,
          onSave: async () => null,
          onDone: () => undefined,
          back: null,
        }),
      ),
    )
    for (const key of PRODUCT_KEYS) {
      const says = PRODUCT_FIELDS[key]
      expect(new RegExp(`data-field="${key}[".]`).test(form), key).toBe(says === 'field')
      if (says !== 'field') expect(says.length).toBeGreaterThan(20)
    }
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

describe('the order', () => {
  const three = { ...catalogue, products: ['a', 'b', 'c'].map(id => ({ ...tea, id })) }
  const idsAfter = (id: string, by: -1 | 1) => moved(three.products, id, by).map(one => one.id)

  it('is changed one place at a time, and the first and the last stay where they are', () => {
    expect(idsAfter('b', -1)).toEqual(['b', 'a', 'c'])
    expect(idsAfter('b', 1)).toEqual(['a', 'c', 'b'])
    expect(idsAfter('a', -1)).toEqual(['a', 'b', 'c'])
    expect(idsAfter('c', 1)).toEqual(['a', 'b', 'c'])
    expect(idsAfter('nobody', 1)).toEqual(['a', 'b', 'c'])
  })

  it('is the menu’s: a product moves among those of its category, whatever lies between', () => {
    const mixed: CatalogueDocument = {
      categories: ['food', 'drink'].map(id => ({ id, names: { ja: id } })),
      products: [
        { ...tea, id: 'tea' },
        { ...tea, id: 'rice', category: 'food' },
        { ...tea, id: 'water' },
      ],
    }
    const ids = (document: CatalogueDocument) => inMenuOrder(document).map(one => one.id)
    expect(ids(mixed)).toEqual(['rice', 'tea', 'water'])
    const after = { ...mixed, products: moved(mixed.products, 'water', -1, shareCategory) }
    expect(ids(after)).toEqual(['rice', 'water', 'tea'])
    expect(moved(mixed.products, 'rice', -1, shareCategory)).toEqual(mixed.products)
  })
})

const document: SettingsDocument = {
  mode: 'training',
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
  network: {
    enabled: false,
    port: 8_443,
    address: null,
    names: ['till.example.jp', '192.168.1.20'],
    certificateFile: null,
    keyFile: null,
  },
  secondScreen: { shows: 'nothing', display: null, lane: null },
  updates: { enabled: false, feed: null, from: '03:00', to: '05:00' },
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

  const draft = settings.draftOf(document)
  const wrongWith = (changes: Partial<settings.SettingsDraft>): readonly string[] => [
    ...settings.faultsOf({ ...draft, ...changes }).keys(),
  ]
  const inJapanese = (ja: string) => ({ ja, en: '', zh: '', ko: '' })

  it.each<[Partial<settings.SettingsDraft>, string]>([
    [{ capYen: '500001' }, 'capYen'],
    [{ capYen: '' }, 'capYen'],
    [{ maxQuantity: '0' }, 'maxQuantity'],
    [{ pollIntervalMs: '1999' }, 'pollIntervalMs'],
    [{ pollIntervalMs: '5001' }, 'pollIntervalMs'],
    [{ 'moneyBack.attendantYen': 'x' }, 'moneyBack.attendantYen'],
    [{ 'moneyBack.secondPersonAboveYen': '-5' }, 'moneyBack.secondPersonAboveYen'],
    [{ 'shop.names': inJapanese(' ') }, 'shop.names.ja'],
    [{ 'shop.noren': '木かげの店です' }, 'shop.noren'],
    [{ 'shop.noren': ' ' }, 'shop.noren'],
    [{ 'keypad.description': inJapanese('') }, 'keypad.description.ja'],
    [{ storeId: 'x'.repeat(256) }, 'storeId'],
    [{ terminalId: 'x'.repeat(256) }, 'terminalId'],
    [{ 'receipt.issuer': 'x'.repeat(101) }, 'receipt.issuer'],
    [{ 'receipt.address': 'x'.repeat(201) }, 'receipt.address'],
    [{ 'receipt.phone': '0'.repeat(41) }, 'receipt.phone'],
    [{ 'receipt.registrationNumber': 'T123' }, 'receipt.registrationNumber'],
    [{ 'receipt.registrationNumber': 'T1000012050002' }, 'receipt.registrationNumber'],
    // In one of the other languages alone, nobody who reads Japanese is told anything.
    [{ 'receipt.message': { ...inJapanese(''), en: 'See you' } }, 'receipt.message.ja'],
  ])('%j is wrong at its own field', (changes, path) => {
    expect(wrongWith(changes)).toEqual([path])
  })

  it('what may be empty is null then, and what may not has its sentence', () => {
    const empty: Partial<settings.SettingsDraft> = {
      'receipt.message': inJapanese(''),
      'receipt.registrationNumber': ' ',
      'moneyBack.secondPersonAboveYen': '',
      storeId: '',
    }
    expect(wrongWith(empty)).toEqual([])
    const written = settings.documentOf({ ...draft, ...empty }, document)
    expect(written.receipt).toMatchObject({ message: null, registrationNumber: null })
    expect(written).toMatchObject({ storeId: '', moneyBack: { secondPersonAboveYen: null } })
  })

  it('each has a field: its name, its hint and its limits in both languages, and the form draws it', () => {
    expect(Object.keys(SETTINGS_FIELDS).toSorted()).toEqual([...SETTINGS_PATHS].toSorted())
    const drawn = SECTIONS.flatMap(settingsIn)
    expect(drawn.toSorted()).toEqual([...SETTINGS_PATHS].toSorted())
    for (const locale of ['ja', 'en'] as const) {
      const names = SETTINGS_PATHS.map(path => deskSay(locale)(SETTINGS_FIELDS[path].label))
      expect(new Set(names).size).toBe(names.length)
    }
  })

  it('a day that is open needs its times, and one that is closed does not', () => {
    const { days } = draftOfHours(hours)
    const mon = { ...days.mon, opens: '' }
    const withMonday = (day: typeof mon) => ({
      openingHours: { isAlwaysOpen: false, days: { ...days, mon: day } },
    })
    expect(wrongWith(withMonday(mon))).toEqual(['openingHours.mon.opens'])
    expect(wrongWith(withMonday({ ...mon, isOpen: false }))).toEqual([])
  })

  it('Japanese stays among the languages, and any may come first', () => {
    expect(toggled(['ja', 'en'], 'ja')).toEqual(['ja', 'en'])
    expect(toggled(['ja', 'en'], 'en')).toEqual(['ja'])
    expect(toggled(['ja', 'en'], 'ko')).toEqual(['ja', 'en', 'ko'])
    expect(withFirst(['ja', 'en', 'ko'], 'ko')).toEqual(['ko', 'ja', 'en'])
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
