import type { Role } from '../../shared/desk.ts'
import type { DocumentName, FieldChange } from '../../shared/shopDocuments.ts'

/**
 * What is written down of people, apart from checkouts. Three streams of the ledger: `staff` holds who may do what, and is read whole
 * at the start; `pin` holds every try, and its last fact tells how many were wrong in a row; `door` tells who left, and why, and who closed the till.
 */
export const STAFF_STREAM = 'staff'
export const PIN_STREAM = 'pin'
export const DOOR_STREAM = 'door'

export type StaffFactData = {
  /** Once for a ledger: what every PIN is hashed with. */
  pinKeyMade: { readonly saltHex: string }
  staffAdded: {
    readonly userId: string
    readonly name: string
    readonly role: Role
    /** scrypt of the PIN; pin.ts. */
    readonly pinHash: string
    /** Null: the first start. */
    readonly by: string | null
  }
  staffChanged: {
    readonly userId: string
    readonly name?: string
    readonly role?: Role
    readonly pinHash?: string
    /** False: gone. Nobody is ever deleted, since facts name people. */
    readonly active?: boolean
    readonly by: string
  }
}

export type StaffFact = {
  [T in keyof StaffFactData]: { readonly type: T; readonly atMs: number; readonly data: StaffFactData[T] }
}[keyof StaffFactData]

export type PinFactData = {
  /** Before the PIN is looked at: whoever cuts the power has had a try. `tries`: with this one, without a right one between.
   * `guesses`: see door.ts. */
  pinTried: { readonly lane: string; readonly tries: number; readonly guesses: number }
  /** `second`: somebody has approved a decision of somebody else's. */
  pinAccepted: {
    readonly lane: string
    readonly userId: string
    readonly second: boolean
    readonly guesses: number
  }
}

export type PinFact = {
  [T in keyof PinFactData]: { readonly type: T; readonly atMs: number; readonly data: PinFactData[T] }
}[keyof PinFactData]

export type DoorFactData = {
  signedOut: { readonly userId: string; readonly why: 'asked' | 'idle' | 'customer' | 'removed' }
  /** The till's own window, by a manager. */
  tillClosed: { readonly lane: string; readonly by: string }
}

export type DoorFact = {
  [T in keyof DoorFactData]: { readonly type: T; readonly atMs: number; readonly data: DoorFactData[T] }
}[keyof DoorFactData]

/** What was done to the shop: its two files, its pictures, PayPay's keys. No secret is ever in here. */
export const SHOP_STREAM = 'shop'

export type ShopFactData = {
  /**
   * A file became another. It is written before the file is replaced and decides: what is left undone after it, the next start does
   * (shopDocuments.ts).
   */
  shopChanged: {
    readonly document: DocumentName
    /** Null: the file was edited by hand. */
    readonly by: string | null
    readonly from: string
    readonly to: string
    /** Null: nobody knows what it was before. */
    readonly changes: readonly FieldChange[] | null
    /** So many more than are written down. */
    readonly more: number
  }
  /** The file could not be replaced after all, and is what it was. */
  shopChangeUndone: { readonly document: DocumentName; readonly by: string | null; readonly to: string }
  pictureAdded: { readonly name: string; readonly sha256: string; readonly by: string }
  /** `by` null: imported from a file at a start. */
  keysSet: {
    readonly last4: string
    readonly by: string | null
    /** Money was open, and somebody said that these are the same merchant's. */
    readonly sameMerchant?: true
  }
}

export type ShopFact = {
  [T in keyof ShopFactData]: { readonly type: T; readonly atMs: number; readonly data: ShopFactData[T] }
}[keyof ShopFactData]
