import { answerTable } from '../core/paypay/answer.ts'
import type { WireAnswer } from '../core/paypay/transport.ts'
import type { Chance } from './chance.ts'

/** What happens to one request: whether and when PayPay applies it, and what comes back instead of PayPay's own answer. */
export type Course = {
  readonly kind: FaultKind | 'none'
  readonly apply: 'once' | 'never' | 'twice' | 'late'
  /** `own`: PayPay's answer. `silence`: nothing until the client gives up. `changed`: PayPay's answer, edited. */
  readonly back:
    | { readonly kind: 'own' }
    | { readonly kind: 'silence' }
    | { readonly kind: 'instead'; readonly answer: WireAnswer }
    | {
        readonly kind: 'changed'
        readonly change: (data: Record<string, unknown>) => Record<string, unknown>
      }
  /** Added to the way back: answers overtake each other. */
  readonly slowMs: number
  /** PayPay asked to be left alone for so long. */
  readonly pauseMs: number
}

/** Every fault of a request; a list, so that "each of them at every Nth call" can be run. */
export const faultKinds = [
  'dns',
  'refused',
  'tlsStall',
  'badCertificate',
  'lostRequest',
  'answerLost',
  'appliedLate',
  'deliveredTwice',
  'reordered',
  'headersThenSilence',
  'halfBody',
  'reset',
  'slowDrip',
  'captivePortal',
  'empty200',
  'otherId',
  'otherAmount',
  'redirect',
  'documentedCode',
  'rateLimit',
  'rateLimitWithPause',
  'transactionFailed',
  'internalError',
  'badGateway',
  'unavailable',
  'gatewayTimeout',
  'maintenance',
  'unknownStatus',
  'extraFields',
] as const
export type FaultKind = (typeof faultKinds)[number]

export const NO_FAULT: Course = { kind: 'none', apply: 'once', back: { kind: 'own' }, slowMs: 0, pauseMs: 0 }

/**
 * Refusals that PayPay documents and that say nothing about the payment itself. A code that claims something about the payment
 * (it is gone, it cannot be reversed) comes from PayPay's rules only: a PayPay that lies about its own book cannot be survived.
 */
const refusals = Object.entries(answerTable)
  .filter(([, row]) => row.http.some(status => status >= 400 && status < 500))
  .map(([code, row]) => ({
    code,
    status: row.http[0] ?? 400,
    pauseMs: row.retryAfterMs ?? 0,
    refuses: row.refuses as readonly string[],
  }))
  .filter(
    ({ code }) =>
      ![
        'DYNAMIC_QR_PAYMENT_NOT_FOUND',
        'DYNAMIC_QR_NOT_FOUND',
        'DYNAMIC_QR_ALREADY_PAID',
        'NO_SUCH_REFUND_ORDER',
        'ORDER_NOT_REVERSIBLE',
        'ORDER_NO_LONGER_AVAILABLE',
        'RESOURCE_NOT_FOUND',
        'RATE_LIMIT',
      ].includes(code),
  )

const network = (detail: string): Course['back'] => ({
  kind: 'instead',
  answer: { kind: 'none', why: 'network', detail },
})

/** One fault, with whatever it leaves to chance drawn. A 5xx says nothing about whether the request was carried out. */
export function courseOf(kind: FaultKind, chance: Chance, dateHeader: string, api = ''): Course {
  const course = (change: Partial<Course>): Course => ({ ...NO_FAULT, kind, ...change })
  const either = chance.percent(50) ? 'once' : 'never'
  const says = (status: number, body: string, headers: Record<string, string> = {}): Course['back'] => ({
    kind: 'instead',
    answer: { kind: 'answer', status, headers: { date: dateHeader, ...headers }, body },
  })
  const code = (status: number, name: string, headers: Record<string, string> = {}): Course['back'] =>
    says(
      status,
      JSON.stringify({ resultInfo: { code: name, message: name, codeId: '0' }, data: null }),
      headers,
    )

  switch (kind) {
    case 'dns':
    case 'refused':
    case 'badCertificate':
    case 'lostRequest':
      return course({ apply: 'never', back: network(kind) })
    case 'tlsStall':
      return course({ apply: 'never', back: { kind: 'silence' } })
    case 'answerLost':
      return course({ back: chance.percent(50) ? network(kind) : { kind: 'silence' } })
    case 'appliedLate':
      return course({ apply: 'late', back: { kind: 'silence' } })
    case 'deliveredTwice':
      return course({ apply: 'twice' })
    case 'reordered':
      return course({ slowMs: chance.whole(1_000, 9_000) })
    case 'headersThenSilence':
    case 'slowDrip':
      return course({ back: { kind: 'silence' } })
    case 'halfBody':
    case 'reset':
      return course({ apply: either, back: network(kind) })
    case 'captivePortal':
      return course({ apply: 'never', back: says(200, '<html><title>Free Wi-Fi</title></html>') })
    case 'empty200':
      return course({ apply: either, back: says(200, '') })
    case 'otherId':
      return course({
        back: {
          kind: 'changed',
          change: data => ({
            ...data,
            merchantPaymentId: 'other',
            merchantRefundId: 'other',
            codeId: '04-other',
          }),
        },
      })
    case 'otherAmount':
      return course({
        back: { kind: 'changed', change: data => ({ ...data, amount: { amount: 1, currency: 'JPY' } }) },
      })
    case 'redirect':
      return course({ apply: 'never', back: says(302, '', { location: 'https://example.com/' }) })
    case 'documentedCode': {
      // Mostly one that the table believes for this call; any other is unknown, which is met often enough.
      const own = refusals.filter(({ refuses }) => refuses.includes(api))
      const refusal = chance.pick(own.length > 0 && chance.percent(75) ? own : refusals)
      const { pauseMs } = refusal
      return course({ apply: 'never', back: code(refusal.status, refusal.code), pauseMs })
    }
    case 'rateLimit':
      return course({ apply: 'never', back: code(429, 'RATE_LIMIT') })
    case 'rateLimitWithPause': {
      const pauseS = chance.whole(1, 30)
      const back = code(429, 'RATE_LIMIT', { 'retry-after': String(pauseS) })
      return course({ apply: 'never', back, pauseMs: pauseS * 1000 })
    }
    case 'transactionFailed':
      return course({ apply: 'never', back: code(500, 'TRANSACTION_FAILED') })
    case 'internalError':
      return course({ apply: either, back: code(500, 'INTERNAL_SERVER_ERROR') })
    case 'badGateway':
      return course({ apply: either, back: says(502, '<html>502</html>') })
    case 'unavailable':
      return course({ apply: 'never', back: says(503, '<html>503</html>') })
    case 'gatewayTimeout':
      return course({ apply: either, back: says(504, '<html>504</html>') })
    case 'maintenance':
      return course({ apply: 'never', back: code(503, 'MAINTENANCE_MODE') })
    case 'unknownStatus':
      return course({
        back: { kind: 'changed', change: data => ({ ...data, status: 'SETTLING', qrStatus: 'GONE' }) },
      })
    case 'extraFields':
      return course({ back: { kind: 'changed', change: data => ({ ...data, somethingNew: { amount: 0 } }) } })
    default:
      return kind satisfies never
  }
}
