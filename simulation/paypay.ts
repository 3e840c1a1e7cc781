import type { Transport, WireAnswer, WireRequest } from '../core/paypay/transport.ts'
import { applyChange, type Book, type Change, emptyBook } from '../simulator/book.ts'
import { approve, decline, type HandOutcome, scan } from '../simulator/customer.ts'
import { answerRequest } from '../simulator/paypay.ts'
import { envelope, failure, type Said } from '../simulator/results.ts'
import type { Switches } from '../simulator/switches.ts'
import type { Chance } from './chance.ts'
import { type Course, courseOf, type FaultKind, NO_FAULT } from './faults.ts'
import type { VirtualTime } from './time.ts'

/** PayPay refuses a request that was signed two minutes ago, or will be (OPA, API authorization). */
const MOST_SKEW_S = 120

/** Who watches what happens between the till and PayPay. */
export type PaypayWatcher = {
  /** A request is about to leave the till. */
  sends(request: WireRequest, body: unknown): void
  /** PayPay has written into its book. */
  writes(change: Change): void
}

/** PayPay and the way to it: the simulator's rules, delays, and the fault that meets each request. */
export class Paypay {
  readonly book: Book = emptyBook()
  readonly injected = new Map<FaultKind | 'outage', number>()
  /** What meets the nth request to an endpoint; null: nothing. */
  faultOf: (request: WireRequest) => FaultKind | null = () => null
  /** Nothing gets through. */
  isAway = false
  /** A read is as old as this at most, ms; each draws its own. */
  staleMostMs = 0
  requests = 0
  /** What PayPay will still carry out, behind the client's back. */
  lateOut = 0
  /** True time until which PayPay has asked to be left alone. */
  pausedUntilMs = 0
  readonly #time: VirtualTime
  readonly #chance: Chance
  readonly #switches: Switches
  readonly #watcher: PaypayWatcher

  constructor(time: VirtualTime, chance: Chance, switches: Switches, watcher: PaypayWatcher) {
    this.#time = time
    this.#chance = chance
    this.#switches = switches
    this.#watcher = watcher
  }

  /** The network as one life of the host sees it: a dead process sends nothing and hears nothing. */
  transport(isAlive: () => boolean): Transport {
    return {
      send: request =>
        new Promise(resolve => {
          if (!isAlive()) return
          this.#send(request, answer => {
            if (isAlive()) resolve(answer)
          })
        }),
      close: async () => undefined,
    }
  }

  /** The customer's hand on the phone. */
  hand(act: 'scan' | 'approve' | 'decline', codeId: string): HandOutcome {
    const rule = { scan, approve, decline }[act]
    const { result, changes } = rule(this.book, codeId, this.#surroundings(0))
    this.#commit(changes)
    return result.outcome
  }

  #send(request: WireRequest, answer: (answer: WireAnswer) => void) {
    this.requests += 1
    const body: unknown = request.body === null ? undefined : JSON.parse(request.body.toString())
    this.#watcher.sends(request, body)
    const time = this.#time
    const course = this.#courseOf(request)
    // Whichever comes first, an answer or the client's patience; the other finds nobody listening.
    let isOver = false
    const end = (afterMs: number, wire: () => WireAnswer) =>
      void time.after(afterMs, () => {
        if (isOver) return
        isOver = true
        answer(wire())
      })
    const thereMs = this.#chance.whole(5, 150)
    const backMs = this.#chance.whole(5, 150) + course.slowMs
    const silent = course.back.kind === 'silence'
    if (silent || course.slowMs + 400 > request.timeoutMs)
      end(request.timeoutMs, () => ({ kind: 'none', why: 'timeout', detail: course.kind }))

    switch (course.apply) {
      case 'never':
        if (course.back.kind === 'instead') {
          const { answer: instead } = course.back
          end(thereMs, () => instead)
        }
        return
      case 'late':
        this.#applyLate(request.timeoutMs + this.#chance.whole(0, 10_000), request, body)
        return
      case 'twice':
      case 'once':
        time.after(thereMs, () => {
          let said = this.#apply(request, body)
          if (course.apply === 'twice') {
            const second = (): Said => this.#apply(request, body)
            if (this.#chance.percent(50)) said = second()
            else this.#applyLate(this.#chance.whole(1, 5_000), request, body)
          }
          if (!silent) end(backMs, () => this.#answer(said, course))
        })
        return
      default:
        return course.apply satisfies never
    }
  }

  #applyLate(afterMs: number, request: WireRequest, body: unknown): void {
    this.lateOut += 1
    this.#time.after(afterMs, () => {
      this.lateOut -= 1
      this.#apply(request, body)
    })
  }

  #courseOf(request: WireRequest): Course {
    if (this.isAway) {
      this.injected.set('outage', (this.injected.get('outage') ?? 0) + 1)
      return courseOf(this.#chance.percent(50) ? 'refused' : 'tlsStall', this.#chance, '')
    }
    const kind = this.faultOf(request)
    if (kind === null) return NO_FAULT
    this.injected.set(kind, (this.injected.get(kind) ?? 0) + 1)
    const course = courseOf(kind, this.#chance, this.#date(), request.api)
    this.pausedUntilMs = Math.max(this.pausedUntilMs, this.#time.nowMs + course.pauseMs)
    return course
  }

  #apply(request: WireRequest, body: unknown): Said {
    const { method, path, query } = request
    // hmac OPA-Auth:{key}:{mac}:{nonce}:{epoch}:{hash}. Only its age is looked at here; the simulator's tests check the rest.
    const signedAtS = Number(request.headers.Authorization?.split(':')[4])
    if (Math.abs(this.#time.nowMs / 1000 - signedAtS) >= MOST_SKEW_S) return failure('UNAUTHORIZED')
    const staleMs = method === 'GET' && this.staleMostMs > 0 ? this.#chance.whole(0, this.staleMostMs) : 0
    const ruling = answerRequest(this.book, { method, path, query, body }, this.#surroundings(staleMs))
    this.#commit(ruling.changes)
    return ruling.said
  }

  #commit(changes: readonly Change[]): void {
    for (const change of changes) {
      applyChange(this.book, change)
      this.#watcher.writes(change)
    }
  }

  #answer(said: Said, { back }: Course): WireAnswer {
    if (back.kind === 'instead') return back.answer
    const requestId = `OPA${this.requests.toString(16).toUpperCase().padStart(32, '0')}`
    const isChanged = back.kind === 'changed' && typeof said.data === 'object' && said.data !== null
    const data = isChanged ? back.change(said.data as Record<string, unknown>) : said.data
    return {
      kind: 'answer',
      status: said.status,
      headers: { date: this.#date(), 'x-request-id': requestId },
      body: envelope({ ...said, data }, requestId),
    }
  }

  #dateAtS = -1
  #dateText = ''
  /** PayPay's Date header; made once a second, as that is what it tells. */
  #date(): string {
    const atS = Math.floor(this.#time.nowMs / 1000)
    if (atS !== this.#dateAtS) {
      this.#dateAtS = atS
      this.#dateText = new Date(atS * 1000).toUTCString()
    }
    return this.#dateText
  }

  #surroundings(staleReadMs: number) {
    const switches = staleReadMs === 0 ? this.#switches : { ...this.#switches, staleReadMs }
    return { nowMs: this.#time.nowMs, switches, random: this.#chance.next }
  }
}
