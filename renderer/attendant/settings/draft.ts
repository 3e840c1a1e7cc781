import { LOCALES, type Locale } from '../../../shared/checkout.ts'
import {
  type FieldFault,
  type OpeningHours,
  type SettingsDocument,
  WEEKDAYS,
  type Weekday,
} from '../../../shared/shopDocuments.ts'
import { localTextOf, textsOf } from '../catalogue/draft.ts'
import type { Sentence } from '../failure-words.ts'
import { numberIn } from '../upkeep/parts.tsx'

type Texts = Readonly<Record<Locale, string>>
export type DayDraft = { readonly isOpen: boolean; readonly opens: string; readonly closes: string }

/** Settings while they are written: texts as they stand in the fields. */
export type SettingsDraft = {
  readonly names: Texts
  readonly noren: string
  readonly tagline: Texts
  readonly till: 'menu' | 'keypad'
  readonly keypadTax: '8' | '10'
  readonly capYen: string
  readonly maxQuantity: string
  readonly attendantYen: string
  readonly secondPersonAboveYen: string
  readonly languages: readonly Locale[]
  readonly isAlwaysOpen: boolean
  readonly hours: Readonly<Record<Weekday, DayDraft>>
  readonly issuer: string
  readonly registrationNumber: string
  readonly address: string
  readonly phone: string
  readonly paperMm: 'none' | '58' | '80'
}

export function draftOf(document: SettingsDocument): SettingsDraft {
  const { shop, keypad, moneyBack, receipt, openingHours } = document
  const day = (weekday: Weekday): DayDraft => {
    const own = openingHours?.[weekday]
    return {
      isOpen: openingHours === null || own !== null,
      opens: own?.opens ?? '10:00',
      closes: own?.closes ?? '19:00',
    }
  }
  return {
    names: textsOf(shop.names),
    noren: shop.noren,
    tagline: textsOf(shop.tagline),
    till: document.till,
    keypadTax: keypad.taxRate === 8 ? '8' : '10',
    capYen: String(document.capYen),
    maxQuantity: String(document.maxQuantity),
    attendantYen: String(moneyBack.attendantYen),
    secondPersonAboveYen: String(moneyBack.secondPersonAboveYen ?? ''),
    languages: document.languages,
    isAlwaysOpen: openingHours === null,
    hours: Object.fromEntries(WEEKDAYS.map(weekday => [weekday, day(weekday)])) as SettingsDraft['hours'],
    issuer: receipt.issuer ?? '',
    registrationNumber: receipt.registrationNumber ?? '',
    address: receipt.address ?? '',
    phone: receipt.phone ?? '',
    paperMm: receipt.paperMm === null ? 'none' : receipt.paperMm === 58 ? '58' : '80',
  }
}

/** The document that the draft was made from, with what the draft says. */
export function documentOf(draft: SettingsDraft, before: SettingsDocument): SettingsDocument {
  const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())
  return {
    ...before,
    shop: { names: localTextOf(draft.names), noren: draft.noren.trim(), tagline: localTextOf(draft.tagline) },
    till: draft.till,
    keypad: { ...before.keypad, taxRate: draft.keypadTax === '8' ? 8 : 10 },
    capYen: numberIn(draft.capYen),
    maxQuantity: numberIn(draft.maxQuantity),
    moneyBack: {
      attendantYen: numberIn(draft.attendantYen),
      secondPersonAboveYen:
        draft.secondPersonAboveYen.trim() === '' ? null : numberIn(draft.secondPersonAboveYen),
    },
    languages: draft.languages,
    openingHours: draft.isAlwaysOpen ? null : hoursOf(draft),
    receipt: {
      ...before.receipt,
      issuer: orNull(draft.issuer),
      registrationNumber: orNull(draft.registrationNumber),
      address: orNull(draft.address),
      phone: orNull(draft.phone),
      paperMm: draft.paperMm === 'none' ? null : draft.paperMm === '58' ? 58 : 80,
    },
  }
}

function hoursOf({ hours }: SettingsDraft): OpeningHours {
  const entries = WEEKDAYS.map(weekday => {
    const { isOpen, opens, closes } = hours[weekday]
    return [weekday, isOpen ? { opens, closes } : null]
  })
  return Object.fromEntries(entries) as OpeningHours
}

/** By the path of the document: what is wrong, before core is asked. */
export function faultsOf(draft: SettingsDraft): ReadonlyMap<string, Sentence> {
  const faults = new Map<string, Sentence>()
  const needed = (path: string, text: string): void => {
    if (text.trim() === '') faults.set(path, { key: 'up.fault.needed' })
  }
  const number = (path: string, text: string, least: number, most: number): void => {
    const value = numberIn(text)
    if (!(value >= least && value <= most))
      faults.set(path, { key: 'up.fault.number', values: { least, most } })
  }
  needed('shop.names.ja', draft.names.ja)
  needed('shop.tagline.ja', draft.tagline.ja)
  needed('shop.noren', draft.noren)
  if ([...draft.noren.trim()].length > 5)
    faults.set('shop.noren', { key: 'up.fault.long', values: { most: 5 } })
  number('capYen', draft.capYen, 1, 500_000)
  number('maxQuantity', draft.maxQuantity, 1, 999)
  number('moneyBack.attendantYen', draft.attendantYen, 0, 99_999_999)
  if (draft.secondPersonAboveYen.trim() !== '')
    number('moneyBack.secondPersonAboveYen', draft.secondPersonAboveYen, 0, 99_999_999)
  if (draft.registrationNumber.trim() !== '' && !/^T\d{13}$/.test(draft.registrationNumber.trim()))
    faults.set('receipt.registrationNumber', { key: 'up.fault.registration' })
  if (!draft.isAlwaysOpen)
    for (const weekday of WEEKDAYS) {
      const day = draft.hours[weekday]
      for (const end of ['opens', 'closes'] as const)
        if (day.isOpen && !/^([01]\d|2[0-3]):[0-5]\d$/.test(day[end]))
          faults.set(`openingHours.${weekday}.${end}`, { key: 'up.fault.time' })
    }
  return faults
}

/** What core said, by path. */
export function saidByPath(faults: readonly FieldFault[]): ReadonlyMap<string, string> {
  return new Map(faults.map(({ path, says }) => [path, says]))
}

/** Japanese stays; what is left keeps its order, and a new one comes last. */
export function toggled(languages: readonly Locale[], locale: Locale): readonly Locale[] {
  if (locale === 'ja') return languages
  return languages.includes(locale) ? languages.filter(one => one !== locale) : [...languages, locale]
}

export function withFirst(languages: readonly Locale[], first: Locale): readonly Locale[] {
  return [first, ...LOCALES.filter(one => one !== first && languages.includes(one))]
}
