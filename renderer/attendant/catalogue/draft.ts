import { LOCALES, type Locale, type LocalText } from '../../../shared/checkout.ts'
import {
  isYen,
  PAYPAY_MAX_YEN,
  type TaxRatePercent,
  taxInside,
  type Yen,
  yen,
} from '../../../shared/money.ts'
import type { CatalogueDocument, FieldFault, ProductEntry } from '../../../shared/shopDocuments.ts'
import type { Sentence } from '../failure-words.ts'
import { numberIn } from '../upkeep/parts.tsx'

/** A product while it is written: texts as they stand in the fields. */
export type ProductDraft = {
  readonly id: string
  readonly names: Readonly<Record<Locale, string>>
  readonly price: string
  readonly taxRate: TaxRatePercent
  readonly category: string
  readonly image: string | null
  readonly available: boolean
}

export type DraftField = Locale | 'priceYen' | 'category'

export function draftOf(product: ProductEntry): ProductDraft {
  const { names, priceYen, ...rest } = product
  return { ...rest, names: textsOf(names), price: String(priceYen) }
}

export function newDraft(document: CatalogueDocument): ProductDraft {
  const ids = new Set(document.products.map(one => one.id))
  return {
    id: freeId('item', ids),
    names: textsOf(null),
    price: '',
    taxRate: 8,
    category: document.categories[0]?.id ?? '',
    image: null,
    available: true,
  }
}

/** `item-1`, or the next that nobody has. */
export function freeId(stem: string, taken: ReadonlySet<string>): string {
  let number = 1
  while (taken.has(`${stem}-${number}`)) number += 1
  return `${stem}-${number}`
}

/** What is wrong with each field, before core is asked. */
export function faultsOf(
  draft: ProductDraft,
  document: CatalogueDocument,
): Readonly<Partial<Record<DraftField, Sentence>>> {
  const price = numberIn(draft.price)
  return {
    ...(draft.names.ja.trim() === '' ? { ja: { key: 'up.fault.needed' } } : {}),
    ...(isYen(price) && price >= 1
      ? {}
      : { priceYen: { key: 'up.fault.number', values: { least: 1, most: PAYPAY_MAX_YEN } } }),
    ...(document.categories.some(one => one.id === draft.category)
      ? {}
      : { category: { key: 'up.fault.needed' } }),
  }
}

/** Null while there is no price. */
export function previewOf(draft: ProductDraft): { readonly priceYen: Yen; readonly taxYen: Yen } | null {
  const price = numberIn(draft.price)
  if (!isYen(price) || price < 1) return null
  return { priceYen: yen(price), taxYen: taxInside(yen(price), draft.taxRate) }
}

/** The document with this product in the place of the one with its id, or at the end. */
export function withProduct(document: CatalogueDocument, draft: ProductDraft): CatalogueDocument {
  const product: ProductEntry = {
    id: draft.id,
    names: localTextOf(draft.names),
    priceYen: numberIn(draft.price),
    taxRate: draft.taxRate,
    category: draft.category,
    image: draft.image,
    available: draft.available,
  }
  const isThere = document.products.some(one => one.id === draft.id)
  return {
    ...document,
    products: isThere
      ? document.products.map(one => (one.id === draft.id ? product : one))
      : [...document.products, product],
  }
}

export function textsOf(text: LocalText | null): Readonly<Record<Locale, string>> {
  return { ja: text?.ja ?? '', en: text?.en ?? '', zh: text?.zh ?? '', ko: text?.ko ?? '' }
}

/** A language that says nothing is left out, so that another speaks for it. */
export function localTextOf(texts: Readonly<Record<Locale, string>>): LocalText {
  const said = LOCALES.flatMap(locale => {
    const text = texts[locale].trim()
    return text === '' ? [] : [[locale, text] as const]
  })
  return { ja: '', ...Object.fromEntries(said) }
}

/** What core says of one field of this product. */
export function saidOf(
  faults: readonly FieldFault[],
  document: CatalogueDocument,
  id: string,
): string | null {
  const index = document.products.findIndex(one => one.id === id)
  const own = faults.filter(({ path }) => path.startsWith(`products[${index}]`))
  return (own.length > 0 ? own : faults).map(({ path, says }) => `${path}: ${says}`).join('\n') || null
}
