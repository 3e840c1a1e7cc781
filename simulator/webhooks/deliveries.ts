import { type Course, courseOf, type FaultPlan } from '../faults.ts'
import type { Body } from './bodies.ts'

export type WebhookClass = 'transaction' | 'customer' | 'file'

/** How long PayPay waits for 200, and how often it tries again (FAQ 4414048508047; which class has which is not published). */
export const patience = {
  threeRetries: { timeoutMs: 2_000, retries: 3, pauseMs: 100 },
  tenRetries: { timeoutMs: 1_500, retries: 10, pauseMs: 500 },
  noRetry: { timeoutMs: 1_500, retries: 0, pauseMs: 0 },
} as const
export type Patience = keyof typeof patience

/** Sends one body, and answers with the status, or with why there is none. It has to be on this machine. */
export type Post = (url: string, body: string, timeoutMs: number) => Promise<number | 'timeout' | 'refused'>

/** One webhook, for control and tests: what was sent, and what came of each try. */
export type Delivery = {
  readonly seq: number
  readonly class: WebhookClass
  readonly body: Body
  readonly tries: { readonly atMs: number; outcome: number | 'timeout' | 'refused' | null }[]
  state: 'waiting' | 'delivered' | 'dropped' | 'lost'
}

const MOST_DELIVERIES = 1_000

type DeliveryPorts = {
  readonly nowMs: () => number
  readonly after: (delayMs: number, callback: () => void) => void
  readonly post: Post
  readonly faults: FaultPlan
  readonly patienceOf: (one: WebhookClass) => Patience
}

/** The webhooks that PayPay sends: in order, with its patience, and with the faults that meet them. */
export class Deliveries {
  readonly list: Delivery[] = []
  #seq = 0
  readonly #ports: DeliveryPorts

  constructor(ports: DeliveryPorts) {
    this.#ports = ports
  }

  send(url: string, one: WebhookClass, body: Body): void {
    const course = courseOf(this.#ports.faults.meet(`${one}Event`))
    const delivery = this.#note(one, body)
    if (course.apply === 'never') {
      delivery.state = 'lost'
      return
    }
    const delayMs = course.delayMs + (course.apply === 'late' ? course.applyAfterMs : 0)
    const deliveries = course.apply === 'twice' ? [delivery, this.#note(one, body)] : [delivery]
    for (const each of deliveries) {
      const begin = () => void this.#try(url, each, course, 0)
      if (delayMs > 0) this.#ports.after(delayMs, begin)
      else begin()
    }
  }

  async #try(url: string, delivery: Delivery, course: Course, nth: number): Promise<void> {
    const { timeoutMs, retries, pauseMs } = patience[this.#ports.patienceOf(delivery.class)]
    const entry: Delivery['tries'][number] = { atMs: this.#ports.nowMs(), outcome: null }
    delivery.tries.push(entry)
    const outcome = await this.#ports.post(url, JSON.stringify(delivery.body), timeoutMs)
    // PayPay does not hear the answer, and tries again what has arrived.
    entry.outcome = course.answer.kind === 'cut' || course.answer.kind === 'silent' ? 'timeout' : outcome
    if (entry.outcome === 200) delivery.state = 'delivered'
    else if (nth >= retries) delivery.state = 'dropped'
    else this.#ports.after(pauseMs, () => void this.#try(url, delivery, course, nth + 1))
  }

  #note(one: WebhookClass, body: Body): Delivery {
    this.#seq += 1
    const delivery: Delivery = { seq: this.#seq, class: one, body, tries: [], state: 'waiting' }
    this.list.push(delivery)
    if (this.list.length > MOST_DELIVERIES) this.list.shift()
    return delivery
  }
}
