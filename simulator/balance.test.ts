import fc from 'fast-check'
import { expect, it } from 'vitest'
import { TestTill } from './testTill.ts'

// Whatever tills and customers do, and in whatever order: no yen is made, lost or given back twice.

const ids = ['a', 'b', 'c']
const step = fc.oneof(
  fc.record({
    do: fc.constant('create' as const),
    id: fc.constantFrom(...ids),
    yen: fc.integer({ min: 1, max: 5_000 }),
  }),
  fc.record({
    do: fc.constantFrom('delete', 'cancel', 'scan', 'approve', 'decline'),
    id: fc.constantFrom(...ids),
  }),
  fc.record({
    do: fc.constant('refund' as const),
    id: fc.constantFrom(...ids),
    refundId: fc.constantFrom('r1', 'r2', 'r3'),
    yen: fc.integer({ min: 1, max: 5_000 }),
  }),
  fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(500, 10_000, 300_000, 50_000_000) }),
)
const settings = fc.record({
  duplicateCreate: fc.constantFrom('refused', 'previousResult'),
  deletePaid: fc.constantFrom('alreadyPaid', 'deleted'),
  decline: fc.constantFrom('failed', 'failedPayableAgain', 'stillCreated'),
  lateApproval: fc.constantFrom('refused', 'afterDelete', 'afterExpiry', 'honoured'),
  partialRefundStatus: fc.constantFrom('COMPLETED', 'REFUNDED'),
  multipleRefunds: fc.boolean(),
  cancelTakesMs: fc.constantFrom(0, 1_000, 60_000),
  refundTakesMs: fc.constantFrom(0, 1_000),
})

it('kept is captured less returned, for each payment and for all', async () => {
  await fc.assert(
    fc.asyncProperty(settings, fc.array(step, { maxLength: 40 }), async (switches, steps) => {
      const till = new TestTill()
      till.switch(switches)
      const codeIdOf = (id: string) =>
        till.simulator.codes().find(code => code.merchantPaymentId === id)?.codeId ?? 'none'
      const paymentOf = (id: string) =>
        till.simulator.bookReport().payments.find(payment => payment.merchantPaymentId === id)
      let capturedBefore = 0
      for (const one of steps) {
        if (one.do === 'pass') await till.pass(one.ms)
        else if (one.do === 'create') await till.createCode(one.id, one.yen)
        else if (one.do === 'delete') await till.deleteCode(codeIdOf(one.id))
        else if (one.do === 'cancel') await till.cancel(one.id)
        else if (one.do === 'refund')
          await till.refund(one.refundId, paymentOf(one.id)?.paymentId ?? '0'.repeat(20), one.yen)
        else till.phone(one.do as 'scan', codeIdOf(one.id))

        const book = till.simulator.bookReport()
        const paid = book.payments.filter(payment => payment.acceptedAtMs !== null)
        const returned = paid.map(payment => {
          const refunded = book.refunds
            .filter(refund => refund.paymentId === payment.paymentId)
            .reduce((sum, refund) => sum + refund.amountYen, 0)
          // Reversed, or refunded up to its amount, and never both.
          if (payment.status === 'FAILED' || payment.cancelPending) expect(refunded).toBe(0)
          expect(refunded).toBeLessThanOrEqual(payment.amountYen)
          return payment.status === 'FAILED' ? payment.amountYen : refunded
        })
        expect(book.capturedYen).toBe(paid.reduce((sum, payment) => sum + payment.amountYen, 0))
        expect(book.returnedYen).toBe(returned.reduce((sum, yen) => sum + yen, 0))
        expect(book.keptYen).toBe(book.capturedYen - book.returnedYen)
        expect(book.keptYen).toBeGreaterThanOrEqual(book.returningYen)
        // Money that came in is never forgotten.
        expect(book.capturedYen).toBeGreaterThanOrEqual(capturedBefore)
        capturedBefore = book.capturedYen
        // What a till reads is what the book says.
        for (const payment of book.payments) {
          const read = await till.getPayment(payment.merchantPaymentId)
          expect(read.data?.status).toBe(payment.status)
        }
      }
      // A cancel that was accepted always reaches its end.
      await till.pass(60_000)
      expect(till.simulator.bookReport().returningYen).toBe(0)
    }),
    { numRuns: 60 },
  )
})
