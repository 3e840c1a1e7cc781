import { randomBytes, randomInt } from 'node:crypto'
import { refusal } from './auth.ts'
import { type Book, bookSums, emptyBook } from './book.ts'
import { endpointOf, type Fault, FaultPlan } from './faults.ts'
import { answer, type PhoneAct, type PhoneReply, phone, type Reply, refuse, type World } from './paypay.ts'
import { type Switches, switches as switchSchema } from './switches.ts'

export type SimulatorOptions = {
  readonly apiKey: string
  readonly apiSecret: string
  readonly merchantId?: string
  readonly nowMs: () => number
  /** Timers of the same clock; for faults that wait. */
  readonly after: (delayMs: number, run: () => void) => void
  /** A book from an earlier life. */
  readonly book?: Book
  /** Called after every change of the book. */
  readonly onChange?: () => void
}

export type RawRequest = {
  readonly method: string
  readonly path: string
  readonly query: Record<string, string>
  readonly headers: Record<string, string | undefined>
  readonly body: Uint8Array
}

/** What leaves: an answer, a cut connection, or headers and then nothing. */
export type RawReply =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers: Record<string, string>
      readonly body: string
    }
  | { readonly kind: 'cut' }
  | { readonly kind: 'hang' }

/** For conformance tests: what a client sent. The Authorization header is left out. */
export type SeenRequest = {
  readonly method: string
  readonly path: string
  readonly query: Record<string, string>
  readonly headers: Record<string, string>
  readonly body: unknown
  readonly status: number | null
}

const SEEN_MAX = 2_000

/** PayPay, faked, without a socket: http.ts puts it on the wire, tests call it with a clock that they turn. */
export class Simulator {
  readonly book: Book
  readonly faults = new FaultPlan()
  readonly seen: SeenRequest[] = []
  switches: Switches = switchSchema.parse({})
  readonly #options: SimulatorOptions
  readonly #nonces = new Set<string>()

  constructor(options: SimulatorOptions) {
    this.#options = options
    this.book = options.book ?? emptyBook()
  }

  /** Answers one request, with whatever fault it meets. */
  async handle(request: RawRequest): Promise<RawReply> {
    const what = this.faults.meet(endpointOf(request.method, request.path))
    const reply = await this.#withFault(what, request)
    this.#remember(request, reply.kind === 'answer' ? reply.status : null)
    return reply
  }

  phone(codeId: string, act: PhoneAct): PhoneReply {
    const reply = phone(this.#world(), codeId, act)
    this.#options.onChange?.()
    return reply
  }

  /** Newest first. */
  codes() {
    const nowMs = this.#options.nowMs()
    return [...this.book.payments.values()].reverse().map(payment => ({
      codeId: payment.codeId,
      merchantPaymentId: payment.merchantPaymentId,
      url: payment.url,
      amount: payment.amountYen,
      status: payment.status,
      expiryDate: payment.expiresAtS,
      description: String(payment.request.orderDescription ?? ''),
      store: String(payment.request.storeInfo ?? ''),
      scanned: payment.scannedAtMs !== null,
      deleted: payment.deletedAtMs !== null,
      live: payment.status === 'CREATED' && payment.deletedAtMs === null && nowMs < payment.expiresAtS * 1000,
    }))
  }

  bookReport() {
    return {
      payments: [...this.book.payments.values()].map(({ history: _, ...payment }) => payment),
      refunds: [...this.book.refunds.values()],
      parkedCancels: [...this.book.parkedCancels],
      ...bookSums(this.book),
    }
  }

  async #withFault(what: Fault['what'] | null, request: RawRequest): Promise<RawReply> {
    switch (what?.kind) {
      case undefined:
        return this.#apply(request)
      case 'delay': {
        const reply = this.#apply(request)
        await this.#pass(what.ms)
        return reply
      }
      case 'dropRequest':
        return { kind: 'cut' }
      case 'dropAnswer':
        this.#apply(request)
        return { kind: 'cut' }
      case 'applyLate':
        this.#options.after(what.ms, () => this.#apply(request))
        return { kind: 'cut' }
      case 'duplicate':
        this.#apply(request)
        return this.#apply(request)
      case 'status': {
        const headers = {
          ...this.#headers(),
          ...(what.retryAfterS === undefined ? {} : { 'retry-after': String(what.retryAfterS) }),
        }
        if (what.code === undefined)
          return {
            kind: 'answer',
            status: what.status,
            headers: { ...headers, 'content-type': 'text/html' },
            body: '<html><body>error</body></html>',
          }
        return this.#render(refuse(what.status, what.code, what.codeId ?? '', what.code), headers)
      }
      case 'body': {
        const reply = this.#apply(request)
        const status = what.status ?? (reply.kind === 'answer' ? reply.status : 200)
        return {
          kind: 'answer',
          status,
          headers: { ...this.#headers(), 'content-type': what.contentType ?? 'text/html' },
          body: what.body,
        }
      }
      case 'patch': {
        const reply = this.#apply(request)
        if (reply.kind !== 'answer') return reply
        const envelope = JSON.parse(reply.body) as { data: object | null }
        return { ...reply, body: JSON.stringify({ ...envelope, data: { ...envelope.data, ...what.data } }) }
      }
      case 'hang':
        this.#apply(request)
        return { kind: 'hang' }
      default:
        return what satisfies never
    }
  }

  #apply(request: RawRequest): RawReply {
    const reply = this.#refusal(request) ?? answer(this.#world(), { ...request, body: parse(request.body) })
    this.#options.onChange?.()
    return this.#render(reply, this.#headers())
  }

  #refusal(request: RawRequest): Reply | null {
    const { apiKey, apiSecret, merchantId, nowMs } = this.#options
    const unauthorized = refuse(401, 'UNAUTHORIZED', '08100016', 'Unauthorized request')
    const used = (nonce: string): boolean => {
      const before = this.#nonces.has(nonce)
      this.#nonces.add(nonce)
      return before && this.switches.nonceReplay === 'refused'
    }
    if (refusal(request, { apiKey, apiSecret }, nowMs(), used)) return unauthorized
    // Where both are given, PayPay takes the query.
    const given = request.query.assumeMerchant ?? request.headers['x-assume-merchant']
    return merchantId !== undefined && given !== undefined && given !== merchantId ? unauthorized : null
  }

  #render(reply: Reply, headers: Record<string, string>): RawReply {
    // PayPay's own messages end in a word that changes with every answer, so nobody may compare them.
    const message = reply.status < 300 ? reply.message : `${reply.message} | [OPA${hex(16)}]`
    const resultInfo = { code: reply.code, message, codeId: reply.codeId }
    return {
      kind: 'answer',
      status: reply.status,
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ resultInfo, data: reply.data }),
    }
  }

  #headers(): Record<string, string> {
    return { 'x-request-id': `OPA${hex(16)}`, date: new Date(this.#options.nowMs()).toUTCString() }
  }

  #world(): World {
    return { book: this.book, switches: this.switches, nowMs: this.#options.nowMs(), word: letters, digits }
  }

  #pass(ms: number): Promise<void> {
    return new Promise(resolve => this.#options.after(ms, resolve))
  }

  #remember(request: RawRequest, status: number | null): void {
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(
        ([name, value]) => name !== 'authorization' && value !== undefined,
      ),
    ) as Record<string, string>
    this.seen.push({
      method: request.method,
      path: request.path,
      query: request.query,
      headers,
      body: parse(request.body) ?? null,
      status,
    })
    if (this.seen.length > SEEN_MAX) this.seen.shift()
  }
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString())
  } catch {
    return undefined
  }
}

const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789'
const letters = (length: number): string =>
  Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
const digits = (length: number): string => Array.from({ length }, () => randomInt(10)).join('')
const hex = (bytes: number): string => randomBytes(bytes).toString('hex').toUpperCase()
