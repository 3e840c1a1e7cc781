import { expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { emptyDisk, openMemoryLedger } from '../ledger/memory.ts'
import { stderrLog } from '../log.ts'
import { Comparisons } from './comparisons.ts'
import { dayStream } from './facts.ts'
import type { FileRow } from './paypayFile.ts'

// The till is closed while a long file is compared: nothing goes on behind it, and nothing half is written down.

const DAY = '2026-11-24'
const rows = Array.from({ length: 5_000 }, (_, index) => ({
  kind: 'payment',
  paymentId: `p${index}`,
  merchantPaymentId: `order-${index}`,
  amountYen: 100,
  atMs: Date.parse(`${DAY}T12:00:00+09:00`),
  storeId: '',
  terminalId: '',
  method: '',
})) as unknown as readonly FileRow[]

it('stops, leaves no fact, and asks the ledger nothing afterwards', async () => {
  const ledger = openMemoryLedger(emptyDisk())
  let asked = 0
  const counted = {
    ...ledger,
    find(query: Parameters<typeof ledger.find>[0]) {
      asked += 1
      return ledger.find(query)
    },
  }
  const comparisons = new Comparisons({
    ledger: counted,
    paypay: { getPayment: () => Promise.reject(new Error('nobody is asked')) },
    clock: systemClock,
    log: stderrLog('silent'),
    newReference: () => 'r',
    till: async () => ({ storeIds: [], terminalIds: [] }),
  })
  const started = comparisons.start(DAY, { name: 'file', rows }, 'u1')
  await new Promise(resolve => setImmediate(resolve))
  await comparisons.stop()
  const askedAtTheEnd = asked
  await started
  for (let turn = 0; turn < 20; turn += 1) await new Promise(resolve => setImmediate(resolve))
  expect(asked).toBe(askedAtTheEnd)
  // There are 200 questions to the ledger in the whole file.
  expect(asked).toBeLessThan(50)
  expect(await ledger.factsOf(dayStream(DAY))).toEqual([])
})
