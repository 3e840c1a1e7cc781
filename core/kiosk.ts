import type { LaneView, PaypayMode, Shop } from '../shared/checkout.ts'
import { type Catalogue, shopOf } from './catalogue.ts'
import type { Handover } from './checkout/driver.ts'
import { CheckoutService } from './checkout/service.ts'
import { type Clock, steadyClock } from './clock.ts'
import type { Settings } from './config.ts'
import { Comparisons } from './day/comparisons.ts'
import { Trades } from './day/trades.ts'
import { dayHandlers } from './desk/day.ts'
import { type DeskPorts, deskHandlers, doorHandlers } from './desk/desk.ts'
import { Door } from './desk/door.ts'
import { PaperBox } from './desk/paperBox.ts'
import type { PinHash } from './desk/pin.ts'
import { Staff } from './desk/staff.ts'
import { createDeskDispatch, createDispatch, type Dispatch } from './dispatch.ts'
import { Health } from './health.ts'
import type { Ledger } from './ledger/ledger.ts'
import { walkLedger } from './ledger/walk.ts'
import type { Log } from './log.ts'
import { budgeted } from './paypay/budget.ts'
import { createPaypayClient } from './paypay/client.ts'
import type { Transport } from './paypay/transport.ts'
import { type Random, systemRandom } from './random.ts'
import { type Disk, startRounds } from './rounds.ts'
import type { Secret } from './secret.ts'

export type KioskConfig = {
  readonly mode: PaypayMode
  readonly settings: Settings
  readonly catalogue: Catalogue
  readonly credentials: { readonly apiKey: string; readonly apiSecret: Secret; readonly merchantId?: string }
}

/** Everything outside: replaced one by one in tests and simulations. */
export type KioskPorts = {
  readonly ledger: Ledger
  readonly transport: Transport
  readonly clock: Clock
  readonly log: Log
  readonly handover?: Handover
  readonly random?: Random
  /** How PINs are kept: scrypt, unless told otherwise. */
  readonly pinHash?: PinHash
  /** Null: nobody looks whether the disk is full. */
  readonly disk?: Disk | null
}

/** What a host gets: two ways in, and the events. */
export type Kiosk = {
  /** The customer's contract. */
  readonly dispatch: Dispatch
  /** The attendant's. */
  readonly desk: Dispatch
  /** Whole snapshots, at once and at every change; the answer ends it. Counts as a screen that watches the lane. */
  watchLane(lane: string, listener: (view: LaneView) => void): () => void
  /** A new catalogue that has been read and checked. */
  setCatalogue(catalogue: Catalogue): void
  /** For the operator: whether it sells, and if not why, in words. */
  health(): { readonly selling: LaneView['selling']; readonly says: string }
  readonly recovered: number
  /** Resolves when the first answer of PayPay's is there, or after two seconds: from then on `selling` means something. */
  readonly ready: Promise<void>
  close(): Promise<void>
}

/** On a kiosk with a counter the claim number on the screen is the handover: showing it twice releases nothing twice. */
const claimNumberHandover: Handover = { release: async () => ({ done: true }) }

/** Wires core, settles what an earlier life left open, and returns the API. The one thing that a host imports. */
export async function openKiosk(config: KioskConfig, ports: KioskPorts): Promise<Kiosk> {
  const { clock, log, ledger, random = systemRandom, handover = claimNumberHandover } = ports
  const { settings, mode } = config
  const steady = steadyClock(clock, (await ledger.head()).atMs)
  let revisions = 1
  let shop: Shop = shopOf(config.catalogue, settings, String(revisions))

  const health = new Health(clock, steady, () => {
    const { selling, says } = health
    if (selling.open) log.info({}, 'open: PayPay answers')
    else log.warn({ reason: selling.reason }, `closed: ${says}`)
    if (selling.open) service.pokeAll()
    service.publishAll()
  })
  const paypay = createPaypayClient({
    transport: budgeted(ports.transport, clock),
    credentials: config.credentials,
    clock,
    nonce: () => random.word(8),
    observe: health.observe,
  })
  const ledgerFailed = (error: unknown): void => {
    const says = error instanceof Error ? error.message : String(error)
    log.error({}, `selling stops: ${says}`)
    health.ledgerFailed(says)
  }
  const service: CheckoutService = new CheckoutService({
    ledger,
    paypay,
    clock: steady,
    log,
    mode,
    handover,
    random,
    pollIntervalMs: settings.pollIntervalMs,
    paypayNowMs: () => health.paypayNowMs(),
    shop: () => shop,
    selling: () => health.selling,
    ids: { storeId: settings.storeId, terminalId: settings.terminalId },
    ledgerFailed,
  })
  const recovered = await service.recover()
  const staff = await Staff.read({ ledger, random, nowMs: () => steady.nowMs(), pinHash: ports.pinHash })
  const door = await Door.read({ ledger, staff, clock: steady, random })
  const papers = new PaperBox({
    ledger,
    service,
    settings: () => settings,
    mode,
    nowMs: () => steady.nowMs(),
  })
  const desk: DeskPorts = {
    ledger,
    service,
    staff,
    door,
    clock: steady,
    mode,
    paypayNowMs: () => health.paypayNowMs(),
    shop: () => shop,
    selling: () => health.selling,
    settings: () => settings,
    papers,
  }
  const words = { log, ledgerFailed, newReference: () => random.word(6) }
  const comparisons = new Comparisons({
    ledger,
    paypay,
    clock: steady,
    ...words,
    till: { storeIds: [settings.storeId], terminalIds: [settings.terminalId] },
  })
  // The simulator has a merchant id of its own, which the operator knows nothing of.
  const merchantId = mode === 'training' ? null : (config.credentials.merchantId ?? null)
  const day = dayHandlers({ ...desk, trades: new Trades(ledger), comparisons, merchantId })
  const walk = () => walkLedger(ledger)
  const disk = ports.disk ?? null
  const rounds = startRounds({ clock, random, health, paypay, disk, walk, where: ledger.where, log })

  return {
    dispatch: createDispatch({ service, door, papers, shop: () => shop }, words),
    desk: createDeskDispatch({ ...doorHandlers(desk), ...deskHandlers(desk), ...day }, door, words),
    watchLane: (lane, listener) => service.watch(lane, listener),
    setCatalogue(catalogue) {
      revisions += 1
      shop = shopOf(catalogue, settings, String(revisions))
      service.publishAll()
    },
    health: () => ({ selling: health.selling, says: health.says }),
    recovered,
    ready: rounds.ready,
    async close() {
      rounds.stop()
      service.stopAll()
      await paypay.close()
      await ports.ledger.close()
    },
  }
}
