import type { HardeningFinding } from '../../shared/hardening.ts'
import type { Clock } from '../clock.ts'
import { hardeningOf } from './checks.ts'
import { machineFacts } from './probe.ts'

/** A machine changes rarely, and the desk asks often. */
const FRESH_MS = 60_000

/** What the doctor says of the machine and of this very process; looked at anew after a minute. */
export function lookAtMachine(
  dataDir: string,
  clock: Pick<Clock, 'monotonicMs'>,
): () => Promise<readonly HardeningFinding[]> {
  let last: { readonly atMs: number; readonly findings: Promise<readonly HardeningFinding[]> } | null = null
  return () => {
    const atMs = clock.monotonicMs()
    if (last === null || atMs - last.atMs > FRESH_MS)
      last = { atMs, findings: machineFacts({ root: '/', dataDir, till: 'self' }).then(hardeningOf) }
    return last.findings
  }
}
