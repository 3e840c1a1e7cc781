import * as z from 'zod'
import { LOCALES } from '../shared/checkout.ts'
import { type Checked, check, parseJson, pictureName, localText as text } from './catalogue.ts'
import { DEFAULT_POLL_INTERVAL_MS } from './checkout/delays.ts'
import { registrationNumberFault } from './registration-number.ts'
import { isFeed } from './update/rules.ts'

/** Who sells, as receipts and return receipts say it. */
const receiptSettings = z.strictObject({
  /** The name that is registered with the tax office; null: the shop's name in Japanese. */
  issuer: z.string().min(1).max(100).nullable().default(null),
  /** `T` and 13 digits; null: the shop issues plain receipts, which are no invoices. */
  registrationNumber: z
    .string()
    .check(written => {
      const message = registrationNumberFault(written.value)
      if (message !== null) written.issues.push({ code: 'custom', message, input: written.value })
    })
    .nullable()
    .default(null),
  address: z.string().min(1).max(200).nullable().default(null),
  phone: z.string().min(1).max(40).nullable().default(null),
  /** The roll of the printer at the till, in mm: then customers can print by themselves. Null: they are shown the receipt. */
  paperMm: z
    .union([z.literal(58), z.literal(80)], { error: '58, 80 or null' })
    .nullable()
    .default(null),
  /** Stands at the end of a receipt. */
  message: text.nullable().default(null),
})

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time from 00:00 to 23:59')
const dayHours = z.strictObject({ opens: time, closes: time }).nullable()

/** When the shop is open, in Japan; a day that closes no later than it opens goes on to the next morning. Null: closed all day. */
const openingHours = z.strictObject({
  mon: dayHours,
  tue: dayHours,
  wed: dayHours,
  thu: dayHours,
  fri: dayHours,
  sat: dayHours,
  sun: dayHours,
})

const languages = z
  .array(z.enum(LOCALES))
  .min(1, 'at least ja')
  .refine(chosen => new Set(chosen).size === chosen.length, 'each language once')
  .refine(chosen => chosen.includes('ja'), 'ja has to be among them')

const networkName = z
  .string()
  .regex(
    /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$|^[0-9a-f:]*:[0-9a-f:.]*$/,
    'a host name in small letters, or an address, without a port',
  )

/** Tablets and TVs on the shop's network (docs/lan.md). */
const network = z
  .strictObject({
    enabled: z.boolean().default(false),
    port: z.int().min(1).max(65_535).default(8_443),
    address: z
      .union([z.ipv4(), z.ipv6()], { error: 'an address of this machine, or null' })
      .nullable()
      .default(null),
    names: z.array(networkName).max(8, 'at most 8').default([]),
    certificateFile: z.string().min(1).max(1_000).nullable().default(null),
    keyFile: z.string().min(1).max(1_000).nullable().default(null),
  })
  .refine(({ certificateFile, keyFile }) => (certificateFile === null) === (keyFile === null), {
    error: 'certificateFile and keyFile go together: give both, or neither',
    path: ['keyFile'],
  })

/** The other display of a till with a window of its own. */
const secondScreen = z
  .strictObject({
    shows: z.enum(['nothing', 'mirror', 'lane']).default('nothing'),
    display: z.int().min(1).max(16, 'at most 16, counted from the left').nullable().default(null),
    lane: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,32}$/, '1 to 32 letters, digits or hyphens')
      .nullable()
      .default(null),
  })
  .refine(({ shows, lane }) => shows !== 'lane' || lane !== null, {
    error: 'a lane of its own needs a name, for example "tv"',
    path: ['lane'],
  })
/** Of the Electron till (docs/deploy/updates.md). */
const updates = z.strictObject({
  enabled: z.boolean().default(false),
  feed: z
    .string()
    .max(1_000)
    .refine(isFeed, 'an address that begins with https:// (in training http:// to this machine too)')
    .nullable()
    .default(null),
  from: time.default('03:00'),
  to: time.default('05:00'),
})

/** settings.json in the data directory: everything a shop chooses, each with a default. Secrets are not in it. */
export const settingsFile = z.strictObject({
  /** Whose PayPay it is: the simulator's, PayPay's sandbox, or the real one. */
  mode: z.enum(['training', 'sandbox', 'production']).default('training'),
  shop: z
    .strictObject({
      names: text.default({ ja: 'こかげ', en: 'Kokage', zh: '木荫', ko: '고카게' }),
      /** What hangs on the noren. */
      noren: z.string().min(1).max(5, 'at most 5 characters').default('こかげ'),
      tagline: text.default({
        ja: 'お弁当と珈琲。お支払いは PayPay です。',
        en: 'Bento and coffee. Pay with PayPay.',
        zh: '便当和咖啡。使用 PayPay 付款。',
        ko: '도시락과 커피. 결제는 PayPay로.',
      }),
    })
    .prefault({}),
  till: z.enum(['menu', 'keypad']).default('menu'),
  keypad: z
    .strictObject({
      description: text.default({ ja: 'お会計', en: 'Payment', zh: '付款', ko: '결제' }),
      taxRate: z.union([z.literal(8), z.literal(10)], { error: '8 or 10' }).default(10),
    })
    .prefault({}),
  /** The most that one checkout may come to, in yen. */
  capYen: z
    .int()
    .min(1)
    .max(500_000, 'at most 500000, what a PayPay balance can pay in a day')
    .default(100_000),
  /** The most of one product in one checkout. */
  maxQuantity: z.int().min(1).max(999).default(20),
  /** Who may give back how much of one payment. */
  moneyBack: z
    .strictObject({
      /** The most that an attendant may give back, in yen; a manager may give back everything. */
      attendantYen: z.int('a whole number of yen').min(0).default(3_000),
      /** Above this a second person gives their PIN; null: never. */
      secondPersonAboveYen: z.int('a whole number of yen').min(0).nullable().default(null),
    })
    .prefault({}),
  /** How often PayPay is asked about one payment, in ms. */
  pollIntervalMs: z
    .int()
    .min(2_000, 'from 2000 to 5000')
    .max(5_000, 'from 2000 to 5000')
    .default(DEFAULT_POLL_INTERVAL_MS),
  /** Seen in PayPay's webhooks and reconciliation file. */
  storeId: z.string().max(255).default('store'),
  terminalId: z.string().max(255).default('kaikei'),
  /** PayPay's logo as the merchant got it from PayPay: a picture file beside the catalogue. */
  paypayLogo: pictureName.nullable().default(null),
  receipt: receiptSettings.prefault({}),
  /** What customers can choose; screens rest in the first. */
  languages: languages.default([...LOCALES]),
  /** Null: always open. */
  openingHours: openingHours.nullable().default(null),
  network: network.prefault({}),
  secondScreen: secondScreen.prefault({}),
  updates: updates.prefault({}),
})

export type Settings = z.infer<typeof settingsFile>

/** Throws FileFault: which file, which field, what is wrong, what is expected. */
export function parseSettings(json: string, file: string): Settings {
  return parseJson(settingsFile, json, file)
}

/** Settings, or one sentence for each field that is wrong. */
export function checkSettings(json: unknown): Checked<Settings> {
  return check(settingsFile, json)
}

export const defaultSettings: Settings = settingsFile.parse({})
