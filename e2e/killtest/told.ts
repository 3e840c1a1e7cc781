import type { CheckoutView } from './page.ts'

/** What the screens were told of one checkout. None of it may be missing from the ledger, whenever the host dies. */
export type Told = {
  readonly lane: string
  readonly claimNumber: number
  readonly totalYen: number
  attempts: number
  readonly urls: Set<string>
  paid: boolean
  returned: boolean
  /** "You have not been charged", by attempt. */
  readonly unpaid: Set<number>
  /** The host has answered that it knows that the customer has left. */
  left: boolean
}

/** By checkoutId. */
export class ToldBook {
  readonly #checkouts = new Map<string, Told>()

  tell(lane: string, checkout: CheckoutView): void {
    const { checkoutId, attempt, status, code } = checkout
    const told = this.#checkouts.get(checkoutId) ?? {
      lane,
      claimNumber: Number(checkout.claimNumber),
      totalYen: checkout.totalYen,
      attempts: 0,
      urls: new Set(),
      paid: false,
      returned: false,
      unpaid: new Set(),
      left: false,
    }
    this.#checkouts.set(checkoutId, told)
    told.attempts = Math.max(told.attempts, attempt)
    if (code) told.urls.add(code.url)
    if (status === 'paid') told.paid = true
    if (status === 'returned') told.returned = true
    if (status === 'unpaid') told.unpaid.add(attempt)
  }

  tellLeft(checkoutId: string): void {
    const told = this.#checkouts.get(checkoutId)
    if (told) told.left = true
  }

  entries(): [checkoutId: string, told: Told][] {
    return [...this.#checkouts].map(([checkoutId, told]) => [
      checkoutId,
      { ...told, urls: new Set(told.urls), unpaid: new Set(told.unpaid) },
    ])
  }
}
