import { randomInt } from 'node:crypto'
import type { User } from './accounts/users.ts'
import { changedUser, consentChanges, type UserView, userViews } from './accounts/views.ts'
import { type AskAnswer, type AskView, answerAsk, askViews } from './asks.ts'
import { type AuthVerdict, checkMerchant, checkSignature, type Keys, MAX_CLOCK_SKEW_S } from './auth.ts'
import { applyChange, type Book, type Change, emptyBook } from './book.ts'
import { approve, decline, type HandResult, scan } from './customer.ts'
import { type Course, courseOf, type Fault, FaultPlan } from './faults.ts'
import { answerRequest, type Surroundings } from './paypay.ts'
import { randomRequestId, seededRandom } from './random.ts'
import { type FileWish, type ReconciliationFile, reconciliationFile } from './reconciliationFile.ts'
import { parsedBody, RequestLog, type SeenRequest } from './requests.ts'
import { envelope, failure, type Said } from './results.ts'
import { routeOf } from './routes.ts'
import type { Outcome, RawAnswer, RawReply, RawRequest, SimulatorOptions } from './surface.ts'
import { type Switches, switches } from './switches.ts'
import { type BookReport, bookReport, type CodeView, codeViews } from './views.ts'
import { Webhooks } from './webhooks/webhooks.ts'

export type { SeenRequest } from './requests.ts'
export type { Outcome, RawAnswer, RawReply, RawRequest, SimulatorOptions } from './surface.ts'

/** What the customer's phone can do with a code. */
export type PhoneAct = 'scan' | 'approve' | 'decline'

const hand = { scan, approve, decline } as const

/**
 * PayPay, faked, without a socket: rules, signature check, faults and books on a clock from outside. http.ts puts it on
 * the wire; tests call it directly and turn the clock.
 */
export class Simulator {
  switches: Switches
  /** Set by who puts it on the wire: where the customer's phone is. */
  phoneUrl: string | null = null
  readonly faults = new FaultPlan()
  readonly webhooks: Webhooks
  readonly #options: SimulatorOptions
  readonly #book: Book
  readonly #keys: Keys
  readonly #log = new RequestLog()
  /** When each nonce was used, epoch ms. */
  readonly #nonces = new Map<string, number>()
  readonly #listeners = new Set<() => void>()
  #dated = { epochS: Number.NaN, text: '' }
  readonly #random: () => number
  /** Drawn apart, so that a read more or less does not change the ids of later codes. */
  readonly #requestIdRandom: () => number

  constructor(options: SimulatorOptions) {
    const { apiKey, apiSecret, merchantId = null, seed = randomInt(2 ** 31) } = options
    this.#options = options
    this.#book = options.book ?? emptyBook()
    this.#keys = { apiKey, apiSecret, merchantId }
    this.#random = seededRandom(seed)
    this.#requestIdRandom = seededRandom(seed + 1)
    this.switches = switches.parse({ ...options.switches })
    this.webhooks = new Webhooks({
      after: options.after,
      book: this.#book,
      at: () => this.#surroundings(),
      random: seededRandom(seed + 2),
      post: options.post ?? (async () => 'refused' as const),
      faults: this.faults,
      switches: () => this.switches,
    })
  }

  /** One request, with whatever faults meet it. */
  async handle(request: RawRequest): Promise<RawReply> {
    const outcome = await this.receive(request)
    switch (outcome.kind) {
      case 'whole':
        return outcome.answer
      case 'cut':
      case 'half':
        return { kind: 'cut' }
      case 'silent':
      case 'hang':
        return { kind: 'hang' }
    }
  }

  /** Like `handle`, in the detail that a real socket can show. */
  async receive(request: RawRequest): Promise<Outcome> {
    const hits = this.faults.meet(endpointOf(request))
    const entry = this.#log.add(request, this.#options.nowMs(), hits)
    const course = courseOf(hits)
    const said = this.#applyAlong(course, request, entry)
    if (course.delayMs > 0) await new Promise<void>(resolve => this.#options.after(course.delayMs, resolve))
    const outcome = this.#outcomeOf(course, said)
    entry.outcome = outcome.kind
    entry.status = outcome.kind === 'whole' ? outcome.answer.status : null
    return outcome
  }

  /** The customer's hand on the phone. */
  phone(codeId: string, act: PhoneAct): HandResult {
    const { result, changes } = hand[act](this.#book, codeId, this.#surroundings())
    this.#commit(changes)
    return result
  }

  /** The customer's answer to what was asked on the phone. */
  answer(askId: string, answer: AskAnswer, userId: string | null = null): HandResult {
    const { result, changes } = answerAsk(this.#book, askId, { answer, userId }, this.#surroundings())
    this.#commit(changes)
    return result
  }

  /** Who has a PayPay account here, with balance and consents. */
  users(): UserView[] {
    return userViews(this.#book, this.#options.nowMs())
  }

  /** Changes a user, or adds one. */
  setUser(id: string, change: Partial<Omit<User, 'id'>>): UserView | null {
    this.#commit([{ kind: 'user', record: changedUser(this.#book, id, change) }])
    return this.users().find(user => user.id === id) ?? null
  }

  /** The user takes a consent back in the app, or prolongs it. False where there is none to be changed. */
  changeConsent(userAuthorizationId: string, act: 'revoke' | 'extend'): boolean {
    const changes = consentChanges(this.#book, userAuthorizationId, act, this.#surroundings())
    this.#commit(changes)
    return changes.length > 0
  }

  /** Newest first. */
  asks(): AskView[] {
    return askViews(this.#book, this.#options.nowMs())
  }

  /** Newest first. */
  codes(): CodeView[] {
    return codeViews(this.#book, this.#surroundings())
  }

  bookReport(): BookReport {
    return bookReport(this.#book, this.#options.nowMs())
  }

  /** PayPay's file of a day. */
  reconciliationFile(wish: FileWish): ReconciliationFile {
    return reconciliationFile(this.#book, this.#keys.merchantId, wish, this.#surroundings())
  }

  /** Oldest first; only the newest thousand are kept. */
  get seen(): readonly SeenRequest[] {
    return this.#log.entries
  }

  /** Calls the listener whenever the book may have changed. Returns a function that ends that. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** What PayPay says in the end, or null where it has not, or not yet, seen the request. */
  #applyAlong(course: Course, request: RawRequest, entry: SeenRequest): Said | null {
    switch (course.apply) {
      case 'never':
        return null
      case 'once':
        return this.#refusal(request, entry) ?? this.#apply(request)
      case 'twice':
        if (this.#refusal(request, entry) === null) this.#apply(request)
        return this.#refusal(request, entry) ?? this.#apply(request)
      case 'late':
        // It was let in when it came and waits behind the door, so its age is not looked at again.
        if (this.#refusal(request, entry) === null)
          this.#options.after(course.applyAfterMs, () => void this.#apply(request))
        return null
    }
  }

  #refusal(request: RawRequest, entry: SeenRequest): Said | null {
    const verdict = this.#checkCaller(request, this.#options.nowMs())
    if (verdict.ok) return null
    entry.refusedBecause = verdict.because
    return failure('UNAUTHORIZED')
  }

  #checkCaller(request: RawRequest, nowMs: number): AuthVerdict {
    const verdict = checkSignature(request, this.#keys, nowMs)
    if (!verdict.ok) return verdict
    const because = checkMerchant(request, this.#keys, this.switches.assumeMerchant === 'required')
    if (because !== null) return { ok: false, because }
    for (const [nonce, usedAtMs] of this.#nonces) {
      if (nowMs - usedAtMs <= 2 * MAX_CLOCK_SKEW_S * 1_000) break
      this.#nonces.delete(nonce)
    }
    if (this.#nonces.has(verdict.nonce) && this.switches.nonceReplay === 'refused')
      return { ok: false, because: 'the nonce was used before, which the switch nonceReplay refuses' }
    this.#nonces.set(verdict.nonce, nowMs)
    return verdict
  }

  #apply(request: RawRequest): Said {
    const { method, path, query } = request
    const body = parsedBody(request.body)
    const ruling = answerRequest(this.#book, { method, path, query, body }, this.#surroundings())
    this.#commit(ruling.changes)
    return ruling.said
  }

  #outcomeOf(course: Course, said: Said | null): Outcome {
    const own = said === null ? null : this.#paypayAnswer(said, course.patch)
    const { answer } = course
    switch (answer.kind) {
      case 'cut':
      case 'silent':
        return { kind: answer.kind }
      case 'status':
        return { kind: 'whole', answer: this.#statusAnswer(answer) }
      case 'body': {
        const { status = 200, contentType = 'text/html' } = answer
        const head = { 'content-type': contentType, ...answer.headers }
        return { kind: 'whole', answer: this.#answer(status, head, answer.body) }
      }
      case 'hang':
      case 'half':
        return own === null ? { kind: 'cut' } : { kind: answer.kind, answer: own }
      case 'own':
        return own === null ? { kind: 'cut' } : { kind: 'whole', answer: own }
    }
  }

  #statusAnswer(what: Extract<Fault['what'], { kind: 'status' }>): RawAnswer {
    const { status, code, codeId = null, retryAfterS } = what
    const extra = {
      ...(retryAfterS !== undefined && { 'retry-after': String(retryAfterS) }),
      ...what.headers,
    }
    if (code === undefined) {
      const html = `<html><head><title>${status}</title></head><body>${status}</body></html>\n`
      return this.#answer(status, { 'content-type': 'text/html', ...extra }, html)
    }
    const answer = this.#paypayAnswer({ status, code, codeId, message: code, data: null }, {})
    return { ...answer, headers: { ...answer.headers, ...extra } }
  }

  #paypayAnswer(said: Said, patch: Readonly<Record<string, unknown>>): RawAnswer {
    const requestId = randomRequestId(this.#requestIdRandom)
    const data = isRecord(said.data) ? { ...said.data, ...patch } : said.data
    const head = { 'content-type': 'application/json', 'x-request-id': requestId, ...said.headers }
    return this.#answer(said.status, head, envelope({ ...said, data }, requestId))
  }

  #answer(status: number, headers: Readonly<Record<string, string>>, body: string): RawAnswer {
    return { kind: 'answer', status, headers: { date: this.#date(), ...headers }, body }
  }

  /** Written once a second, as a server of PayPay's size would. */
  #date(): string {
    const nowS = Math.floor(this.#options.nowMs() / 1_000)
    if (nowS !== this.#dated.epochS)
      this.#dated = { epochS: nowS, text: new Date(nowS * 1_000).toUTCString() }
    return this.#dated.text
  }

  #commit(changes: readonly Change[]): void {
    if (changes.length === 0) return
    const tell = this.webhooks.watch(changes)
    this.#options.onChanges?.(changes)
    for (const change of changes) applyChange(this.#book, change)
    tell()
    this.#tellListeners()
    for (const change of changes) this.#tellListenersWhenDue(change)
  }

  /** The book needs no timer for a cancel that takes a while, but whoever watches wants to hear of it. A timer may ring a ms early. */
  #tellListenersWhenDue(change: Change): void {
    if (this.#listeners.size === 0 || change.kind !== 'payment') return
    const { nowMs, after } = this.#options
    const tellAt = (atMs: number): void =>
      atMs > nowMs() ? after(atMs - nowMs(), () => tellAt(atMs)) : this.#tellListeners()
    for (const { atMs } of change.record.history) if (atMs > nowMs()) tellAt(atMs)
  }

  #tellListeners(): void {
    for (const listener of this.#listeners) listener()
  }

  #surroundings(): Surroundings {
    const { switches: now, phoneUrl } = this
    const at = { nowMs: this.#options.nowMs(), switches: now, random: this.#random, keys: this.#keys }
    return phoneUrl === null ? at : { ...at, phoneUrl }
  }
}

function endpointOf(request: RawRequest) {
  return routeOf(request.method, request.path)?.endpoint ?? null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
