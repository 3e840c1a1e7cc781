import type { Chance } from './chance.ts'
import { type CheckoutView, Page, type View } from './page.ts'
import type { Phone } from './phone.ts'
import type { ToldBook } from './told.ts'

/** What somebody does with one code. Times in ms; null: never. */
type Plan = {
  readonly scanAfterMs: number | null
  readonly hand: 'approve' | 'decline' | 'none'
  readonly handAfterMs: number
  readonly secondPhone: boolean
  readonly stopAfterMs: number | null
  /** Turns to go with the phone in the hand: a payment that comes now has to go back. */
  readonly leaveAfterMs: number | null
  /** Walks away from the code: the screen is gone for so long. */
  readonly dark: { readonly afterMs: number; readonly forMs: number } | null
}

const products = ['karaage-bento', 'hojicha', 'omusubi', 'tonjiru', 'dorayaki', 'coffee']

/** One screen, the people who stand before it one after the other, and the phones in their hands. */
export class Lane {
  readonly name: string
  /** Snapshots that this screen has been sent, in all. */
  snapshots = 0
  /** Phones that still have something in mind with a code. */
  phonesOut = 0
  /** Nobody new comes any more, and whoever is here finishes. */
  #isClosing = false
  readonly #chance: Chance
  readonly #phone: Phone
  readonly #told: ToldBook
  readonly #page: Page
  readonly #onSnapshot: (view: View) => void
  readonly #plannedUrls = new Set<string>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #view: View | null = null
  #seen = ''
  #isComing = false
  #hasEnded = false

  constructor(options: {
    name: string
    url: string
    chance: Chance
    phone: Phone
    told: ToldBook
    onSnapshot: (view: View) => void
  }) {
    this.name = options.name
    this.#chance = options.chance
    this.#phone = options.phone
    this.#told = options.told
    this.#onSnapshot = options.onSnapshot
    this.#page = new Page(options.url, options.name, {
      seen: view => this.#see(view),
      // What was pressed meanwhile reached nobody: whatever shows next is looked at afresh.
      lost: () => {
        this.#seen = ''
        this.#view = null
      },
    })
    this.#page.open()
  }

  /** A lane that is dark stays so: the till has to see by itself that nobody is there. */
  close(): void {
    this.#isClosing = true
    this.#seen = ''
    if (this.#view) this.#look(this.#view)
  }

  end(): void {
    this.#hasEnded = true
    for (const timer of this.#timers) clearTimeout(timer)
    this.#page.close()
  }

  #see(view: View): void {
    this.snapshots += 1
    if (view.checkout) this.#told.tell(this.name, view.checkout)
    this.#onSnapshot(view)
    this.#view = view
    this.#look(view)
  }

  #look({ selling, checkout }: View) {
    if (!checkout) {
      this.#seen = ''
      if (selling.open && !this.#isClosing && !this.#isComing) this.#comes()
      return
    }
    const key = `${checkout.checkoutId} ${checkout.attempt} ${checkout.status}`
    if (key === this.#seen) return
    this.#seen = key
    const chance = this.#chance
    switch (checkout.status) {
      case 'creating':
      case 'checking':
      case 'returning':
        if (this.#isClosing) return this.#leaves(checkout, 5_000)
        return this.#leaves(
          checkout,
          chance.percent(50) ? chance.whole(200, 3_000) : chance.whole(3_000, 12_000),
        )
      case 'awaitingPayment':
        return this.#isClosing ? this.#leaves(checkout, 0) : this.#seesCode(checkout)
      case 'unpaid':
        if (!this.#isClosing && checkout.attempt < 4 && chance.percent(55))
          return this.#presses(checkout, chance.whole(0, 500), 'retryCheckout')
        return this.#leaves(checkout, chance.whole(0, 600))
      case 'paid':
      case 'returned':
      case 'problem':
        return this.#leaves(checkout, this.#isClosing ? 0 : chance.whole(0, 400))
      default:
        return checkout.status satisfies never
    }
  }

  #comes(): void {
    this.#isComing = true
    const chance = this.#chance
    const lines = products
      .filter(() => chance.percent(40))
      .map(productId => ({ productId, quantity: chance.whole(1, 3) }))
    const order = { kind: 'cart', lines: lines.length > 0 ? lines : [{ productId: 'coffee', quantity: 1 }] }
    const taps = chance.percent(12) ? 3 : 1
    this.#later(chance.whole(0, 120), async () => {
      this.#isComing = false
      if (this.#isClosing) return
      await Promise.all(
        Array.from({ length: taps }, () => this.#page.call('startCheckout', { order, locale: 'ja' })),
      )
    })
  }

  #seesCode(checkout: CheckoutView): void {
    const url = checkout.code?.url
    // A code that comes back after a crash is the same code, and its customer has the same thing in mind.
    if (url === undefined || this.#plannedUrls.has(url)) return
    this.#plannedUrls.add(url)
    const plan = this.#draw()
    const { scanAfterMs, stopAfterMs, leaveAfterMs, dark } = plan
    if (stopAfterMs !== null) this.#presses(checkout, stopAfterMs, 'stopCheckout', { reason: 'customer' })
    if (leaveAfterMs !== null) this.#presses(checkout, leaveAfterMs, 'leaveCheckout')
    if (dark) this.#later(dark.afterMs, () => this.#walksAway(dark.forMs))
    if (scanAfterMs !== null) this.#onPhone(scanAfterMs, () => this.#scans(checkout, url, plan))
  }

  async #scans(checkout: CheckoutView, url: string, plan: Plan): Promise<void> {
    if ((await this.#phone.press('scan', url)) !== 'scanned') return
    const { hand, handAfterMs, secondPhone } = plan
    if (hand !== 'none')
      this.#onPhone(handAfterMs, async () => {
        await this.#phone.press(hand, url)
        if (this.#chance.percent(60)) this.#presses(checkout, this.#chance.whole(0, 300), 'checkNow')
      })
    if (secondPhone) this.#onPhone(handAfterMs + 300, () => this.#phone.press('approve', url))
  }

  #draw(): Plan {
    const chance = this.#chance
    return {
      scanAfterMs: chance.percent(95) ? chance.whole(10, 300) : null,
      hand: chance.percent(74) ? 'approve' : chance.percent(50) ? 'decline' : 'none',
      // Most are quick; some stand on the confirm screen until the code has run out, and longer.
      handAfterMs: chance.percent(85) ? chance.whole(10, 600) : chance.whole(900, 12_000),
      secondPhone: chance.percent(4),
      stopAfterMs: chance.percent(22) ? chance.whole(50, 2_500) : null,
      leaveAfterMs: chance.percent(14) ? chance.whole(50, 1_000) : null,
      dark: chance.percent(10)
        ? {
            afterMs: chance.whole(100, 2_000),
            forMs: chance.percent(80) ? chance.whole(300, 5_000) : chance.whole(20_000, 80_000),
          }
        : null,
    }
  }

  #walksAway(forMs: number): void {
    this.#page.close()
    this.#seen = ''
    this.#view = null
    this.#later(forMs, () => this.#isClosing || this.#page.open())
  }

  #leaves(checkout: CheckoutView, afterMs: number): void {
    const status = `${checkout.attempt} ${checkout.status}`
    this.#later(afterMs, async () => {
      const now = this.#view?.checkout
      if (now?.checkoutId !== checkout.checkoutId || `${now.attempt} ${now.status}` !== status) return
      const { checkoutId } = checkout
      if (await this.#page.call('leaveCheckout', { checkoutId })) this.#told.tellLeft(checkoutId)
    })
  }

  #presses({ checkoutId }: CheckoutView, afterMs: number, method: string, input: object = {}): void {
    this.#later(afterMs, async () => {
      if (this.#page.isOpen) await this.#page.call(method, { checkoutId, ...input })
    })
  }

  #onPhone(afterMs: number, act: () => Promise<unknown>): void {
    this.phonesOut += 1
    this.#later(afterMs, async () => {
      await act().finally(() => {
        this.phonesOut -= 1
      })
    })
  }

  #later(afterMs: number, act: () => unknown): void {
    const timer = setTimeout(async () => {
      this.#timers.delete(timer)
      try {
        await act()
      } catch (error) {
        // PayPay goes away when the run is over, and a phone may still be talking to it.
        if (!this.#hasEnded) throw error
      }
    }, afterMs)
    this.#timers.add(timer)
  }
}
