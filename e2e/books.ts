import { expect } from '@playwright/test'
import { Program } from './host.ts'
import type { Paypay } from './paypay.ts'

// The two books, each asked as its owner would ask it: PayPay's over the simulator's control endpoint, ours with
// `npm run ledger`, as a process of its own that reads while the till sells.

type Row = {
  readonly checkoutId: string
  readonly lane: string
  readonly claimNumber: number
  readonly totalYen: number
  readonly outcome: 'delivered' | 'returned' | 'neverPayable' | null
}
type Fact = {
  readonly type: string
  readonly data: {
    readonly merchantPaymentId?: string
    readonly read?: { readonly kind: string; readonly acceptedAtS?: number | null }
  }
}

async function ledger(dataDir: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await new Program('core/ledger/main.ts', [...args, '--data-dir', dataDir])
    .ended
  if (code !== 0) throw new Error(`ledger ${args.join(' ')} ended with ${code}: ${stderr}${stdout}`)
  return stdout
}

/** Newest first. */
export async function ledgerRows(dataDir: string): Promise<Row[]> {
  return JSON.parse(await ledger(dataDir, 'show', '--json')) as Row[]
}

/** What our ledger says of money: what PayPay took for us, what of it went back, and what goods went out for. */
async function ledgerBook(dataDir: string) {
  const book = { capturedYen: 0, returnedYen: 0, keptYen: 0, deliveredYen: 0, mostReleases: 0 }
  for (const { checkoutId, totalYen } of await ledgerRows(dataDir)) {
    const facts = JSON.parse(await ledger(dataDir, 'show', checkoutId, '--json')) as Fact[]
    const releases = facts.filter(fact => fact.type === 'handoverIntended').length
    book.mostReleases = Math.max(book.mostReleases, releases)
    book.deliveredYen += totalYen * facts.filter(fact => fact.type === 'handedOver').length
    for (const id of new Set(facts.map(fact => fact.data.merchantPaymentId))) {
      const ofAttempt = facts.filter(fact => fact.data.merchantPaymentId === id)
      // FAILED with a time of acceptance was paid once too, and went back before the till saw it.
      const paidAt = ofAttempt.findIndex(
        ({ data }) => data.read?.kind === 'completed' || (data.read?.acceptedAtS ?? null) !== null,
      )
      if (paidAt < 0) continue
      const back = ofAttempt
        .slice(paidAt)
        .some(
          fact => fact.type === 'refundTaken' || ['failed', 'refunded'].includes(fact.data.read?.kind ?? ''),
        )
      book.capturedYen += totalYen
      book.returnedYen += back ? totalYen : 0
    }
  }
  book.keptYen = book.capturedYen - book.returnedYen
  return book
}

/**
 * Waits until both books say the same to the yen: PayPay keeps exactly what goods went out for, once for each basket. The
 * ledger is then walked from its first fact to its last.
 */
export async function booksAgree(
  till: { readonly dataDir: string; readonly paypay: Paypay },
  keptYen: number,
  returnedYen = 0,
): Promise<void> {
  const capturedYen = keptYen + returnedYen
  await expect
    .poll(async () => ({ paypay: await till.paypay.book(), ours: await ledgerBook(till.dataDir) }))
    .toMatchObject({
      paypay: { capturedYen, returnedYen, keptYen },
      ours: { capturedYen, returnedYen, keptYen, deliveredYen: keptYen, mostReleases: keptYen > 0 ? 1 : 0 },
    })
  await ledgerIsSound(till.dataDir)
}

/** From its first fact to its last. */
export async function ledgerIsSound(dataDir: string): Promise<void> {
  expect(await ledger(dataDir, 'verify')).toMatch(/ is sound: \d+ facts/)
}
