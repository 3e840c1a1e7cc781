import type { Checker, Violation } from './checker.ts'
import type { PaypayBook } from './paypayBook.ts'

/** What a run has seen, in plain numbers. */
export type Report = {
  readonly seed: number
  readonly lanes: number
  readonly rounds: number
  readonly kills: number
  /** Of them, while the host was still starting. */
  readonly killsAtStart: number
  readonly checkouts: number
  readonly codes: number
  readonly facts: number
  readonly snapshots: number
  readonly faultsInjected: number
  readonly faults: Readonly<Record<string, number>>
  readonly outcomes: Readonly<Record<'delivered' | 'returned' | 'neverPayable' | 'case' | 'open', number>>
  readonly capturedYen: number
  readonly returnedYen: number
  readonly keptYen: number
  readonly deliveredYen: number
  readonly lost: number
  readonly violations: number
  readonly secondsOfRounds: number
  readonly secondsToSettle: number
  readonly seconds: number
}

export function inWords(report: Report): string {
  const { outcomes } = report
  const yen = (amount: number): string => `¥${amount.toLocaleString('en')}`
  const byKind = Object.entries(report.faults)
    .toSorted(([, one], [, other]) => other - one)
    .map(([kind, count]) => `${kind} ${count}`)
    .join(', ')
  return [
    `rounds      ${report.rounds} (seed ${report.seed}, ${report.lanes} lanes)`,
    `kills       ${report.kills}, ${report.killsAtStart} of them while the host was starting`,
    `checkouts   ${report.checkouts} (${report.codes} codes at PayPay, ${report.facts} facts, ${report.snapshots} snapshots on screens)`,
    `faults      ${report.faultsInjected}: ${byKind}`,
    `outcomes    delivered ${outcomes.delivered}, returned ${outcomes.returned}, neverPayable ${outcomes.neverPayable}, case ${outcomes.case}, open ${outcomes.open}`,
    `money       PayPay took ${yen(report.capturedYen)}, gave back ${yen(report.returnedYen)}, keeps ${yen(report.keptYen)}; goods went out for ${yen(report.deliveredYen)}`,
    `lost        ${report.lost}`,
    `violations  ${report.violations}`,
    `seconds     ${report.seconds} (${(report.secondsOfRounds / Math.max(1, report.rounds)).toFixed(2)} a round, ${report.secondsToSettle} until everything was settled)`,
  ].join('\n')
}

export function countOutcomes({ known }: Checker): Report['outcomes'] {
  const outcomes = { delivered: 0, returned: 0, neverPayable: 0, case: 0, open: 0 }
  for (const { outcome, hasCase } of known.all.values()) {
    const end = hasCase ? 'case' : (outcome ?? 'open')
    if (end in outcomes) outcomes[end as keyof typeof outcomes] += 1
  }
  return outcomes
}

/** A violation with all that the ledger and PayPay have of its checkout. */
export function trace(violation: Violation, checker: Checker, book: PaypayBook): string[] {
  const { invariant, checkoutId, says } = violation
  const known = checker.known.all.get(checkoutId)
  const own = (one: { merchantPaymentId: string }): boolean =>
    checkoutId !== '' && one.merchantPaymentId.startsWith(checkoutId)
  const time = (atMs: number): string => new Date(atMs).toISOString().slice(11, 23)
  return [
    `${invariant}: ${checkoutId === '' ? '' : `${checkoutId}: `}${says}`,
    ...(known?.facts ?? []).map(
      ({ seq, atMs, type, data }) =>
        `  fact ${seq}  ${time(atMs)}  ${type.padEnd(17)} ${JSON.stringify(data)}`,
    ),
    ...book.codes.filter(own).map(code => `  PayPay’s code     ${JSON.stringify(code)}`),
    ...book.payments.filter(own).map(payment => `  PayPay’s payment  ${JSON.stringify(payment)}`),
    ...book.refunds.filter(own).map(refund => `  PayPay’s refund   ${JSON.stringify(refund)}`),
  ].map(line => line.slice(0, 500))
}
