import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { CheckoutKey, CheckoutQuery, Ledger, NewFact } from './ledger.ts'
import { emptyDisk, openMemoryLedger } from './memory.ts'
import { openSqliteLedger } from './sqlite.ts'

// The memory ledger filters whatever there is; SQLite reads one index. They have to find the same.

const evidence = {
  api: 'getPayment',
  atMs: 0,
  httpStatus: 200,
  code: 'SUCCESS',
  codeId: null,
  requestId: null,
}

type Life = {
  readonly lane: string
  readonly claimNumber: number
  readonly totalYen: number
  readonly pauseMs: number
  readonly end:
    | 'open'
    | 'delivered'
    | 'neverPayable'
    | 'returned'
    | 'case'
    | 'decided'
    | 'gaveBack'
    | 'givingBack'
    | 'partly'
}

const life: fc.Arbitrary<Life> = fc.record({
  lane: fc.constantFrom('a', 'b'),
  claimNumber: fc.integer({ min: 1, max: 4 }),
  totalYen: fc.constantFrom(100, 680),
  pauseMs: fc.integer({ min: 0, max: 50 }),
  end: fc.constantFrom(
    'open',
    'delivered',
    'neverPayable',
    'returned',
    'case',
    'decided',
    'gaveBack',
    'givingBack',
    'partly',
  ),
})

function factsOf(one: Life, index: number, startMs: number): NewFact[] {
  const checkoutId = `checkout-${index}`
  const merchantPaymentId = `${checkoutId}-1`
  const merchantRefundId = `${merchantPaymentId}-m1`
  const add = (type: string, data: object): NewFact => ({ checkoutId, type, atMs: startMs + 1, data })
  const { lane, claimNumber, totalYen, end } = one
  const started = [
    add('checkoutStarted', { lane, claimNumber, totalYen, businessDay: '2026-11-24' }),
    add('createIntended', { merchantPaymentId, attempt: 1, amountYen: totalYen }),
  ].map(fact => ({ ...fact, atMs: startMs }))
  const read = { kind: 'completed', paymentId: `0${index}`, acceptedAtS: null }
  const paid = [
    add('paymentRead', { merchantPaymentId, read, evidence }),
    add('handedOver', { merchantPaymentId }),
    add('customerLeft', { reason: 'customer' }),
    add('outcomeReached', { outcome: 'delivered' }),
  ]
  const decided = (amountYen: number): NewFact =>
    add('moneyBackDecided', { merchantPaymentId, merchantRefundId, amountYen })
  switch (end) {
    case 'open':
      return started
    case 'delivered':
      return [...started, ...paid]
    case 'neverPayable':
      return [...started, add('outcomeReached', { outcome: 'neverPayable' })]
    case 'returned':
      return [
        ...started,
        add('paymentRead', { merchantPaymentId, read, evidence }),
        add('outcomeReached', { outcome: 'returned' }),
      ]
    case 'case':
      return [...started, add('caseOpened', { why: 'a reason', money: 'unknown' })]
    case 'decided':
      return [
        ...started,
        add('caseOpened', { why: 'a reason', money: 'unknown' }),
        add('caseClosed', { by: 'u1', reason: 'x' }),
      ]
    case 'givingBack':
      return [...started, ...paid, decided(totalYen)]
    case 'gaveBack':
      return [...started, ...paid, decided(totalYen), add('moneyBackDone', { merchantRefundId, evidence })]
    case 'partly':
      return [...started, ...paid, decided(1), add('moneyBackDone', { merchantRefundId, evidence })]
    default:
      return end satisfies never
  }
}

const key: fc.Arbitrary<CheckoutKey> = fc.oneof(
  fc.integer({ min: 1, max: 4 }).map(claimNumber => ({ by: 'claimNumber', claimNumber }) as const),
  fc.constantFrom(100, 680, 5).map(totalYen => ({ by: 'totalYen', totalYen }) as const),
  fc.integer({ min: 0, max: 9 }).map(n => ({ by: 'paymentId', paymentId: `0${n}` }) as const),
  fc
    .integer({ min: 0, max: 9 })
    .map(n => ({ by: 'merchantPaymentId', merchantPaymentId: `checkout-${n}-1` }) as const),
  fc.integer({ min: 0, max: 9 }).map(n => ({ by: 'checkoutId', checkoutId: `checkout-${n}` }) as const),
)
const query: fc.Arbitrary<CheckoutQuery> = fc.record({
  keys: fc.option(fc.array(key, { maxLength: 3 })),
  words: fc.uniqueArray(
    fc.constantFrom(
      'underWay',
      'delivered',
      'unpaid',
      'returning',
      'partlyReturned',
      'returned',
      'case',
      'decided',
    ),
    { maxLength: 3 },
  ),
  lane: fc.option(fc.constantFrom('a', 'b', 'c')),
  fromMs: fc.option(fc.integer({ min: 990, max: 1_300 })),
  toMs: fc.option(fc.integer({ min: 990, max: 1_300 })),
  before: fc.option(fc.integer({ min: 0, max: 12 })),
  limit: fc.integer({ min: 1, max: 6 }),
  oldestFirst: fc.boolean(),
})

it('both ledgers find the same, whatever is asked', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'kaikei-find-'))
  let file = 0
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.array(life, { minLength: 1, maxLength: 12 }),
        fc.array(query, { minLength: 1, maxLength: 30 }),
        async (lives, queries) => {
          file += 1
          const sqlite = await openSqliteLedger({ file: join(dir, `${file}.sqlite`), mode: 'training' })
          const memory = openMemoryLedger(emptyDisk())
          let atMs = 1_000
          for (const [index, one] of lives.entries()) {
            atMs += one.pauseMs
            for (const ledger of [sqlite, memory]) await ledger.append(factsOf(one, index, atMs))
          }
          for (const one of queries) expect(await sqlite.find(one)).toEqual(await memory.find(one))
          const both = async <T>(ask: (ledger: Ledger) => Promise<T>): Promise<void> =>
            expect(await ask(sqlite)).toEqual(await ask(memory))
          await both(ledger => ledger.attention())
          await both(ledger => ledger.openCheckouts())
          await both(ledger => ledger.totals())
          await both(ledger => ledger.rowsMoved(0, 54_000_000))
          await both(ledger => ledger.sumsOfDay('1970-01-01'))
          await both(ledger => ledger.lastMoveBefore(54_000_000))
          await both(async ledger => (await ledger.lastFactOf('checkout-0'))?.type)
          await sqlite.close()
        },
      ),
      { numRuns: 60 },
    )
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
})
