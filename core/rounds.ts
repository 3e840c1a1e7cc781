import type { ChainState } from '../shared/audit.ts'
import type { Clock } from './clock.ts'
import { type Health, PROBE_TIMEOUT_MS } from './health.ts'
import { damaged } from './ledger/refusals.ts'
import type { LedgerWalk } from './ledger/walk.ts'
import type { Log } from './log.ts'
import type { PaypayClient } from './paypay/client.ts'
import type { Random } from './random.ts'

/** Free bytes where the ledger lies, as a port. */
export type Disk = { freeBytes(): Promise<number> }

/** A full disk fills up over hours; looking costs nothing. */
const DISK_LOOK_MS = 10_000
/** The ledger is walked in the background a little at a time, so that no customer notices. */
const WALK_PAUSE_MS = 50
/** Ten minutes after the end of one walk the next begins. */
const WALK_AGAIN_MS = 600_000

/** A host says that it is ready when PayPay has answered, or after this long: then it is ready, and closed. */
const READY_MOST_MS = 2_000

/** What somebody has to look at although nobody asks: is PayPay there, has the disk room, is the ledger sound. */
export function startRounds(ports: {
  readonly clock: Clock
  readonly random: Random
  readonly health: Health
  readonly paypay: PaypayClient
  readonly disk: Disk | null
  readonly walk: () => LedgerWalk
  /** Where the ledger lies, for the sentence about its damage. */
  readonly where: string
  readonly log: Log
  /** When a walk came to its end, epoch ms. */
  readonly nowMs: () => number
  /** The last fact there is. */
  readonly lastSeq: () => Promise<number>
}): {
  readonly ready: Promise<void>
  /** What the walk along the ledger's chain says. */
  chain(): Promise<ChainState>
  stop(): void
} {
  const { clock, random, health, paypay, disk, log } = ports
  let isStopped = false
  const callOffs = new Set<() => void>()
  const later = (delayMs: number, round: () => Promise<void>): void => {
    if (isStopped) return
    const callOff = clock.after(delayMs, () => {
      callOffs.delete(callOff)
      round().catch(error => log.error({ error: String(error) }, 'a round was not finished: this is a bug'))
    })
    callOffs.add(callOff)
  }

  /** A signed read of an id that nobody uses. */
  const probe = async (): Promise<void> => {
    if (health.probeInMs() <= 0)
      await paypay.getPayment({
        merchantPaymentId: `probe-${random.word(8)}`,
        amountYen: 1,
        timeoutMs: PROBE_TIMEOUT_MS,
      })
    later(Math.max(250, health.probeInMs()), probe)
  }
  const lookAtDisk = async (): Promise<void> => {
    if (disk) health.diskHas(await disk.freeBytes())
    later(DISK_LOOK_MS, lookAtDisk)
  }
  let walk: LedgerWalk | null = null
  let lastWalk: ChainState['last'] = null
  const walkOn = async (): Promise<void> => {
    walk ??= ports.walk()
    const verdict = await walk.step()
    if (verdict === null) return later(WALK_PAUSE_MS, walkOn)
    walk = null
    const atMs = ports.nowMs()
    if (!verdict.sound) {
      lastWalk = { sound: false, facts: verdict.atSeq, atMs }
      return health.ledgerFailed(damaged(ports.where, `at fact ${verdict.atSeq}, ${verdict.what}`).message)
    }
    lastWalk = { sound: true, facts: verdict.facts, atMs }
    later(WALK_AGAIN_MS, walkOn)
  }

  const first = probe()
  first.catch(error => log.error({ error: String(error) }, 'the first probe was not finished: this is a bug'))
  if (disk) later(0, lookAtDisk)
  later(WALK_PAUSE_MS, walkOn)
  const patience = new Promise<void>(resolve => void clock.after(READY_MOST_MS, resolve))
  return {
    ready: Promise.race([first, patience]),
    chain: async () => ({
      last: lastWalk,
      walking: walk && { at: walk.at(), of: await ports.lastSeq() },
    }),
    stop() {
      isStopped = true
      for (const callOff of callOffs) callOff()
    },
  }
}
