import type { ChainState } from '../../shared/audit.ts'
import type { PaypayMode, Selling } from '../../shared/checkout.ts'
import type { HardeningFinding } from '../../shared/hardening.ts'
import { yen } from '../../shared/money.ts'
import { ok } from '../../shared/result.ts'
import type { UpdateReport } from '../../shared/updates.ts'
import type { Trouble } from '../../shared/upkeep.ts'
import type { CheckoutService } from '../checkout/service.ts'
import type { Clock } from '../clock.ts'
import { DISK_LEAST_BYTES, type Health } from '../health.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { migrations } from '../ledger/migrations/index.ts'
import type { Latency } from '../paypay/latency.ts'
import type { DeskHandlers } from './desk.ts'

/** What only a host knows of the machine it runs on. */
export type Machine = {
  readonly appVersion: string
  readonly nodeVersion: string
  /** Its name alone: a path tells of people and machines. */
  readonly dataFolder: string | null
  ledgerBytes(): Promise<number | null>
  hardening(): Promise<readonly HardeningFinding[] | null>
}

/** How the machine is, for whoever looks after it. */
export function reportHandlers(ports: {
  readonly mode: PaypayMode
  readonly ledger: Ledger
  readonly service: CheckoutService
  readonly health: Health
  readonly latency: Latency
  readonly clock: Clock
  readonly selling: () => Selling
  readonly chain: () => Promise<ChainState>
  readonly troubles: () => readonly Trouble[]
  readonly updates: () => UpdateReport | null
  readonly machine: Machine | null
  readonly mayClose: boolean
}): Pick<DeskHandlers, 'getHealth'> {
  const { ledger, service, health, latency, clock, machine } = ports
  const startedAtMs = clock.monotonicMs()
  return {
    async getHealth() {
      const { openCheckouts, openYen } = await ledger.attention()
      return ok({
        mode: ports.mode,
        selling: ports.selling(),
        says: health.says,
        paypay: {
          reachable: health.paypayReachable,
          clockAheadMs: health.clockAheadMs,
          latency: latency.byApi(),
        },
        diskFreeBytes: health.diskFreeBytes,
        diskLeastBytes: DISK_LEAST_BYTES,
        ledger: {
          facts: (await ledger.head()).seq,
          bytes: (await machine?.ledgerBytes()) ?? null,
          chain: await ports.chain(),
        },
        openMoney: { checkouts: openCheckouts, totalYen: yen(openYen) },
        version: {
          app: machine?.appVersion ?? '',
          schema: migrations.length,
          node: machine?.nodeVersion ?? '',
        },
        upMs: Math.round(clock.monotonicMs() - startedAtMs),
        lanes: service.lanesSeen(),
        troubles: ports.troubles(),
        dataFolder: machine?.dataFolder ?? null,
        hardening: (await machine?.hardening()) ?? null,
        updates: ports.updates(),
        mayClose: ports.mayClose,
      })
    },
  }
}
