import type { CheckoutFact } from '../../core/checkout/facts.ts'
import type { Evidence } from '../../core/paypay/client.ts'
import { type Yen, yen } from '../../shared/money.ts'

/** One settled checkout of an ordinary shop: what the engine would have written, with PayPay's answers. */
export type Settled = { readonly checkoutId: string; readonly facts: readonly CheckoutFact[] }

/** A busy shop's. */
const CHECKOUTS_A_DAY = 1_000
const DAY_MS = 86_400_000
const JST_MS = 9 * 3_600_000

const basket = [
  { productId: 'karaage-bento', ja: '唐揚げ弁当', en: 'Fried chicken bento', priceYen: 680 },
  { productId: 'hojicha', ja: 'ほうじ茶', en: 'Roasted green tea', priceYen: 170 },
  { productId: 'tonjiru', ja: '豚汁', en: 'Pork miso soup', priceYen: 220 },
]

/** The checkout with the number `index` (from 0) of `count`, the last of which was an hour before `untilMs`. */
export function settledCheckout(index: number, count: number, untilMs: number): Settled {
  const startedAtMs = untilMs - 3_600_000 - Math.floor(((count - index) * DAY_MS) / CHECKOUTS_A_DAY)
  // As random as the till's own ids, so that they fall anywhere in an index, and the same in each run.
  const checkoutId = scrambled(index).padStart(8, '0') + scrambled(index + 2 ** 24).padStart(16, '0')
  const story = new Story(checkoutId, index, startedAtMs)
  // Of a hundred customers, so many change their minds, and one pays too late.
  if (index % 100 < 90) story.delivered()
  else if (index % 100 < 99) story.stopped()
  else story.returned()
  return { checkoutId, facts: story.facts }
}

class Story {
  readonly facts: CheckoutFact[] = []
  readonly #id: { readonly merchantPaymentId: string }
  readonly #codeId: string
  readonly #totalYen: Yen
  #atMs: number

  constructor(checkoutId: string, index: number, startedAtMs: number) {
    this.#atMs = startedAtMs
    this.#id = { merchantPaymentId: `${checkoutId}-1` }
    this.#codeId = `04-${checkoutId.slice(0, 16)}`
    const bought = basket.slice(0, 1 + (index % 3))
    this.#totalYen = yen(bought.reduce((sum, { priceYen }) => sum + priceYen, 0))
    this.#add(0, 'checkoutStarted', {
      lane: `lane-${index % 3}`,
      mode: 'training',
      businessDay: new Date(startedAtMs + JST_MS).toISOString().slice(0, 10),
      claimNumber: (index % 999) + 1,
      locale: 'ja',
      lines: bought.map(({ productId, ja, en, priceYen }) => ({
        productId,
        names: { ja, en },
        quantity: 1,
        unitPriceYen: yen(priceYen),
        lineYen: yen(priceYen),
        taxRatePercent: 8 as const,
      })),
      totalYen: this.#totalYen,
      taxes: [
        { ratePercent: 8, totalYen: this.#totalYen, taxYen: yen(Math.floor((this.#totalYen * 8) / 108)) },
      ],
      shopRevision: '1',
    })
    this.#add(0, 'createIntended', { ...this.#id, attempt: 1, amountYen: this.#totalYen })
    this.#add(400, 'codeCreated', {
      ...this.#id,
      codeId: this.#codeId,
      url: `https://qr-stg.sandbox.paypay.ne.jp/28180104${checkoutId.slice(0, 16)}`,
      expiresAtS: Math.floor(startedAtMs / 1000) + 300,
      evidence: this.#evidence('v2_createDynamicQRCode', 201, 'SUCCESS', 400),
    })
    this.#read(2_500, { kind: 'unpaid' })
  }

  /** Nine facts. */
  delivered(): void {
    this.#paid()
    this.#add(5, 'handoverIntended', this.#id)
    this.#add(5, 'handedOver', this.#id)
    this.#add(0, 'outcomeReached', { outcome: 'delivered' })
    this.#add(9_000, 'customerLeft', { reason: 'customer' })
  }

  stopped(): void {
    this.#add(6_000, 'stopIntended', { ...this.#id, reason: 'customer' })
    this.#delete()
    this.#read(200, { kind: 'notFound' }, 400, 'DYNAMIC_QR_PAYMENT_NOT_FOUND')
    this.#cancel()
    this.#add(3_000, 'customerLeft', { reason: 'customer' })
    this.#read(11_000, { kind: 'notFound' }, 400, 'DYNAMIC_QR_PAYMENT_NOT_FOUND')
    this.#add(0, 'outcomeReached', { outcome: 'neverPayable' })
  }

  returned(): void {
    this.#add(6_000, 'customerLeft', { reason: 'customer' })
    this.#add(0, 'stopIntended', { ...this.#id, reason: 'left' })
    this.#delete()
    this.#paid()
    this.#cancel()
    this.#read(11_000, { kind: 'failed', acceptedAtS: Math.floor(this.#atMs / 1000) })
    this.#add(0, 'outcomeReached', { outcome: 'returned' })
  }

  #paid(): void {
    const acceptedAtS = Math.floor(this.#atMs / 1000) + 2
    this.#read(2_500, { kind: 'completed', paymentId: `0${this.#atMs}${'7'.repeat(6)}`, acceptedAtS })
  }

  #delete(): void {
    this.#add(0, 'deleteIntended', { ...this.#id, codeId: this.#codeId })
    const evidence = this.#evidence('v2_deleteDynamicQRCode', 200, 'SUCCESS', 200)
    this.#add(200, 'codeDeleted', { ...this.#id, how: 'deleted', evidence })
  }

  #cancel(): void {
    this.#add(0, 'cancelIntended', this.#id)
    const evidence = this.#evidence('v2_cancelPayment', 202, 'REQUEST_ACCEPTED', 300)
    this.#add(300, 'cancelAccepted', { ...this.#id, evidence })
  }

  #read(afterMs: number, read: PaymentRead, httpStatus = 200, code = 'SUCCESS'): void {
    const evidence = this.#evidence('v2_getQRPaymentDetails', httpStatus, code, afterMs)
    this.#add(afterMs, 'paymentRead', { ...this.#id, read, evidence })
  }

  #add<T extends CheckoutFact['type']>(
    afterMs: number,
    type: T,
    data: Extract<CheckoutFact, { type: T }>['data'],
  ): void {
    this.#atMs += afterMs
    this.facts.push({ type, atMs: this.#atMs, data } as CheckoutFact)
  }

  #evidence(api: string, httpStatus: number, code: string, afterMs: number): Evidence {
    const atMs = this.#atMs + afterMs
    const requestId = `OPA${scrambled(atMs).toUpperCase().padStart(32, '0')}`
    return { api, atMs, httpStatus, code, codeId: '08100001', requestId }
  }
}

type PaymentRead = Extract<CheckoutFact, { type: 'paymentRead' }>['data']['read']

function scrambled(number: number): string {
  const mixed = Math.imul((number ^ (number >>> 15)) >>> 0, 0x2c1b3c6d) >>> 0
  return (Math.imul((mixed ^ (mixed >>> 12)) >>> 0, 0x297a2d39) >>> 0).toString(16)
}
