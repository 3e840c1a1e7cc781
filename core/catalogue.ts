import * as z from 'zod'
import type { CheckoutLine, LocalText, Order, Product, Shop, TaxLine } from '../shared/checkout.ts'
import { PAYPAY_MAX_YEN, sumYen, taxInside, type Yen, yen } from '../shared/money.ts'
import { fail, ok, type Result } from '../shared/result.ts'
import type { FieldFault } from '../shared/shopDocuments.ts'
import type { Settings } from './config.ts'

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'letters, digits, - and _, at most 64')
export const localText = z.strictObject({
  ja: z.string().min(1),
  en: z.string().optional(),
  zh: z.string().optional(),
  ko: z.string().optional(),
})

/** A picture file beside the catalogue. */
export const pictureName = z
  .string()
  .regex(
    /^[A-Za-z0-9_.-]+\.(svg|png|jpg|jpeg|webp)$/,
    'a picture file beside the catalogue: .svg, .png, .jpg or .webp',
  )

/** The catalogue file. Prices are in yen and include tax. */
export const catalogueFile = z.strictObject({
  categories: z.array(z.strictObject({ id, names: localText })).min(1),
  products: z
    .array(
      z.strictObject({
        id,
        names: localText,
        priceYen: z.int('a whole number of yen').min(1).max(PAYPAY_MAX_YEN),
        taxRate: z.union([z.literal(8), z.literal(10)], { error: '8 or 10' }),
        category: id,
        /** A picture file beside the catalogue, or null. */
        image: pictureName.nullable(),
        available: z.boolean(),
      }),
    )
    .min(1),
})

export type Catalogue = z.infer<typeof catalogueFile>

/** A file that a person has to mend: which, where in it, what is wrong, what belongs there. */
export class FileFault extends Error {}

/** What was read, or each field that is wrong. */
export type Checked<T> =
  | { readonly sound: true; readonly document: T }
  | { readonly sound: false; readonly faults: readonly FieldFault[] }

/** A catalogue, or one sentence for each field that is wrong. */
export function checkCatalogue(json: unknown): Checked<Catalogue> {
  const checked = check(catalogueFile, json)
  if (!checked.sound) return checked
  const catalogue = checked.document
  const categories = new Set(catalogue.categories.map(one => one.id))
  const faults: FieldFault[] = []
  const seen = new Set<string>()
  for (const [index, product] of catalogue.products.entries()) {
    if (!categories.has(product.category))
      faults.push({
        path: `products[${index}].category`,
        says: `there is no category "${product.category}"; use one of ${[...categories].join(', ')}`,
      })
    if (seen.has(product.id))
      faults.push({
        path: `products[${index}].id`,
        says: `"${product.id}" is used twice; every product needs an id of its own`,
      })
    seen.add(product.id)
  }
  const twice = catalogue.categories.findIndex(
    (one, index) => catalogue.categories.findIndex(other => other.id === one.id) !== index,
  )
  if (twice >= 0)
    faults.push({
      path: `categories[${twice}].id`,
      says: `"${catalogue.categories[twice]?.id}" is used twice; every category needs an id of its own`,
    })
  return faults.length > 0 ? { sound: false, faults } : checked
}

/** Reads a catalogue; throws FileFault with one line for each thing that is wrong. */
export function parseCatalogue(text: string, file: string): Catalogue {
  return soundOrFault(checkCatalogue(jsonOf(text, file)), file)
}

/** JSON by a schema, or a FileFault that names the file and the field. */
export function parseJson<T extends z.ZodType>(schema: T, text: string, file: string): z.infer<T> {
  return soundOrFault(check(schema, jsonOf(text, file)), file)
}

/** By a schema: the document, or one sentence for each field that is wrong. */
export function check<T extends z.ZodType>(schema: T, json: unknown): Checked<z.infer<T>> {
  const parsed = schema.safeParse(json)
  if (parsed.success) return { sound: true, document: parsed.data }
  const faults = parsed.error.issues.map(issue => ({ path: fieldName(issue.path), says: sentenceOf(issue) }))
  return { sound: false, faults }
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new FileFault(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function soundOrFault<T>(checked: Checked<T>, file: string): T {
  if (checked.sound) return checked.document
  throw new FileFault(checked.faults.map(({ path, says }) => `${file}: ${path}: ${says}`).join('\n'))
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  // Zod says "received undefined", which means something to those who know JavaScript.
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined'))
    return `missing: expected ${issue.expected}`
  if (issue.code !== 'unrecognized_keys') return issue.message
  return `nothing here is called "${issue.keys.join('", "')}": check the spelling, or take it out`
}

function fieldName(path: readonly PropertyKey[]): string {
  const name = path.map(part => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
  return name.replace(/^\./, '') || 'the whole file'
}

/** The shop as screens see it. */
export function shopOf(catalogue: Catalogue, settings: Settings, revision: string): Shop {
  return {
    revision,
    names: settings.shop.names,
    noren: settings.shop.noren,
    tagline: settings.shop.tagline,
    till: settings.till,
    keypadDescription: settings.keypad.description,
    keypadTaxRatePercent: settings.keypad.taxRate,
    capYen: yen(settings.capYen),
    maxQuantity: settings.maxQuantity,
    categories: catalogue.categories,
    products: catalogue.products.map(product => ({
      id: product.id,
      names: product.names,
      priceYen: yen(product.priceYen),
      taxRatePercent: product.taxRate,
      categoryId: product.category,
      image: product.image === null ? null : `/media/${product.image}`,
      available: product.available,
    })),
    locales: settings.languages,
    receiptPaperMm: settings.receipt.paperMm,
    paypayLogo: settings.paypayLogo === null ? null : `/media/${settings.paypayLogo}`,
  }
}

export type PricedOrder = {
  readonly lines: readonly CheckoutLine[]
  readonly totalYen: Yen
  readonly taxes: readonly TaxLine[]
}

/** Prices an order from the shop's own list. What the screen showed of prices only refuses: nobody pays what they have not looked at. */
export function priceOrder(shop: Shop, order: Order): Result<PricedOrder> {
  const lines = order.kind === 'cart' ? cartLines(shop, order.lines) : amountLines(shop, order.amountYen)
  if (!lines.ok) return lines
  const sum = lines.value.reduce((total, line) => total + line.lineYen, 0)
  if (sum > shop.capYen) return fail({ kind: 'amountOverCap', capYen: shop.capYen, amountYen: sum })
  return ok({ lines: lines.value, totalYen: yen(sum), taxes: taxLines(lines.value) })
}

function cartLines(shop: Shop, wanted: Extract<Order, { kind: 'cart' }>['lines']): Result<CheckoutLine[]> {
  if (shop.till !== 'menu') return fail({ kind: 'wrongTill', till: shop.till })
  const counts = new Map<string, number>()
  for (const { productId, quantity } of wanted) counts.set(productId, (counts.get(productId) ?? 0) + quantity)
  if (counts.size === 0) return fail({ kind: 'emptyCart' })
  const lines: CheckoutLine[] = []
  for (const [productId, quantity] of counts) {
    const product = shop.products.find(one => one.id === productId)
    if (!product) return fail({ kind: 'unknownProduct', productId })
    if (!product.available) return fail({ kind: 'unavailableProduct', productId })
    if (quantity > shop.maxQuantity)
      return fail({ kind: 'tooManyOfOne', productId, maxQuantity: shop.maxQuantity })
    const seen = wanted.filter(line => line.productId === productId).map(line => line.seenPriceYen)
    // The desk was faster than the finger. Held line by line: two changes may leave the total as it was.
    if (seen.some(seenPriceYen => seenPriceYen !== undefined && seenPriceYen !== product.priceYen))
      return fail({ kind: 'priceChanged', productId })
    lines.push(lineOf(product, quantity))
  }
  return ok(lines)
}

function lineOf(product: Product, quantity: number): CheckoutLine {
  return {
    productId: product.id,
    names: product.names,
    quantity,
    unitPriceYen: product.priceYen,
    lineYen: yen(product.priceYen * quantity),
    taxRatePercent: product.taxRatePercent,
  }
}

function amountLines(shop: Shop, amountYen: number): Result<CheckoutLine[]> {
  if (shop.till !== 'keypad') return fail({ kind: 'wrongTill', till: shop.till })
  if (amountYen < 1) return fail({ kind: 'amountTooSmall', minYen: yen(1) })
  if (amountYen > shop.capYen) return fail({ kind: 'amountOverCap', capYen: shop.capYen, amountYen })
  const unitPriceYen = yen(amountYen)
  return ok([
    {
      productId: null,
      names: shop.keypadDescription,
      quantity: 1,
      unitPriceYen,
      lineYen: unitPriceYen,
      taxRatePercent: shop.keypadTaxRatePercent,
    },
  ])
}

/** For each rate that occurs, 8 first: the sum with tax, and the tax inside it, rounded down once. */
export function taxLines(lines: readonly CheckoutLine[]): TaxLine[] {
  return ([8, 10] as const).flatMap(ratePercent => {
    const atRate = lines.filter(line => line.taxRatePercent === ratePercent).map(line => line.lineYen)
    if (atRate.length === 0) return []
    const totalYen = sumYen(atRate)
    return [{ ratePercent, totalYen, taxYen: taxInside(totalYen, ratePercent) }]
  })
}

export type { LocalText }
