import type { Violation } from './invariants.ts'
import type { WorldReport } from './world.ts'

/** What a thread tells another of its worlds. */
export type Sums = Omit<Tally, 'add' | 'addAll' | 'json' | 'inWords'>

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
    decided: 0,
    case: 0,
  }
  readonly byPeople: Record<string, number> = {}
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
    addCounts(this.outcomes, report.outcomes)
    addCounts(this.byPeople, report.byPeople)
    for (const counts of [report.faults, report.mishaps]) addCounts(this.faults, Object.fromEntries(counts))
    for (const { invariant } of report.violations)
      this.violations[invariant] = (this.violations[invariant] ?? 0) + 1
    if (report.violations.length > 0) this.failed.push({ name, violations: report.violations })
  }

  /** Adds the worlds of another tally. */
  addAll(other: Sums): void {
    this.worlds += other.worlds
    this.checkouts += other.checkouts
    this.requests += other.requests
    this.facts += other.facts
    this.slowestSettlementMs = Math.max(this.slowestSettlementMs, other.slowestSettlementMs)
    addCounts(this.outcomes, other.outcomes)
    addCounts(this.byPeople, other.byPeople)
    addCounts(this.faults, other.faults)
    addCounts(this.violations, other.violations)
    this.failed.push(...other.failed)
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
      byPeople: this.byPeople,
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
        .toSorted(([name, one], [otherName, other]) => other - one || name.localeCompare(otherName))
        .map(([name, count]) => `${name} ${count}`)
        .join(', ')
    return [
      `worlds              ${sum.worlds}`,
      `checkouts           ${sum.checkouts} (${sum.requests} requests, ${sum.facts} facts)`,
      `faults injected     ${sum.faultsInjected}`,
      `  by kind           ${list(sum.faults)}`,
      `outcomes            ${list(sum.outcomes)}`,
      `given back by people ${list(sum.byPeople)}`,
      `slowest settlement  ${(sum.slowestSettlementMs / 1000).toFixed(1)} s after the faults were off`,
      `speed               ${sum.checkoutsPerSecond} checkouts a second (${sum.checkoutsPerCpuSecond} a second of one core), ${sum.seconds} s`,
      `violations          ${sum.violations}${sum.violations === 0 ? '' : ` (${list(sum.violationsByInvariant)})`}`,
    ].join('\n')
  }
}

function addCounts(counts: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(more)) counts[name] = (counts[name] ?? 0) + count
}
