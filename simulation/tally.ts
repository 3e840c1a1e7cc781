import type { Violation } from './invariants.ts'
import type { WorldReport } from './world.ts'

/** Many worlds added up. */
export class Tally {
  worlds = 0
  checkouts = 0
  requests = 0
  facts = 0
  slowestSettlementMs = 0
  readonly outcomes: Record<keyof WorldReport['outcomes'], number> = {
    delivered: 0,
    returned: 0,
    neverPayable: 0,
    case: 0,
  }
  readonly faults: Record<string, number> = {}
  readonly violations: Record<string, number> = {}
  readonly failed: { readonly name: string; readonly violations: readonly Violation[] }[] = []
  readonly #startedAtMs = performance.now()
  readonly #startedCpu = process.cpuUsage()

  add(report: WorldReport, name: string): void {
    this.worlds += 1
    this.checkouts += report.checkouts
    this.requests += report.requests
    this.facts += report.facts
    this.slowestSettlementMs = Math.max(this.slowestSettlementMs, report.slowestSettlementMs)
    for (const outcome of Object.keys(this.outcomes) as (keyof WorldReport['outcomes'])[])
      this.outcomes[outcome] += report.outcomes[outcome]
    for (const [kind, count] of [...report.faults, ...report.mishaps])
      this.faults[kind] = (this.faults[kind] ?? 0) + count
    for (const { invariant } of report.violations)
      this.violations[invariant] = (this.violations[invariant] ?? 0) + 1
    if (report.violations.length > 0) this.failed.push({ name, violations: report.violations })
  }

  json() {
    const seconds = (performance.now() - this.#startedAtMs) / 1000
    const { user, system } = process.cpuUsage(this.#startedCpu)
    const faults = Object.values(this.faults).reduce((sum, count) => sum + count, 0)
    return {
      worlds: this.worlds,
      checkouts: this.checkouts,
      requests: this.requests,
      facts: this.facts,
      faultsInjected: faults,
      faults: this.faults,
      outcomes: this.outcomes,
      violations: Object.values(this.violations).reduce((sum, count) => sum + count, 0),
      violationsByInvariant: this.violations,
      slowestSettlementMs: this.slowestSettlementMs,
      seconds: Number(seconds.toFixed(1)),
      checkoutsPerSecond: Math.round(this.checkouts / seconds),
      checkoutsPerCpuSecond: Math.round(this.checkouts / ((user + system) / 1e6)),
    }
  }

  inWords(): string {
    const sum = this.json()
    const list = (counts: Readonly<Record<string, number>>): string =>
      Object.entries(counts)
        .toSorted(([, one], [, other]) => other - one)
        .map(([name, count]) => `${name} ${count}`)
        .join(', ')
    return [
      `worlds              ${sum.worlds}`,
      `checkouts           ${sum.checkouts} (${sum.requests} requests, ${sum.facts} facts)`,
      `faults injected     ${sum.faultsInjected}`,
      `  by kind           ${list(sum.faults)}`,
      `outcomes            ${list(sum.outcomes)}`,
      `slowest settlement  ${(sum.slowestSettlementMs / 1000).toFixed(1)} s after the faults were off`,
      `speed               ${sum.checkoutsPerSecond} checkouts a second (${sum.checkoutsPerCpuSecond} a second of one core), ${sum.seconds} s`,
      `violations          ${sum.violations}${sum.violations === 0 ? '' : ` (${list(sum.violationsByInvariant)})`}`,
    ].join('\n')
  }
}
