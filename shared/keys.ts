/** What the desk may know of PayPay's keys: never a key. */
export type KeysState = {
  /** False in training: the simulator brings its own. What is kept then is for a start in production or sandbox. */
  readonly needed: boolean
  readonly kept: {
    /** The last four characters of the API key. */
    readonly last4: string
    /** Null: they were stored by somebody else than this till's desk. */
    readonly sinceMs: number | null
    /** A name. */
    readonly by: string | null
  } | null
}

/** What a harmless signed read came to. */
export type KeysVerdict =
  | { readonly kind: 'right' }
  /** PayPay does not take these keys. */
  | { readonly kind: 'refused'; readonly code: string | null }
  /** The till's clock is too far off for PayPay; `aheadMs`: PayPay's minus ours. */
  | { readonly kind: 'clockOff'; readonly aheadMs: number | null }
  | { readonly kind: 'unreachable'; readonly says: string }
  /** Somebody stands between the till and PayPay, or a certificate is not to be trusted. */
  | { readonly kind: 'tls'; readonly says: string }
  /** PayPay is under maintenance, or too busy, to tell. */
  | { readonly kind: 'notNow' }
  /** In training nothing is sent anywhere. */
  | { readonly kind: 'training' }
  | { readonly kind: 'noKeys' }
