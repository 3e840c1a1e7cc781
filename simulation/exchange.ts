import { type AnswerOf, type Heard, refundOf } from '../core/checkout/exchange.ts'
import type { MoneyBack } from '../core/checkout/moneyBack.ts'
import type { Attempt } from '../core/checkout/payment.ts'
import { wordless } from '../core/paypay/answer.ts'
import type { Evidence } from '../core/paypay/calls.ts'
import { judge } from '../core/paypay/judge.ts'
import { applyChange } from '../simulator/book.ts'
import { answerRequest } from '../simulator/paypay.ts'
import { switches } from '../simulator/switches.ts'
import { copyOf, type Point } from './point.ts'

/** A short life keeps the search short; late approvals are honoured, as that is the harder PayPay. */
const paypay = switches.parse({ codeLifetimeS: 5, lateApproval: 'honoured' })
const evidence: Evidence = { api: '', atMs: 0, httpStatus: 200, code: '', codeId: '', requestId: 'OPA' }

/** PayPay's rules, and what the production judge makes of their answer. */
export function atPaypay(
  point: Point,
  call: keyof AnswerOf,
  attempt: Attempt,
  back?: MoneyBack,
): { point: Point; heard: Heard } {
  const { merchantPaymentId, amountYen, code } = attempt
  const amount = { amount: amountYen, currency: 'JPY' }
  const { reason, ...refund } = refundOf(attempt, back)
  const refundAmount = { amount: refund.amountYen, currency: 'JPY' }
  const requests = {
    create: [
      'POST',
      '/v2/codes',
      { merchantPaymentId, amount, codeType: 'ORDER_QR', isAuthorization: false },
    ],
    read: ['GET', `/v2/codes/payments/${merchantPaymentId}`, undefined],
    delete: ['DELETE', `/v2/codes/${code?.codeId}`, undefined],
    cancel: ['DELETE', `/v2/payments/${merchantPaymentId}`, undefined],
    refund: [
      'POST',
      '/v2/refunds',
      { ...refund, reason, amount: refundAmount, requestedAt: Math.floor(point.nowMs / 1000) },
    ],
    readRefund: ['GET', `/v2/refunds/${refund.merchantRefundId}`, undefined],
  } as const
  const [method, path, body] = requests[call]
  const query: Record<string, string> = call === 'readRefund' ? { paymentId: refund.paymentId } : {}
  const book = copyOf(point.book)
  const ruling = answerRequest(book, { method, path, query, body }, surroundings(point.nowMs))
  for (const change of ruling.changes) applyChange(book, change)
  const { said } = ruling
  const expected = {
    create: { api: 'createCode', merchantPaymentId, amountYen },
    read: { api: 'getPayment', merchantPaymentId, amountYen },
    delete: { api: 'deleteCode', codeId: code?.codeId ?? '' },
    cancel: { api: 'cancelPayment', merchantPaymentId },
    refund: { api: 'refundPayment', ...refund },
    readRefund: { api: 'getRefund', ...refund },
  } as const
  const answer = judge(
    expected[call],
    {
      httpStatus: said.status,
      code: said.code,
      codeId: said.codeId,
      data: said.data,
      retryAfterMs: null,
      paypayAheadMs: 0,
    },
    evidence,
  )
  return { point: { ...point, book }, heard: { call, answer } as Heard }
}

/** Nothing came back. */
export function unanswered(call: keyof AnswerOf): Heard {
  const answer = { sure: 'unknown', row: { code: 'timeout', ...wordless.timeout }, evidence } as const
  return { call, answer } as Heard
}

/** PayPay at a time; its ids follow from it. */
export function surroundings(nowMs: number) {
  let word = nowMs % 0x7fff_ffff
  return {
    nowMs,
    switches: paypay,
    random: () => {
      word = (Math.imul(word, 1_103_515_245) + 12_345) & 0x7fff_ffff
      return word / 0x8000_0000
    },
  }
}
