import { type Credentials, faultOfKeys } from './client.ts'

/** The keys that requests are signed with, while the till runs. When they may change is `core/desk/keys.ts`'s to say. */
export class KeyRing {
  #inUse: Credentials | null = null

  /** Throws for keys that no request could carry, in words that never show one. */
  constructor(credentials: Credentials | null) {
    if (credentials) this.put(credentials)
  }

  /** Null: there are none, and nothing can be sent. */
  get current(): Credentials | null {
    return this.#inUse
  }

  put(credentials: Credentials): void {
    const fault = faultOfKeys(credentials)
    if (fault !== null) throw new Error(fault)
    this.#inUse = credentials
  }
}
