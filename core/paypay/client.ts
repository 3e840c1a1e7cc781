import { SentBodies } from './bodies.ts'
import type {
  Answer,
  AnswerObserver,
  CancelAccepted,
  CodeDeleted,
  CreatedCode,
  KnownValue,
  PaymentRead,
  PaypayClient,
  RefundTaken,
} from './calls.ts'
import { type ExchangeOptions, openExchange } from './exchange.ts'
import { type Expected, judge, judgeNone } from './judge.ts'
import {
  createCodeRequest,
  type EndpointName,
  endpoints,
  merchantId64,
  refundRequest,
  sendableCodeId,
} from './wire.ts'

export type * from './calls.ts'
export type { Credentials } from './exchange.ts'
export { faultOfKeys } from './exchange.ts'

export type PaypayClientOptions = ExchangeOptions & { readonly observe?: AnswerObserver }

/** Throws for credentials that no request could carry, in words that never show one. */
export function createPaypayClient(options: PaypayClientOptions): PaypayClient {
  const { transport, clock } = options
  const exchange = openExchange(options)
  const created = new SentBodies('merchantPaymentId')
  const refunded = new SentBodies('merchantRefundId')
  const nowS = (): number => Math.floor(clock.nowMs() / 1000)

  /** `Known` is what judge() returns for this api; the switch there is the only proof, so the cast is made once, here. */
  async function call<Known extends KnownValue>(
    expected: Expected,
    path: string,
    {
      body = null,
      query = {},
      timeoutMs = endpoints[expected.api].timeoutMs,
    }: { body?: Buffer | null; query?: Record<string, string>; timeoutMs?: number } = {},
  ): Promise<Answer<Known>> {
    const { api } = expected
    const { method } = endpoints[api]
    const heard = await exchange({ api, method, path, query, body, timeoutMs })
    if (heard.kind === 'none') {
      const answer = judgeNone(heard.why, heard.evidence)
      tell(answer, heard.sentAtMs, null, ` (${heard.detail})`)
      return answer
    }
    const answer = judge(expected, heard.answer, heard.evidence)
    tell(answer, heard.sentAtMs, heard.answer.paypayAheadMs)
    return answer as Answer<Known>
  }

  function tell(
    answer: Answer<KnownValue>,
    sentAtMs: number,
    paypayAheadMs: number | null,
    detail = '',
  ): void {
    const { evidence } = answer
    const { health, says } = answer.sure === 'known' ? { health: 'fine' as const, says: '' } : answer.row
    options.observe?.({ evidence, health, says: `${says}${detail}`, paypayAheadMs, sentAtMs })
  }

  return {
    async createCode({ amountYen, ...rest }) {
      const { merchantPaymentId } = rest
      const body = created.bytesFor(merchantPaymentId, nowS(), requestedAt =>
        createCodeRequest.parse({
          ...rest,
          amount: { amount: amountYen, currency: 'JPY' },
          codeType: 'ORDER_QR',
          isAuthorization: false,
          requestedAt,
        }),
      )
      return call<CreatedCode>(
        { api: 'createCode', merchantPaymentId, amountYen },
        endpoints.createCode.path,
        { body },
      )
    },
    async getPayment({ merchantPaymentId, amountYen, ...deadline }) {
      const path = pathTo('getPayment', merchantId64.parse(merchantPaymentId))
      return call<PaymentRead>({ api: 'getPayment', merchantPaymentId, amountYen }, path, deadline)
    },
    async deleteCode({ codeId }) {
      const path = pathTo('deleteCode', sendableCodeId.parse(codeId))
      return call<CodeDeleted>({ api: 'deleteCode', codeId }, path)
    },
    async cancelPayment({ merchantPaymentId }) {
      const path = pathTo('cancelPayment', merchantId64.parse(merchantPaymentId))
      return call<CancelAccepted>({ api: 'cancelPayment', merchantPaymentId }, path)
    },
    async refundPayment({ merchantRefundId, paymentId, amountYen, reason }) {
      const body = refunded.bytesFor(merchantRefundId, nowS(), requestedAt =>
        refundRequest.parse({
          merchantRefundId,
          paymentId,
          amount: { amount: amountYen, currency: 'JPY' },
          requestedAt,
          ...(reason === undefined ? {} : { reason }),
        }),
      )
      return call<RefundTaken>(
        { api: 'refundPayment', merchantRefundId, paymentId, amountYen },
        endpoints.refundPayment.path,
        { body },
      )
    },
    async getRefund({ merchantRefundId, paymentId, amountYen }) {
      const path = pathTo('getRefund', merchantId64.parse(merchantRefundId))
      const expected = { api: 'getRefund', merchantRefundId, paymentId, amountYen } as const
      return call<RefundTaken>(expected, path, { query: { paymentId } })
    },
    close: () => transport.close(),
  }
}

/** `id` has been checked to hold nothing that a path would have to encode. */
function pathTo(api: EndpointName, id: string): string {
  return endpoints[api].path.replace(/\{\w+\}/, id)
}
