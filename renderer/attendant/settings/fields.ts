import type { SettingAt, SettingsPath } from '../../../shared/shopDocuments.ts'
import type { DeskTextKey } from '../text/say.ts'
import {
  choice,
  hours,
  type Kind,
  languages,
  number,
  optional,
  picture,
  registration,
  text,
  texts,
  time,
  words,
  yesNo,
} from './kinds.tsx'

/** One setting at the desk: where it stands, how it is called, and what kind of field it is. */
export type SettingField<Value> = {
  readonly section: Section
  readonly label: DeskTextKey
  readonly hint?: DeskTextKey
  readonly kind: Kind<Value, unknown>
}

/** The parts of the form, from top to bottom. */
export const SECTIONS = [
  'mode',
  'shop',
  'hours',
  'languages',
  'sale',
  'back',
  'receipt',
  'paypay',
  'network',
  'secondScreen',
  'updates',
] as const
export type Section = (typeof SECTIONS)[number]

/**
 * Every setting, one line each, in the order in which it is drawn: this is the one place where a new one gets its field. Limits are
 * core's (`core/config.ts`), said while somebody types.
 */
export const SETTINGS_FIELDS: { readonly [Path in SettingsPath]: SettingField<SettingAt<Path>> } = {
  mode: {
    section: 'mode',
    label: 'set.mode',
    hint: 'set.modeHint',
    kind: choice([
      ['training', 'set.mode.training'],
      ['sandbox', 'set.mode.sandbox'],
      ['production', 'set.mode.production'],
    ]),
  },
  'shop.names': { section: 'shop', label: 'set.names', kind: texts({ most: 120 }) },
  'shop.noren': { section: 'shop', label: 'set.noren', kind: text({ most: 5 }) },
  'shop.tagline': { section: 'shop', label: 'set.tagline', kind: texts({ most: 120 }) },
  openingHours: { section: 'hours', label: 'set.hours', hint: 'set.hoursHint', kind: hours },
  languages: { section: 'languages', label: 'set.languages', hint: 'set.languagesHint', kind: languages },
  till: {
    section: 'sale',
    label: 'set.till',
    hint: 'set.tillHint',
    kind: choice([
      ['menu', 'set.till.menu'],
      ['keypad', 'set.till.keypad'],
    ]),
  },
  'keypad.description': {
    section: 'sale',
    label: 'set.keypadDescription',
    hint: 'set.keypadDescriptionHint',
    kind: texts({ most: 60 }),
  },
  'keypad.taxRate': {
    section: 'sale',
    label: 'set.keypadTax',
    kind: choice([
      [8, 'cat.tax8'],
      [10, 'cat.tax10'],
    ]),
  },
  capYen: {
    section: 'sale',
    label: 'set.cap',
    hint: 'set.capHint',
    kind: number({ least: 1, most: 500_000 }),
  },
  maxQuantity: { section: 'sale', label: 'set.maxQuantity', kind: number({ least: 1, most: 999 }) },
  'moneyBack.attendantYen': {
    section: 'back',
    label: 'set.attendantYen',
    hint: 'set.attendantYenHint',
    kind: number({ least: 0, most: 99_999_999 }),
  },
  'moneyBack.secondPersonAboveYen': {
    section: 'back',
    label: 'set.second',
    hint: 'set.secondHint',
    kind: optional(number({ least: 0, most: 99_999_999 })),
  },
  'receipt.issuer': {
    section: 'receipt',
    label: 'set.issuer',
    hint: 'set.issuerHint',
    kind: optional(text({ most: 100 })),
  },
  'receipt.registrationNumber': {
    section: 'receipt',
    label: 'set.registration',
    hint: 'set.registrationHint',
    kind: optional(registration),
  },
  'receipt.address': { section: 'receipt', label: 'set.address', kind: optional(text({ most: 200 })) },
  'receipt.phone': { section: 'receipt', label: 'set.phone', kind: optional(text({ most: 40 })) },
  'receipt.paperMm': {
    section: 'receipt',
    label: 'set.paper',
    kind: choice([
      [null, 'set.paperNone'],
      [58, 'set.paper58'],
      [80, 'set.paper80'],
    ]),
  },
  'receipt.message': {
    section: 'receipt',
    label: 'set.message',
    hint: 'set.messageHint',
    kind: texts({ most: 200, mayBeEmpty: true }),
  },
  pollIntervalMs: {
    section: 'paypay',
    label: 'set.pollInterval',
    hint: 'set.pollIntervalHint',
    kind: number({ least: 2_000, most: 5_000 }),
  },
  storeId: {
    section: 'paypay',
    label: 'set.storeId',
    hint: 'set.storeIdHint',
    kind: text({ most: 255, mayBeEmpty: true }),
  },
  terminalId: {
    section: 'paypay',
    label: 'set.terminalId',
    hint: 'set.storeIdHint',
    kind: text({ most: 255, mayBeEmpty: true }),
  },
  'network.enabled': { section: 'network', label: 'set.networkOn', hint: 'set.networkOnHint', kind: yesNo },
  'network.port': { section: 'network', label: 'set.networkPort', kind: number({ least: 1, most: 65_535 }) },
  'network.address': {
    section: 'network',
    label: 'set.networkAddress',
    hint: 'set.networkAddressHint',
    kind: optional(text({ most: 45 })),
  },
  'network.names': {
    section: 'network',
    label: 'set.networkNames',
    hint: 'set.networkNamesHint',
    kind: words({ most: 8 }),
  },
  'network.certificateFile': {
    section: 'network',
    label: 'set.networkCertificate',
    hint: 'set.networkCertificateHint',
    kind: optional(text({ most: 1_000 })),
  },
  'network.keyFile': {
    section: 'network',
    label: 'set.networkKey',
    kind: optional(text({ most: 1_000 })),
  },
  'secondScreen.shows': {
    section: 'secondScreen',
    label: 'set.secondShows',
    hint: 'set.secondShowsHint',
    kind: choice([
      ['nothing', 'set.secondNothing'],
      ['mirror', 'set.secondMirror'],
      ['lane', 'set.secondLane'],
    ]),
  },
  'secondScreen.display': {
    section: 'secondScreen',
    label: 'set.secondDisplay',
    hint: 'set.secondDisplayHint',
    kind: optional(number({ least: 1, most: 16 })),
  },
  'secondScreen.lane': {
    section: 'secondScreen',
    label: 'set.secondName',
    hint: 'set.secondNameHint',
    kind: optional(text({ most: 32 })),
  },
  'updates.enabled': { section: 'updates', label: 'set.updatesOn', hint: 'set.updatesOnHint', kind: yesNo },
  'updates.feed': {
    section: 'updates',
    label: 'set.updatesFeed',
    hint: 'set.updatesFeedHint',
    kind: optional(text({ most: 1_000 })),
  },
  'updates.from': {
    section: 'updates',
    label: 'set.updatesFrom',
    hint: 'set.updatesFromHint',
    kind: time,
  },
  'updates.to': { section: 'updates', label: 'set.updatesTo', kind: time },
  paypayLogo: { section: 'paypay', label: 'set.logo', hint: 'set.logoHint', kind: picture },
}

export const settingsIn = (section: Section): readonly SettingsPath[] =>
  (Object.keys(SETTINGS_FIELDS) as SettingsPath[]).filter(path => SETTINGS_FIELDS[path].section === section)
