import { createActor, SimulatedClock } from 'xstate'
import type { CustomerMethod } from '../../shared/api.ts'
import type { Checkout, LaneView, Progress, Shop, UnpaidReason } from '../../shared/checkout.ts'
import type { Failure } from '../../shared/failure.ts'
import { yen } from '../../shared/money.ts'
import type { AnyReceipt } from '../../shared/receipt.ts'
import { fail, ok } from '../../shared/result.ts'
import type { KaikeiApi } from '../api.ts'
import type { KioskEvent, Ports, Sound } from './context.ts'
import type { CustomerEvent } from './events.ts'
import { type KioskSnapshot, kioskMachine } from './machine.ts'
import type { Sale } from './memory.ts'
import { placeOf } from './showing.ts'

/** For tests: a host that does what it is told, a clock that is turned by hand, and the real machine between them. */

export type Call = { readonly method: CustomerMethod; readonly input: Record<string, unknown> }

type Waiting = Call & { readonly resolve: (result: unknown) => void }

export function openTestKiosk(options: { sale?: Sale | null; shop?: Shop; boot?: LaneView | null } = {}) {
  const clock = new SimulatedClock()
  const calls: Call[] = []
  const waiting: Waiting[] = []
  const sounds: Sound[] = []
  const printed: { readonly receipt: AnyReceipt; readonly paperMm: number }[] = []
  let receiptsCome = true
  let shop = options.shop ?? menuShop()
  let onView: (view: LaneView) => void = () => {}
  let onLost: () => void = () => {}

  const api: KaikeiApi = {
    call: (method, input) =>
      new Promise(resolve => {
        if (method === 'getShop') return resolve(ok(shop) as never)
        calls.push({ method, input: { ...input } })
        waiting.push({ method, input: { ...input }, resolve: resolve as (result: unknown) => void })
      }),
    watchLane(_lane, view, lost) {
      onView = view
      onLost = lost
      return () => {}
    },
  }
  const ports: Ports = {
    api,
    monotonicMs: () => clock.now(),
    play: sound => sounds.push(sound),
    async loadReceipts() {
      if (!receiptsCome) throw new TypeError('Failed to fetch dynamically imported module')
      return {
        async printReceipt(receipt, paperMm) {
          printed.push({ receipt, paperMm })
        },
      }
    },
  }
  const actor = createActor(kioskMachine, {
    input: { ports, lane: 'main', sale: options.sale ?? null },
    clock,
  })
  let last: LaneView | null = null
  actor.start()

  const kiosk = {
    calls,
    sounds,
    /** What came out of the printer. */
    printed,
    /** From now on the page is not sent what draws receipts. */
    withholdReceipts() {
      receiptsCome = false
    },
    actor,
    snapshot: (): KioskSnapshot => actor.getSnapshot(),
    /** `reviewing`, or `creatingCode.requested` where that tells more. */
    at(): string {
      const value = actor.getSnapshot().value.conversation
      if (typeof value === 'string') return value
      const place = placeOf(actor.getSnapshot())
      const inner = (value as Record<string, unknown>)[place]
      return typeof inner === 'string' ? `${place}.${inner}` : place
    },
    /** The last snapshot that the screen has. */
    lastView: () => last,
    context: () => actor.getSnapshot().context,
    touch(...events: readonly (CustomerEvent | CustomerEvent['type'])[]) {
      for (const event of events)
        actor.send((typeof event === 'string' ? { type: event } : event) as KioskEvent)
    },
    push(view: LaneView) {
      last = view
      onView(view)
    },
    lose: () => onLost(),
    sell(newShop: Shop) {
      shop = newShop
    },
    /** Lets promises that are settled be heard; no time passes. */
    async heard() {
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
    },
    async pass(ms: number) {
      clock.increment(ms)
      await kiosk.heard()
    },
    /** How often a method was called. */
    count: (method: CustomerMethod) => calls.filter(call => call.method === method).length,
    isWaiting: (method: CustomerMethod) => waiting.some(call => call.method === method),
    /** Answers the oldest open call of a method: with a snapshot, or with a failure. */
    async answer(method: CustomerMethod, outcome: LaneView | AnyReceipt | Failure) {
      const index = waiting.findIndex(call => call.method === method)
      if (index < 0) throw new Error(`nobody waits for ${method}`)
      const [call] = waiting.splice(index, 1)
      const isFailure = isFailureOf(outcome)
      if ('lane' in outcome) last = outcome
      call?.resolve(isFailure ? fail(outcome) : ok(outcome))
      await kiosk.heard()
    },
    /** The oldest open call, for a host that answers everything. */
    takeCall: () => waiting.shift(),
    stop: () => actor.stop(),
  }
  return kiosk
}

/** Receipts have a kind too, and an issuer. */
function isFailureOf(outcome: LaneView | AnyReceipt | Failure): outcome is Failure {
  return 'kind' in outcome && !('issuer' in outcome)
}

export type TestKiosk = ReturnType<typeof openTestKiosk>

/** A kiosk that has its shop and its first snapshot, and whose screen has come to rest. */
export async function openAt(view: LaneView, options: { sale?: Sale | null; shop?: Shop } = {}) {
  const kiosk = openTestKiosk(options)
  await kiosk.heard()
  kiosk.push(view)
  await kiosk.pass(1_000)
  return kiosk
}

/** A customer with one tea and one bun in front of the review. */
export async function openAtReview() {
  const kiosk = await openAt(free())
  kiosk.touch('customer.start', add('tea'), add('bun'), 'customer.checkOut')
  await kiosk.pass(1_000)
  return kiosk
}

export function add(productId: string): CustomerEvent {
  return { type: 'customer.add', productId }
}

export function free(change: Partial<LaneView> = {}): LaneView {
  return {
    lane: 'main',
    mode: 'training',
    selling: { open: true },
    checkout: null,
    shopRevision: 'one',
    staffCalled: false,
    returns: [],
    ...change,
  }
}

export function shut(): LaneView {
  return free({ selling: { open: false, reason: 'paypayUnreachable' } })
}

export function withCheckout(
  progress: Progress,
  change: Partial<Pick<Checkout, 'checkoutId' | 'attempt' | 'statusAgeMs'>> = {},
): LaneView {
  const teaYen = yen(180)
  return free({
    checkout: {
      checkoutId: 'checkout-1',
      claimNumber: '012',
      lines: [
        {
          productId: 'tea',
          names: { ja: 'お茶' },
          quantity: 2,
          unitPriceYen: teaYen,
          lineYen: yen(360),
          taxRatePercent: 8,
        },
      ],
      totalYen: yen(360),
      taxes: [{ ratePercent: 8, totalYen: yen(360), taxYen: yen(26) }],
      attempt: 1,
      statusAgeMs: 0,
      ...change,
      ...progress,
    },
  })
}

export const creating = () => withCheckout({ status: 'creating' })
export const awaiting = (remainingMs = 300_000) =>
  withCheckout({
    status: 'awaitingPayment',
    code: { url: 'https://qr.example/1', remainingMs, lifetimeMs: 300_000 },
  })
export const checking = (statusAgeMs = 0) => withCheckout({ status: 'checking' }, { statusAgeMs })
export const paid = () => withCheckout({ status: 'paid' })
export const unpaid = (why: UnpaidReason = 'declined') => withCheckout({ status: 'unpaid', why })
export const returning = () => withCheckout({ status: 'returning' })
export const returned = () => withCheckout({ status: 'returned' })
export const problem = () => withCheckout({ status: 'problem', money: 'paid' })

/** The receipt of what `paid` has sold. */
export function receipt(printedBefore = 0): AnyReceipt {
  const checkout = paid().checkout
  if (!checkout) throw new Error('a paid lane has no checkout')
  const { checkoutId, claimNumber, taxes, totalYen } = checkout
  return {
    ...{ kind: 'sale', checkoutId, claimNumber, taxes, totalYen, printedBefore },
    issuer: { name: '喫茶 会計', shop: null, address: null, phone: null, registrationNumber: null },
    receiptNumber: '20261125-012',
    saleDate: '2026-11-25',
    issuedAtMs: 0,
    lines: checkout.lines.map(line => ({ ...line, isReducedRate: line.taxRatePercent === 8 })),
    paymentId: 'p-1',
    mode: 'training',
    locale: 'ja',
    message: null,
  }
}

/** One snapshot of each kind, by the word it says. */
export const everyView = {
  free: free(),
  closed: shut(),
  creating: creating(),
  awaitingPayment: awaiting(),
  checking: checking(),
  paid: paid(),
  unpaid: unpaid(),
  returning: returning(),
  returned: returned(),
  problem: problem(),
} as const

export function menuShop(change: Partial<Shop> = {}): Shop {
  return {
    revision: 'one',
    names: { ja: '喫茶 会計' },
    noren: '会計',
    tagline: { ja: 'いらっしゃいませ' },
    till: 'menu',
    keypadDescription: { ja: 'お会計' },
    keypadTaxRatePercent: 10,
    capYen: yen(2_000),
    maxQuantity: 5,
    categories: [{ id: 'all', names: { ja: 'すべて' } }],
    products: [
      product('tea', 180, 8),
      product('bun', 220, 8),
      product('cup', 1_500, 10),
      { ...product('gone', 100, 8), available: false },
    ],
    locales: ['ja', 'en', 'zh', 'ko'],
    receiptPaperMm: null,
    paypayLogo: null,
    ...change,
  }
}

export function keypadShop(): Shop {
  return menuShop({ till: 'keypad', products: [], categories: [] })
}

function product(id: string, priceYen: number, taxRatePercent: 8 | 10): Shop['products'][number] {
  return {
    id,
    names: { ja: id },
    priceYen: yen(priceYen),
    taxRatePercent,
    categoryId: 'all',
    image: null,
    available: true,
  }
}
