import { type Credentials, faultOfKeys } from './client.ts'

/**
 * The keys that requests are signed with, while they may change. New ones wait as long as money is open: a payment that was made
 * under one merchant's keys is "not found" under another's, and would be taken for never paid.
 */
export class KeyRing {
  #inUse: Credentials | null
  #waiting: Credentials | null = null
  readonly #mayChange: () => boolean

  /** `mayChange`: nothing is open, or PayPay refuses the keys in use, so that nothing could be settled with them anyway. */
  constructor(credentials: Credentials | null, mayChange: () => boolean) {
    if (credentials) refuseUnsendable(credentials)
    this.#inUse = credentials
    this.#mayChange = mayChange
  }

  /** Null: there are none, and nothing can be sent. Asked for each request, so waiting keys come in with the first that may have them. */
  get current(): Credentials | null {
    if (this.#waiting && (this.#inUse === null || this.#mayChange())) {
      this.#inUse = this.#waiting
      this.#waiting = null
    }
    return this.#inUse
  }

  /** Newer ones are kept, and money that is open is still settled with the older ones. */
  get isWaiting(): boolean {
    return this.current !== null && this.#waiting !== null
  }

  /** Throws for keys that no request could carry, in words that never show one. */
  put(credentials: Credentials): void {
    refuseUnsendable(credentials)
    this.#waiting = credentials
  }
}

function refuseUnsendable(credentials: Credentials): void {
  const fault = faultOfKeys(credentials)
  if (fault !== null) throw new Error(fault)
}
