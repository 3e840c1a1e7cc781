import type { Clock } from '../core/clock.ts'

type Event = { readonly atMs: number; readonly order: number; run: (() => void) | null }

/** Time that passes only when the next event is due. Events of the same moment happen in the order they were planned. */
export class VirtualTime {
  /** True time, epoch ms: PayPay's clock, and what a right wall clock shows. */
  nowMs: number
  events = 0
  #order = 0
  /** A binary heap; the earliest event is the first. */
  readonly #heap: Event[] = []

  constructor(startMs: number) {
    this.nowMs = startMs
  }

  after(delayMs: number, run: () => void): () => void {
    this.#order += 1
    const event: Event = { atMs: this.nowMs + Math.max(0, Math.ceil(delayMs)), order: this.#order, run }
    this.#push(event)
    return () => {
      event.run = null
    }
  }

  /** Runs the next event; false when there is none before `untilMs`. */
  step(untilMs: number): boolean {
    for (;;) {
      const [next] = this.#heap
      if (!next || next.atMs > untilMs) return false
      this.#pop()
      if (next.run === null) continue
      this.nowMs = Math.max(this.nowMs, next.atMs)
      this.events += 1
      next.run()
      return true
    }
  }

  #push(event: Event): void {
    const heap = this.#heap
    let place = heap.push(event) - 1
    while (place > 0) {
      const parent = (place - 1) >> 1
      const above = heap[parent] as Event
      if (!isBefore(event, above)) break
      heap[place] = above
      place = parent
    }
    heap[place] = event
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop()
    if (!last || heap.length === 0) return
    let place = 0
    for (;;) {
      let child = 2 * place + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Event, heap[child] as Event)) child += 1
      const below = heap[child] as Event
      if (!isBefore(below, last)) break
      heap[place] = below
      place = child
    }
    heap[place] = last
  }
}

function isBefore(one: Event, other: Event): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order)
}

/** What the till's machine believes the time to be: it can be set, and it can stand still. */
export class WallClock {
  offsetMs = 0
  frozenAtMs: number | null = null
  readonly #time: VirtualTime

  constructor(time: VirtualTime) {
    this.#time = time
  }

  nowMs(): number {
    return this.frozenAtMs ?? this.#time.nowMs + this.offsetMs
  }
}

/** The clock of one life of the host: when the process is dead, no timer of it rings. */
export function clockOf(time: VirtualTime, wall: WallClock, isAlive: () => boolean): Clock {
  return {
    nowMs: () => wall.nowMs(),
    monotonicMs: () => time.nowMs,
    after: (delayMs, callback) => time.after(delayMs, () => isAlive() && callback()),
  }
}
