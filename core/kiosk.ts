import type { LaneView, PaypayMode, Selling, Shop } from '../shared/checkout.ts'
import type { UpdateReport } from '../shared/updates.ts'
import type { Trouble } from '../shared/upkeep.ts'
import { type Catalogue, shopOf } from './catalogue.ts'
import type { Handover } from './checkout/driver.ts'
import { CheckoutService } from './checkout/service.ts'
import { type Clock, steadyClock } from './clock.ts'
import type { Settings } from './config.ts'
import { Comparisons } from './day/comparisons.ts'
import { Trades } from './day/trades.ts'
import { auditHandlers } from './desk/audit.ts'
import { closing } from './desk/closing.ts'
import { dayHandlers } from './desk/day.ts'
import { type DeskHandlers, type DeskPorts, deskHandlers, doorHandlers } from './desk/desk.ts'
import { Door } from './desk/door.ts'
import { type KeyStore, keysHandlers } from './desk/keys.ts'
import { PaperBox } from './desk/paperBox.ts'
import { peopleHandlers } from './desk/people.ts'
import type { PinHash } from './desk/pin.ts'
import { type Machine, reportHandlers } from './desk/report.ts'
import { screensHandlers } from './desk/screens.ts'
import { shopHandlers } from './desk/shop.ts'
import { ShopDocuments } from './desk/shopDocuments.ts'
import type { ShopFiles } from './desk/shopFiles.ts'
import { Staff } from './desk/staff.ts'
import { tillIds } from './desk/tillIds.ts'
import { createDeskDispatch, createDispatch, type Dispatch } from './dispatch.ts'
import { Health } from './health.ts'
import { hoursAt, opensOf, startHours } from './hours.ts'
import { type Ledger, LedgerBroken } from './ledger/ledger.ts'
import { walkLedger } from './ledger/walk.ts'
import type { Log } from './log.ts'
import { awaitOtherMode } from './otherMode.ts'
import { PairedScreens } from './pairing/pairedScreens.ts'
import { budgeted } from './paypay/budget.ts'
import { type Credentials, createPaypayClient } from './paypay/client.ts'
import { KeyRing } from './paypay/keyRing.ts'
import { Latency } from './paypay/latency.ts'
import type { Transport } from './paypay/transport.ts'
import { type Random, systemRandom } from './random.ts'
import { type Disk, startRounds } from './rounds.ts'
import type { Moment } from './update/rules.ts'

export type KioskConfig = {
  readonly mode: PaypayMode
  /** The settings say the mode, and may name another one while the till runs. Otherwise it stays whatever they say. */
  readonly modeIsSettings?: boolean
  /** Why no till may change to production, in words; null, or left out: it may. */
  readonly productionRefused?: string | null
  readonly settings: Settings
  readonly catalogue: Catalogue
  /** Null: nobody has entered any yet. The till is closed until they do. */
  readonly credentials: Credentials | null
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
  /** The catalogue and the settings as files; then they, and not the config's, are what is in use. Null: nothing can be changed. */
  readonly shopFiles?: ShopFiles | null
  /** Where PayPay's keys are kept; null: nowhere. */
  readonly keys?: KeyStore | null
  readonly machine?: Machine | null
  /** The host shows the till in a window of its own, which is closed at the desk alone. */
  readonly mayClose?: boolean
  /** The last warnings and errors of the log. */
  readonly troubles?: () => readonly Trouble[]
  /** What the host's updates do. */
  readonly updates?: () => UpdateReport | null
}

/** What a host gets: two ways in, and the events. */
export type Kiosk = {
  /** The customer's contract. */
  readonly dispatch: Dispatch
  /** The attendant's. */
  readonly desk: Dispatch
  /** Whole snapshots, at once and at every change; the answer ends it. Counts as a screen that watches the lane. */
  watchLane(lane: string, listener: (view: LaneView) => void): () => void
  /** The same for a display beside the lane's screen: it does not count as one. */
  showLane(lane: string, listener: (view: LaneView) => void): () => void
  /** Tablets and TVs of the network, which the host serves. */
  readonly screens: PairedScreens
  /** What the settings say, at once and at every change; the answer ends it. */
  watchSettings(listener: (settings: Settings) => void): () => void
  /** For the operator: whether it sells, and if not why, in words. */
  health(): { readonly selling: LaneView['selling']; readonly says: string }
  readonly recovered: number
  /** Resolves when the first answer of PayPay's is there, or after two seconds: from then on `selling` means something. */
  readonly ready: Promise<void>
  /** Resolves with the mode that the settings name, when it is another one and nothing is open: the host closes this till and starts again. */
  readonly modeChosen: Promise<PaypayMode>
  /** Resolves when a manager has closed the till at the desk: the host ends itself. */
  readonly closeAsked: Promise<void>
  /** Nobody is at a screen with a checkout, and no money is open: a moment in which a restart disturbs nobody. */
  isQuiet(): boolean
  /** What has to be known of this moment before a program is exchanged. */
  updateMoment(): Moment
  close(): Promise<void>
}

/** On a kiosk with a counter the claim number on the screen is the handover: showing it twice releases nothing twice. */
const claimNumberHandover: Handover = { release: async () => ({ done: true }) }

/** Wires core, settles what an earlier life left open, and returns the API. The one thing that a host imports. */
export async function openKiosk(config: KioskConfig, ports: KioskPorts): Promise<Kiosk> {
  const { clock, log, ledger, random = systemRandom, handover = claimNumberHandover } = ports
  const { mode } = config
  const { shopFiles = null } = ports
  const steady = steadyClock(clock, (await ledger.head()).atMs)
  const documents = shopFiles
    ? await ShopDocuments.open(
        {
          files: shopFiles,
          ledger,
          log,
          nowMs: () => steady.nowMs(),
          changed: () => shopChanged(),
          refusesMode: chosen =>
            chosen === 'production' && config.modeIsSettings ? (config.productionRefused ?? null) : null,
        },
        config,
      )
    : null
  const settings = (): Settings => documents?.settings.document ?? config.settings
  let revisions = 1
  const read = (): Shop =>
    shopOf(documents?.catalogue.document ?? config.catalogue, settings(), String(revisions))
  let shop = read()

  const health = new Health(clock, steady, () => {
    const { selling, says } = health
    if (selling.open) log.info({}, 'open: PayPay answers')
    else log.warn({ reason: selling.reason }, `closed: ${says}`)
    if (selling.open) service.pokeAll()
    service.publishAll()
  })
  const ledgerFailed = (error: unknown): void => {
    const says = error instanceof Error ? error.message : String(error)
    log.error({}, `selling stops: ${says}`)
    health.ledgerFailed(says)
  }
  const keyRing = new KeyRing(config.credentials)
  const latency = new Latency(clock)
  const transport = budgeted(ports.transport, clock)
  const paypay = createPaypayClient({
    transport,
    credentials: () => keyRing.current,
    clock,
    nonce: () => random.word(8),
    observe(observed) {
      latency.observe(observed)
      health.observe(observed)
    },
  })
  let isLeaving = false
  let isChangingKeys = false
  /** Trouble first: it closes screens on which somebody is paying, and hours do not. */
  const selling = (): Selling => {
    if (isLeaving || isChangingKeys) return { open: false, reason: 'starting' }
    if (!health.selling.open) return health.selling
    const nowMs = health.paypayNowMs()
    const hours = hoursAt(settings().openingHours, nowMs)
    if (hours.open) return hours
    const opens = hours.opensAtMs === null ? {} : { opens: opensOf(hours.opensAtMs, nowMs) }
    return { open: false, reason: 'outsideHours', ...opens }
  }
  const service: CheckoutService = new CheckoutService({
    ledger,
    paypay,
    clock: steady,
    log,
    mode,
    handover,
    random,
    // Read anew for each checkout, as the desk may change them.
    get pollIntervalMs() {
      return settings().pollIntervalMs
    },
    get ids() {
      return { storeId: settings().storeId, terminalId: settings().terminalId }
    },
    paypayNowMs: () => health.paypayNowMs(),
    shop: () => shop,
    selling,
    ledgerFailed,
  })
  const recovered = await service.recover()
  const staff = await Staff.read({ ledger, random, nowMs: () => steady.nowMs(), pinHash: ports.pinHash })
  const door = await Door.read({ ledger, staff, clock: steady, random })
  const { mayClose = false } = ports
  const exit = closing({ mayClose, door, ledger, nowMs: () => steady.nowMs() })
  const screens = await PairedScreens.read({ ledger, clock: steady, random })
  const papers = new PaperBox({
    ledger,
    service,
    settings,
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
    selling,
    settings,
    papers,
  }
  const words = { log, ledgerFailed, newReference: () => random.word(6) }
  const comparisons = new Comparisons({
    ledger,
    paypay,
    clock: steady,
    ...words,
    till: () => tillIds(ledger, settings()),
  })
  // The simulator has a merchant id of its own, which the operator knows nothing of.
  const merchantId = () => (mode === 'training' ? null : (keyRing.current?.merchantId ?? null))
  const isQuiet = (): boolean => service.isQuiet && comparisons.running === null
  const otherMode = awaitOtherMode({
    clock,
    mode,
    wanted: () => (documents && config.modeIsSettings ? settings().mode : mode),
    isQuiet,
    leaving() {
      isLeaving = true
      service.publishAll()
    },
  })
  const walk = () => walkLedger(ledger)
  const disk = ports.disk ?? null
  const rounds = startRounds({
    clock,
    random,
    health,
    paypay,
    disk,
    walk,
    where: ledger.where,
    log,
    nowMs: () => steady.nowMs(),
    lastSeq: async () => (await ledger.head()).seq,
  })
  const hoursRound = startHours(
    clock,
    () => settings().openingHours,
    () => service.publishAll(),
  )
  const settingsListeners = new Set<(settings: Settings) => void>()
  const shopChanged = (): void => {
    revisions += 1
    shop = read()
    hoursRound.look()
    for (const listener of settingsListeners) listener(settings())
    service.publishAll()
  }
  const unwatch = shopFiles?.watch(name => {
    documents?.look(name).catch(error => {
      if (error instanceof LedgerBroken) ledgerFailed(error)
      else log.error({ error: String(error) }, `the ${name} could not be looked at`)
    })
  })
  const nameOf = (userId: string): string => staff.nameOf(userId)
  const handlers: DeskHandlers = {
    ...doorHandlers(desk),
    ...deskHandlers(desk),
    ...dayHandlers({ ...desk, trades: new Trades(ledger), comparisons, merchantId }),
    ...peopleHandlers({ staff, door }),
    ...shopHandlers({ documents, files: shopFiles, ledger, nowMs: () => steady.nowMs() }),
    ...keysHandlers({
      mode,
      keyRing,
      hasOpenMoney: () => service.hasOpenMoney,
      async withoutSales(change) {
        isChangingKeys = true
        try {
          return await change()
        } finally {
          isChangingKeys = false
        }
      },
      store: ports.keys ?? null,
      ledger,
      transport,
      clock,
      nowMs: () => steady.nowMs(),
      random,
      nameOf,
    }),
    ...screensHandlers(screens),
    ...auditHandlers({ ledger, nameOf, chain: rounds.chain }),
    ...reportHandlers({
      mode,
      ledger,
      service,
      health,
      latency,
      clock: steady,
      selling,
      chain: rounds.chain,
      troubles: ports.troubles ?? (() => []),
      updates: ports.updates ?? (() => null),
      machine: ports.machine ?? null,
      mayClose,
    }),
    closeTill: exit.closeTill,
  }

  return {
    dispatch: createDispatch({ service, door, papers, shop: () => shop }, words),
    desk: createDeskDispatch(handlers, door, words),
    watchLane: (lane, listener) => service.watch(lane, listener),
    showLane: (lane, listener) => service.show(lane, listener),
    screens,
    watchSettings(listener) {
      settingsListeners.add(listener)
      listener(settings())
      return () => void settingsListeners.delete(listener)
    },
    health: () => ({ selling: selling(), says: health.says }),
    recovered,
    ready: rounds.ready,
    modeChosen: otherMode.chosen,
    closeAsked: exit.asked,
    isQuiet,
    updateMoment: () => ({
      nowMs: health.paypayNowMs(),
      mode,
      settings: settings().updates,
      openingHours: settings().openingHours,
      hasOpenMoney: service.hasOpenMoney,
      isQuiet: isQuiet(),
    }),
    async close() {
      otherMode.stop()
      unwatch?.()
      hoursRound.stop()
      rounds.stop()
      service.stopAll()
      await paypay.close()
      await comparisons.stop()
      await ports.ledger.close()
    },
  }
}
