import type { Locale, LocalText, PaypayMode } from './checkout.ts'
import type { TaxRatePercent } from './money.ts'
import type { UpdateSettings } from './updates.ts'
import type { Weekday } from './weekday.ts'

/** The shop's two files as the desk edits them: whole documents, with the fields of the files themselves. */
export const DOCUMENT_NAMES = ['catalogue', 'settings'] as const
export type DocumentName = (typeof DOCUMENT_NAMES)[number]

/** A file that was read, or how it stands on the disk now. */
export type Edition<Document> = {
  /** What a change has to name: of another one it is refused. Changes with every byte of the file. */
  readonly revision: string
  readonly document: Document
  /** The file was edited by hand and has a fault: what is wrong, in words. `document` is the last good one, which is in use. */
  readonly fault: string | null
}

export type CatalogueDocument = {
  readonly categories: readonly { readonly id: string; readonly names: LocalText }[]
  readonly products: readonly ProductEntry[]
}

export type ProductEntry = {
  readonly id: string
  readonly names: LocalText
  /** Yen, with tax. */
  readonly priceYen: number
  readonly taxRate: TaxRatePercent
  readonly category: string
  /** The name of a picture beside the catalogue, or null. */
  readonly image: string | null
  readonly available: boolean
}

/** `10:00` to `19:00` in Japan; a time that is not later than `opens` is of the next morning. Null: closed all day. */
export type DayHours = { readonly opens: string; readonly closes: string } | null
export type OpeningHours = { readonly [day in Weekday]: DayHours }

export type SettingsDocument = {
  /** Another one than the till runs in: it starts again in a quiet moment. */
  readonly mode: PaypayMode
  readonly shop: { readonly names: LocalText; readonly noren: string; readonly tagline: LocalText }
  readonly till: 'menu' | 'keypad'
  readonly keypad: { readonly description: LocalText; readonly taxRate: TaxRatePercent }
  readonly capYen: number
  readonly maxQuantity: number
  readonly moneyBack: { readonly attendantYen: number; readonly secondPersonAboveYen: number | null }
  readonly pollIntervalMs: number
  readonly storeId: string
  readonly terminalId: string
  readonly paypayLogo: string | null
  readonly receipt: {
    readonly issuer: string | null
    readonly registrationNumber: string | null
    readonly address: string | null
    readonly phone: string | null
    readonly paperMm: 58 | 80 | null
    readonly message: LocalText | null
  }
  /** The first is the one that screens rest in. Japanese is always among them. */
  readonly languages: readonly Locale[]
  /** Null: always open. */
  readonly openingHours: OpeningHours | null
  readonly network: NetworkSettings
  readonly secondScreen: SecondScreenSettings
  readonly updates: UpdateSettings
}

/** The other display of a till that has a window of its own (Electron); a till in a browser has none. */
export type SecondScreenSettings = {
  /** `mirror`: what a lane's screen does, without anything to press. `lane`: a till of its own. */
  readonly shows: 'nothing' | 'mirror' | 'lane'
  /** Counted from the left, from 1; null: whichever is not the till's. */
  readonly display: number | null
  /** `mirror`: whose; null: the till's own. `lane`: the name of the lane, which has to be given. */
  readonly lane: string | null
}

/** Tablets and TVs on the shop's network; off unless somebody wants it. */
export type NetworkSettings = {
  readonly enabled: boolean
  readonly port: number
  /** The one address of this machine to answer on; null: every address of a private network. */
  readonly address: string | null
  /** Under which names and addresses it is called, the first one on signs; empty: those that the machine has. */
  readonly names: readonly string[]
  /** The operator's certificate with its chain, and its key, as PEM files; null: an authority that this till makes for itself. */
  readonly certificateFile: string | null
  readonly keyFile: string | null
}

/** Every setting, by its path in the document: core's schema and the desk's form are both held to this list. */
export const SETTINGS_PATHS = [
  'mode',
  'shop.names',
  'shop.noren',
  'shop.tagline',
  'till',
  'keypad.description',
  'keypad.taxRate',
  'capYen',
  'maxQuantity',
  'moneyBack.attendantYen',
  'moneyBack.secondPersonAboveYen',
  'pollIntervalMs',
  'storeId',
  'terminalId',
  'paypayLogo',
  'receipt.issuer',
  'receipt.registrationNumber',
  'receipt.address',
  'receipt.phone',
  'receipt.paperMm',
  'receipt.message',
  'languages',
  'openingHours',
  'network.enabled',
  'network.port',
  'network.address',
  'network.names',
  'network.certificateFile',
  'network.keyFile',
  'secondScreen.shows',
  'secondScreen.display',
  'secondScreen.lane',
  'updates.enabled',
  'updates.feed',
  'updates.from',
  'updates.to',
] as const
export type SettingsPath = (typeof SETTINGS_PATHS)[number]

/** What stands at a path of the settings. */
export type SettingAt<Path extends SettingsPath> = Path extends `${infer Group}.${infer Key}`
  ? Group extends keyof SettingsDocument
    ? Key extends keyof SettingsDocument[Group]
      ? SettingsDocument[Group][Key]
      : never
    : never
  : Path extends keyof SettingsDocument
    ? SettingsDocument[Path]
    : never

/** Every key of a product, likewise. */
export const PRODUCT_KEYS = [
  'id',
  'names',
  'priceYen',
  'taxRate',
  'category',
  'image',
  'available',
] as const satisfies readonly (keyof ProductEntry)[]

/** One field that is wrong: `products[3].priceYen`, and a sentence. */
export type FieldFault = { readonly path: string; readonly says: string }

/** One field that became another. Null: it was not there, or is not there any more. */
export type FieldChange = { readonly path: string; readonly before: unknown; readonly after: unknown }

/** At most so many bytes in a picture. */
export const MOST_PICTURE_BYTES = 2 * 1024 * 1024
