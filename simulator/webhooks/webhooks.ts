import type { Book, Change } from '../book.ts'
import type { FaultPlan } from '../faults.ts'
import type { Surroundings } from '../paypay.ts'
import { type Random, randomUuid } from '../random.ts'
import type { Switches } from '../switches.ts'
import { type Body, bodyOf } from './bodies.ts'
import { Deliveries, type Delivery, type Post, type WebhookClass } from './deliveries.ts'
import { isStillTrue, type Notice, noticesAhead, noticesOf } from './notices.ts'

type Ports = {
  readonly after: (delayMs: number, callback: () => void) => void
  readonly book: Book
  readonly at: () => Surroundings
  /** Drawn apart, so that codes and payments have the same ids with and without webhooks. */
  readonly random: Random
}

/** Watches the book and tells the merchant's server, if there is one. Nothing is told of the time without an address. */
export class Webhooks {
  #url: string | null = null
  /** Grows with each new address; what was planned for an earlier one is not sent. */
  #generation = 0
  readonly #deliveries: Deliveries
  readonly #ports: Ports

  constructor(
    ports: Ports & {
      readonly post: Post
      readonly faults: FaultPlan
      readonly switches: () => Switches
    },
  ) {
    this.#ports = ports
    const { after, at, post, faults, switches } = ports
    const patienceOf = (one: WebhookClass) => switches()[`${one}EventTries`]
    this.#deliveries = new Deliveries({ nowMs: () => at().nowMs, after, post, faults, patienceOf })
  }

  get url(): string | null {
    return this.#url
  }

  /** Oldest first; only the newest thousand are kept. */
  get deliveries(): readonly Delivery[] {
    return this.#deliveries.list
  }

  /** From now on to this address, or to nobody. */
  tell(url: string | null): void {
    this.#url = url
    this.#generation += 1
    if (url !== null) this.#plan(noticesAhead(this.#ports.book, this.#ports.at().nowMs))
  }

  /** Before changes are made: what has to be told of them. The answer sends what is due now. */
  watch(changes: readonly Change[]): () => void {
    if (this.#url === null) return () => undefined
    const notices = noticesOf(this.#ports.book, changes, this.#ports.at())
    return () => this.#plan(notices)
  }

  /** A file is ready to be fetched. */
  announce(path: string): void {
    const { at, random } = this.#ports
    const { nowMs, switches } = at()
    const requestedAt = Math.floor(nowMs / 1_000)
    this.#send('file', {
      notification_type: 'file.created',
      notification_id: randomUuid(random),
      fileType: 'transaction_recon',
      path,
      requestedAt: switches.fileRequestedAt === 'text' ? String(requestedAt) : requestedAt,
    })
  }

  #plan(notices: readonly Notice[]): void {
    const generation = this.#generation
    for (const notice of notices) this.#whenDue(notice, generation)
  }

  #whenDue(notice: Notice, generation: number): void {
    if (generation !== this.#generation) return
    const { after, at, book, random } = this.#ports
    const now = at()
    const leftMs = notice.atMs - now.nowMs
    if (leftMs > 0) {
      after(leftMs, () => this.#whenDue(notice, generation))
      return
    }
    if (!isStillTrue(notice, book, now.nowMs)) return
    const body = bodyOf(notice, book, randomUuid(random), now)
    if (body !== null) this.#send('merchantPaymentId' in notice ? 'transaction' : 'customer', body)
  }

  #send(one: WebhookClass, body: Body): void {
    if (this.#url !== null) this.#deliveries.send(this.#url, one, body)
  }
}
