import * as z from 'zod/mini'
import { AUDIT_KINDS, type AuditExport, type AuditPage } from './audit.ts'
import type { DeskUser } from './desk.ts'
import type { KeysState, KeysVerdict } from './keys.ts'
import { method, personName, pin } from './method.ts'
import type { CatalogueDocument, Edition, SettingsDocument } from './shopDocuments.ts'
import type { StaffMember } from './staff.ts'
import type { HealthReport } from './upkeep.ts'

/** The part of the attendant's contract that runs the shop: people, catalogue, settings, keys, audit, health. */
export const shopApi = {
  listUsers: method<readonly StaffMember[]>('manager', 'passive')({}),
  addUser: method<StaffMember>('manager')({ name: personName(), role: role(), pin: pin() }),
  /** What is left out, or null, stays. Not active: out at once, and for good until a manager says otherwise. */
  changeUser: method<StaffMember>('manager')({
    userId: z.string().check(z.minLength(1), z.maxLength(64)),
    name: z.nullish(personName()),
    role: z.nullish(role()),
    pin: z.nullish(pin()),
    active: z.nullish(z.boolean()),
  }),
  /** Somebody types or looks, and has nothing to ask yet: their session does not end meanwhile. */
  stayIn: method<null>('attendant')({}),
  changeMyPin: method<DeskUser>('attendant')({ oldPin: pin(), newPin: pin() }),

  getCatalogue: method<Edition<CatalogueDocument> & { readonly pictures: readonly string[] }>(
    'manager',
    'passive',
  )({}),
  /** The whole document. `revision` is of the one that was changed; core says of each field what is wrong. */
  setCatalogue: method<Edition<CatalogueDocument>>('manager')({
    revision: revision(),
    document: z.unknown(),
  }),
  /** A PNG, JPEG or WebP of at most 2 MiB, put beside the catalogue. The answer is the name to write into `image`. */
  addPicture: method<{ readonly name: string }>('manager')({
    name: z.string().check(z.maxLength(100, 'at most 100 characters')),
    base64: z.string().check(z.maxLength(2_900_000, 'a picture of at most 2 MiB')),
  }),
  getSettings: method<Edition<SettingsDocument>>('manager', 'passive')({}),
  setSettings: method<Edition<SettingsDocument>>('manager')({ revision: revision(), document: z.unknown() }),

  getKeys: method<KeysState>('manager', 'passive')({}),
  /**
   * Write-only, and used at once. While money is open they are refused (`moneyOpen`), unless somebody says that they are the same
   * merchant's: under another's, what was paid could not be found.
   */
  setKeys: method<KeysState>('manager')({ keys: keys(), sameMerchant: z.optional(z.boolean()) }),
  /** A signed read that changes nothing, with these keys, or with those that are kept. */
  testKeys: method<KeysVerdict>('manager')({ keys: z.nullable(keys()) }),

  /** Newest first; every part that is given has to hold. */
  findAudit: method<AuditPage>(
    'manager',
    'passive',
  )({
    ...auditQuery(),
    before: z.nullable(z.number()),
    limit: z.number().check(z.int(), z.gte(1), z.lte(200, 'at most 200')),
  }),
  exportAudit: method<AuditExport>('manager')(auditQuery()),

  getHealth: method<HealthReport>('attendant', 'passive')({}),
  /** Ends the till on a screen that has no other way out. A manager, and their PIN once more. */
  closeTill: method<null>('manager')({ pin: pin() }),
} as const

function role() {
  return z.enum(['attendant', 'manager'])
}

function revision() {
  return z.string().check(z.maxLength(64))
}

function keys() {
  const word = (least: number, what: string) =>
    z.string().check(z.minLength(least, what), z.maxLength(512, 'at most 512 characters'))
  return z.object({
    apiKey: word(1, 'PayPay’s API key'),
    apiSecret: word(1, 'PayPay’s API secret'),
    /** Null: PayPay gave none. */
    merchantId: z.nullable(word(1, 'a merchant id, or null')),
  })
}

function auditQuery() {
  return {
    userId: z.nullable(z.string().check(z.maxLength(64))),
    /** Empty: all. */
    kinds: z.array(z.enum(AUDIT_KINDS)).check(z.maxLength(AUDIT_KINDS.length)),
    /** Epoch ms, both ends included. */
    fromMs: z.nullable(z.number()),
    toMs: z.nullable(z.number()),
  }
}
