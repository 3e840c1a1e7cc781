import { createHash, createHmac } from 'node:crypto'
import type { Fault } from './faults.ts'
import { faultList } from './faults.ts'
import type { RawAnswer, RawReply, RawRequest, SimulatorOptions } from './simulator.ts'
import { type PhoneAct, Simulator } from './simulator.ts'
import { changedSwitches, type Switches } from './switches.ts'

/** Noon in Tokyo. */
export const START_MS = Date.parse('2026-11-24T12:00:00+09:00')

type Envelope = {
  readonly resultInfo: { readonly code: string; readonly message: string; readonly codeId?: string }
  readonly data: Record<string, unknown> | null
}
export type Answered = RawAnswer & Envelope & { readonly code: string }

/** For tests: a till that signs for itself, in front of a simulator whose clock is turned by hand. */
export class TestTill {
  readonly simulator: Simulator
  nowMs = START_MS
  readonly #keys = { apiKey: 'test-key', apiSecret: 'test-secret' }
  #timers: { readonly atMs: number; readonly callback: () => void }[] = []
  #nonce = 0

  constructor(options: Partial<SimulatorOptions> = {}) {
    this.simulator = new Simulator({
      ...this.#keys,
      nowMs: () => this.nowMs,
      after: (delayMs, callback) => void this.#timers.push({ atMs: this.nowMs + delayMs, callback }),
      seed: 1,
      ...options,
    })
  }

  /** Turns the clock on, ringing what is due on the way. */
  async pass(ms: number): Promise<void> {
    const endMs = this.nowMs + ms
    for (;;) {
      const next = this.#timers.filter(timer => timer.atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0]
      if (next === undefined) break
      this.#timers = this.#timers.filter(timer => timer !== next)
      this.nowMs = next.atMs
      next.callback()
      await Promise.resolve()
    }
    this.nowMs = endMs
  }

  switch(change: Partial<Switches>): void {
    const changed = changedSwitches(this.simulator.switches, change)
    if (!changed.ok) throw new Error(changed.problems.join('; '))
    this.simulator.switches = changed.value
  }

  faults(...faults: (Partial<Fault> & Pick<Fault, 'what'>)[]): void {
    this.simulator.faults.set(faultList.parse(faults))
  }

  createCode(merchantPaymentId: string, amountYen = 160, more: object = {}): Promise<Answered> {
    return this.post('/v2/codes', {
      merchantPaymentId,
      amount: { amount: amountYen, currency: 'JPY' },
      codeType: 'ORDER_QR',
      isAuthorization: false,
      requestedAt: Math.floor(this.nowMs / 1_000),
      ...more,
    })
  }

  getPayment = (merchantPaymentId: string) => this.call('GET', `/v2/codes/payments/${merchantPaymentId}`)
  deleteCode = (codeId: string) => this.call('DELETE', `/v2/codes/${codeId}`)
  cancel = (merchantPaymentId: string) => this.call('DELETE', `/v2/payments/${merchantPaymentId}`)

  refund(
    merchantRefundId: string,
    paymentId: string,
    amountYen: number,
    more: object = {},
  ): Promise<Answered> {
    const amount = { amount: amountYen, currency: 'JPY' }
    const requestedAt = Math.floor(this.nowMs / 1_000)
    return this.post('/v2/refunds', { merchantRefundId, paymentId, amount, requestedAt, ...more })
  }

  getRefund(merchantRefundId: string, paymentId?: string): Promise<Answered> {
    return this.call(
      'GET',
      `/v2/refunds/${merchantRefundId}`,
      null,
      paymentId === undefined ? {} : { paymentId },
    )
  }

  post = (path: string, body: object) => this.call('POST', path, JSON.stringify(body))

  /** The answer read; throws where there is none. */
  async call(
    method: string,
    path: string,
    body: string | null = null,
    query: Record<string, string> = {},
  ): Promise<Answered> {
    const reply = await this.reply(method, path, body, query)
    if (reply.kind !== 'answer') throw new Error(`${method} ${path}: ${reply.kind}`)
    const envelope = JSON.parse(reply.body) as Envelope
    return { ...reply, ...envelope, code: envelope.resultInfo.code }
  }

  reply(method: string, path: string, body: string | null = null, query = {}): Promise<RawReply> {
    return this.simulator.handle(this.request(method, path, body, query))
  }

  request(method: string, path: string, body: string | null = null, query = {}): RawRequest {
    const bytes = body === null ? null : Buffer.from(body)
    const headers: Record<string, string> = bytes === null ? {} : { 'content-type': 'application/json' }
    this.#nonce += 1
    headers.authorization = signature(
      { method, path, body: bytes, contentType: 'application/json' },
      { ...this.#keys, nonce: `nonce-${this.#nonce}`, epochS: Math.floor(this.nowMs / 1_000) },
    )
    return { method, path, query, headers, body: bytes }
  }

  /** What the phone does with the newest code, or with the one named. */
  phone(act: PhoneAct, codeId = this.newestCodeId()) {
    return this.simulator.phone(codeId, act)
  }

  newestCodeId(): string {
    const [code] = this.simulator.codes()
    if (code === undefined) throw new Error('no code is out')
    return code.codeId
  }

  /** Creates a code and pays it. */
  async sell(merchantPaymentId: string, amountYen = 160): Promise<{ codeId: string; paymentId: string }> {
    await this.createCode(merchantPaymentId, amountYen)
    const codeId = this.newestCodeId()
    this.phone('approve', codeId)
    const payment = this.simulator.bookReport().payments.find(one => one.codeId === codeId)
    return { codeId, paymentId: payment?.paymentId ?? '' }
  }
}

/** OPA's Authorization header, written down a second time, as a client would. */
export function signature(
  request: { method: string; path: string; body: Buffer | null; contentType: string },
  by: { apiKey: string; apiSecret: string; nonce: string; epochS: number },
): string {
  const { method, path, body } = request
  const contentType = body === null ? 'empty' : request.contentType
  const hash =
    body === null
      ? 'empty'
      : createHash('md5')
          .update(Buffer.concat([Buffer.from(contentType), body]))
          .digest('base64')
  const text = `${path}\n${method}\n${by.nonce}\n${by.epochS}\n${contentType}\n${hash}`
  const mac = createHmac('sha256', by.apiSecret).update(text).digest('base64')
  return `hmac OPA-Auth:${by.apiKey}:${mac}:${by.nonce}:${by.epochS}:${hash}`
}
