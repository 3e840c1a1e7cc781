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
    readonly merchantRefundId?: string
    readonly amountYen?: number
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

/** What our ledger says of money: what PayPay took for us, what of it went back by itself, what people gave back, and what goods went out for. */
async function ledgerBook(dataDir: string) {
  const book = {
    ...{ capturedYen: 0, returnedYen: 0, givenBackYen: 0, keptYen: 0 },
    ...{ deliveredYen: 0, mostReleases: 0 },
  }
  for (const { checkoutId, totalYen } of await ledgerRows(dataDir)) {
    const facts = JSON.parse(await ledger(dataDir, 'show', checkoutId, '--json')) as Fact[]
    const releases = facts.filter(fact => fact.type === 'handoverIntended').length
    book.mostReleases = Math.max(book.mostReleases, releases)
    book.deliveredYen += totalYen * facts.filter(fact => fact.type === 'handedOver').length
    book.givenBackYen += givenBackYen(facts)
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
  book.keptYen = book.capturedYen - book.returnedYen - book.givenBackYen
  return book
}

/** What people decided to give back and PayPay says has gone: each decision once, by its own amount. */
function givenBackYen(facts: readonly Fact[]): number {
  const gone = facts.filter(fact => fact.type === 'moneyBackDone').map(fact => fact.data.merchantRefundId)
  return facts
    .filter(fact => fact.type === 'moneyBackDecided' && gone.includes(fact.data.merchantRefundId))
    .reduce((total, fact) => total + (fact.data.amountYen ?? 0), 0)
}

/**
 * Waits until both books say the same to the yen: PayPay keeps exactly what goods went out for, once for each basket, but for what
 * people gave back (`givenBackYen`, of goods that were handed over; `returnedYen` went back by itself). The ledger is then walked
 * from its first fact to its last.
 */
export async function booksAgree(
  till: { readonly dataDir: string; readonly paypay: Paypay },
  keptYen: number,
  returnedYen = 0,
  givenBackYen = 0,
): Promise<void> {
  const deliveredYen = keptYen + givenBackYen
  const capturedYen = deliveredYen + returnedYen
  await expect
    .poll(async () => ({ paypay: await till.paypay.book(), ours: await ledgerBook(till.dataDir) }))
    .toMatchObject({
      paypay: { capturedYen, returnedYen: returnedYen + givenBackYen, keptYen },
      ours: {
        ...{ capturedYen, returnedYen, givenBackYen, keptYen },
        ...{ deliveredYen, mostReleases: deliveredYen > 0 ? 1 : 0 },
      },
    })
  await ledgerIsSound(till.dataDir)
}

/** From its first fact to its last. */
export async function ledgerIsSound(dataDir: string): Promise<void> {
  expect(await ledger(dataDir, 'verify')).toMatch(/ is sound: \d+ facts/)
}
