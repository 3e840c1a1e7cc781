import type { Chance } from './chance.ts'

const endpoints = [
  'createCode',
  'getPayment',
  'deleteCode',
  'cancelPayment',
  'refundPayment',
  'getRefund',
] as const

/**
 * Faults that say nothing untrue of a payment: PayPay and the network may fail in any way, and PayPay never lies about its own
 * book. A 5xx says nothing about whether the request was carried out.
 */
const draws: readonly ((chance: Chance) => object)[] = [
  chance => ({ kind: 'delay', ms: chance.whole(50, 2_500) }),
  chance => ({ kind: 'dropRequest', connection: chance.pick(['cut', 'silent']) }),
  chance => ({ kind: 'dropAnswer', connection: chance.pick(['cut', 'silent']) }),
  chance => ({ kind: 'applyLate', ms: chance.whole(50, 6_000), connection: chance.pick(['cut', 'silent']) }),
  () => ({ kind: 'duplicate' }),
  chance => ({
    kind: 'status',
    status: 500,
    code: 'INTERNAL_SERVER_ERROR',
    applied: chance.percent(50),
  }),
  chance => ({ kind: 'status', status: chance.pick([502, 504]), applied: chance.percent(50) }),
  () => ({ kind: 'status', status: 503, code: 'MAINTENANCE_MODE' }),
  chance => ({ kind: 'status', status: 429, code: 'RATE_LIMIT', retryAfterS: chance.whole(0, 2) }),
  () => ({ kind: 'status', status: 400, code: 'INVALID_PARAMS' }),
  () => ({ kind: 'status', status: 401, code: 'UNAUTHORIZED' }),
  () => ({ kind: 'status', status: 302, headers: { location: 'https://example.com/' } }),
  () => ({
    kind: 'body',
    body: '<html><title>Free Wi-Fi</title></html>',
    contentType: 'text/html',
    applied: false,
  }),
  chance => ({ kind: 'body', body: '', applied: chance.percent(50) }),
  () => ({ kind: 'patch', data: { merchantPaymentId: 'other', merchantRefundId: 'other' } }),
  () => ({ kind: 'patch', data: { amount: { amount: 1, currency: 'JPY' } } }),
  () => ({ kind: 'patch', data: { status: 'SETTLING', qrStatus: 'GONE' } }),
  () => ({ kind: 'hang' }),
  () => ({ kind: 'halfBody' }),
]

/** What goes wrong in one round. A quarter of the rounds is calm, so that something gets sold. */
export function drawFaults(chance: Chance): object[] {
  if (chance.percent(25)) return []
  const isHarsh = chance.percent(40)
  return Array.from({ length: chance.whole(5, 16) }, () => ({
    endpoint: chance.pick(endpoints),
    when: { probability: chance.whole(5, isHarsh ? 60 : 20) / 100, seed: chance.whole(0, 1_000_000) },
    what: chance.pick(draws)(chance),
  }))
}

/** Every switch of the simulator that stands for something PayPay leaves open. */
export function drawSwitches(chance: Chance): object {
  const rarely = (mostMs: number): number => (chance.percent(30) ? chance.whole(0, mostMs) : 0)
  return {
    duplicateCreate: chance.pick(['refused', 'previousResult']),
    notFoundStatus: chance.pick([400, 404]),
    deletePaid: chance.pick(['alreadyPaid', 'deleted']),
    decline: chance.pick(['failed', 'failedPayableAgain', 'stillCreated']),
    lateApproval: chance.pick(['refused', 'afterDelete', 'afterExpiry', 'honoured']),
    createdDetails: chance.pick(['withoutPaymentId', 'paymentIdNull']),
    codeLifetimeS: chance.whole(2, 15),
    cancelTakesMs: rarely(6_000),
    refundTakesMs: rarely(6_000),
    staleReadMs: rarely(8_000),
    expiredReadsCreatedMs: rarely(6_000),
  }
}
