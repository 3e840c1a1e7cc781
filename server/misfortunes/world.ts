import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { parseCatalogue } from '../../core/catalogue.ts'
import type { Handover } from '../../core/checkout/driver.ts'
import type { CheckoutFact } from '../../core/checkout/facts.ts'
import type { Clock } from '../../core/clock.ts'
import { defaultSettings, type Settings } from '../../core/config.ts'
import type { PinHash } from '../../core/desk/pin.ts'
import { Staff } from '../../core/desk/staff.ts'
import { type Kiosk, type KioskConfig, type KioskPorts, openKiosk } from '../../core/kiosk.ts'
import type { Ledger } from '../../core/ledger/ledger.ts'
import { openSqliteLedger } from '../../core/ledger/sqlite.ts'
import type { Log } from '../../core/log.ts'
import { createPaypayClient } from '../../core/paypay/client.ts'
import type { Transport } from '../../core/paypay/transport.ts'
import { systemRandom } from '../../core/random.ts'
import { Secret } from '../../core/secret.ts'
import { ledgerFileIn } from '../../core/startMode.ts'
import type { InputOf } from '../../shared/api.ts'
import type { AttendantInputOf, AttendantMethod, AttendantOutputOf } from '../../shared/attendant.ts'
import type { Checkout, CheckoutStatus, LaneView, PaypayMode } from '../../shared/checkout.ts'
import type { DeskFailure, Role } from '../../shared/desk.ts'
import type { Result } from '../../shared/result.ts'
import { emptyBook } from '../../simulator/book.ts'
import { type Fault, faultList } from '../../simulator/faults.ts'
import { Simulator } from '../../simulator/simulator.ts'
import { type Switches, switches } from '../../simulator/switches.ts'

const START_MS = Date.parse('2026-11-24T12:00:00+09:00')

/** A clock that stands still until it is turned. */
export class TurnedClock implements Clock {
  #nowMs = START_MS
  #timers: { atMs: number; run: () => void }[] = []

  /** The wall clock is wrong by so much. */
  wallOffsetMs = 0

  nowMs(): number {
    return this.#nowMs + this.wallOffsetMs
  }

  /** PayPay's clock, which is right. */
  trueMs(): number {
    return this.#nowMs
  }

  monotonicMs(): number {
    return this.#nowMs
  }

  after(delayMs: number, run: () => void): () => void {
    const timer = { atMs: this.#nowMs + delayMs, run }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter(one => one !== timer)
    }
  }

  /** So much later, with nothing in between: the machine was off. */
  jump(ms: number): void {
    this.#nowMs += ms
  }

  /** Lets time pass, event by event; everything that an event sets off is done before the next. */
  async pass(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms
    await settled()
    for (;;) {
      const next = this.#timers
        .filter(timer => timer.atMs <= endMs)
        .toSorted((one, other) => one.atMs - other.atMs)[0]
      if (!next) break
      this.#timers = this.#timers.filter(timer => timer !== next)
      this.#nowMs = Math.max(this.#nowMs, next.atMs)
      next.run()
      await settled()
    }
    this.#nowMs = endMs
  }
}

/** Promises and immediates have run; nothing waits for anything but the clock. */
async function settled(): Promise<void> {
  for (let turns = 0; turns < 12; turns += 1) await turn()
}

/** scrypt takes as long as it takes, and here only the turned clock may tell how long that is. core/desk/pin.test.ts looks at scrypt. */
const quickPinHash: PinHash = async (pin, saltHex) =>
  createHash('sha256').update(`${saltHex} ${pin}`).digest('hex')

const keys = { apiKey: 'key', apiSecret: 'secret' }

export const catalogue = parseCatalogue(
  JSON.stringify({
    categories: [{ id: 'drink', names: { ja: '飲みもの' } }],
    products: [
      {
        id: 'tea',
        names: { ja: '緑茶' },
        priceYen: 160,
        taxRate: 8,
        category: 'drink',
        image: null,
        available: true,
      },
      {
        id: 'bag',
        names: { ja: '袋' },
        priceYen: 220,
        taxRate: 10,
        category: 'drink',
        image: null,
        available: true,
      },
      {
        id: 'gone',
        names: { ja: '売り切れ' },
        priceYen: 100,
        taxRate: 8,
        category: 'drink',
        image: null,
        available: false,
      },
    ],
  }),
  'test catalogue',
)

/** The production engine and ledger, a simulated PayPay, a clock that is turned, and somebody in front of the screen. */
export class World {
  readonly clock = new TurnedClock()
  /** PayPay's own, for a test that makes it say something else than what happened. */
  readonly book = emptyBook()
  readonly simulator = new Simulator({
    ...keys,
    book: this.book,
    nowMs: () => this.clock.trueMs(),
    after: (ms, run) => void this.clock.after(ms, run),
  })
  kiosk!: Kiosk
  ledger!: Ledger
  /** PayPay cannot be reached at all. */
  away = false
  handover: Handover | undefined
  settings: Settings = defaultSettings
  mode: PaypayMode = 'training'
  modeIsSettings = false
  productionRefused: string | null = null
  /** What the till starts with; null: nobody has entered any keys. */
  credentials: KioskConfig['credentials'] = { apiKey: keys.apiKey, apiSecret: new Secret(keys.apiSecret) }
  /** What else is outside: the shop's files, a key store, the machine. Asked at each boot. */
  more: (world: World) => Partial<KioskPorts> = () => ({})
  /** What the operator reads. */
  readonly told: string[] = []
  readonly dataDir = mkdtempSync(join(tmpdir(), 'kaikei-'))
  readonly #stops = new Map<string, () => void>()
  #generation = 0

  static async open(
    options: {
      away?: boolean
      handover?: Handover
      settings?: Partial<Settings>
      mode?: PaypayMode
      modeIsSettings?: boolean
      productionRefused?: string
      credentials?: KioskConfig['credentials']
      more?: World['more']
    } = {},
  ): Promise<World> {
    const world = new World()
    world.mode = options.mode ?? world.mode
    world.modeIsSettings = options.modeIsSettings ?? false
    world.productionRefused = options.productionRefused ?? null
    if (options.credentials !== undefined) world.credentials = options.credentials
    world.more = options.more ?? world.more
    world.settings = { ...defaultSettings, ...options.settings }
    world.away = options.away ?? false
    world.handover = options.handover
    await world.boot()
    await world.clock.pass(1_000)
    return world
  }

  get ledgerFile(): string {
    return ledgerFileIn(this.dataDir, this.mode)
  }

  async boot(): Promise<void> {
    this.ledger = await openSqliteLedger({ file: this.ledgerFile, mode: this.mode })
    const hear: Log['info'] = (_event, says) => void this.told.push(says)
    this.kiosk = await openKiosk(
      {
        mode: this.mode,
        modeIsSettings: this.modeIsSettings,
        productionRefused: this.productionRefused,
        settings: this.settings,
        catalogue,
        credentials: this.credentials,
      },
      {
        ledger: this.ledger,
        transport: this.#transport(),
        clock: this.clock,
        log: { info: hear, warn: hear, error: hear },
        random: { ...systemRandom, fraction: () => 0.5 },
        pinHash: quickPinHash,
        ...(this.handover ? { handover: this.handover } : {}),
        ...this.more(this),
      },
    )
  }

  /** The process dies where it stands: requests under way are never answered, timers never ring; the ledger stays. */
  async crash(): Promise<void> {
    this.#generation += 1
    for (const stop of this.#stops.values()) stop()
    this.#stops.clear()
    await this.kiosk.close()
  }

  async end(): Promise<void> {
    await this.crash()
    rmSync(this.dataDir, { recursive: true, force: true })
  }

  /** A screen watches the lane until `turnAway`. */
  watch(lane = 'main'): void {
    this.#stops.set(
      lane,
      this.kiosk.watchLane(lane, () => undefined),
    )
  }

  turnAway(lane = 'main'): void {
    this.#stops.get(lane)?.()
    this.#stops.delete(lane)
  }

  async call(method: string, input: object): Promise<Result<LaneView>> {
    const answer = this.kiosk.dispatch(method, input) as Promise<Result<LaneView>>
    await settled()
    return answer
  }

  /** The attendant's contract, by whoever has this session. */
  async desk<M extends AttendantMethod>(
    method: M,
    input: AttendantInputOf<M>,
    session = '',
  ): Promise<Result<AttendantOutputOf<M>, DeskFailure>> {
    const answer = await this.kiosk.desk(method, { ...input, session })
    await settled()
    return answer as Result<AttendantOutputOf<M>, DeskFailure>
  }

  /** The first start: a manager, who is in. */
  async manager(pin = '271828'): Promise<string> {
    const answer = await this.desk('setUp', { lane: 'main', name: '店長', pin })
    if (!answer.ok) throw new Error(answer.failure.kind)
    return answer.value.token
  }

  async signIn(pin: string, lane = 'main'): Promise<string> {
    const answer = await this.desk('signIn', { lane, pin })
    if (!answer.ok) throw new Error(answer.failure.kind)
    return answer.value.token
  }

  /** One more person who may use the desk, written by the till's own hand; it is read at the next start. */
  async addPerson(name: string, role: Role, pin: string): Promise<void> {
    const staff = await Staff.read({
      ledger: this.ledger,
      random: systemRandom,
      nowMs: () => this.clock.nowMs(),
      pinHash: quickPinHash,
    })
    await staff.add({ name, role, pin, by: 'u1' })
    await this.crash()
    await this.boot()
    await this.clock.pass(1_000)
  }

  /** A sale from the first tap to the empty lane. */
  async sold(lane = 'main', order?: InputOf<'startCheckout'>['order']): Promise<Checkout> {
    const checkout = await this.sell(lane, order)
    this.simulator.phone(this.code(), 'approve')
    await this.clock.pass(3_000)
    await this.act('leaveCheckout', checkout, {}, lane)
    this.turnAway(lane)
    return checkout
  }

  /** A customer buys one tea, ¥160, and sees its code. */
  async sell(
    lane = 'main',
    order: InputOf<'startCheckout'>['order'] = { kind: 'cart', lines: [{ productId: 'tea', quantity: 1 }] },
  ): Promise<Checkout> {
    this.watch(lane)
    const answer = await this.call('startCheckout', { lane, order, locale: 'ja' })
    if (!answer.ok) throw new Error(`the sale did not start: ${JSON.stringify(answer.failure)}`)
    return this.checkout(lane)
  }

  async view(lane = 'main'): Promise<LaneView> {
    const answer = await this.call('getLane', { lane })
    if (!answer.ok) throw new Error(answer.failure.kind)
    return answer.value
  }

  async checkout(lane = 'main'): Promise<Checkout> {
    const { checkout } = await this.view(lane)
    if (!checkout) throw new Error('the lane has no checkout')
    return checkout
  }

  async status(lane = 'main'): Promise<CheckoutStatus | 'free'> {
    return (await this.view(lane)).checkout?.status ?? 'free'
  }

  act(
    method: 'stopCheckout' | 'retryCheckout' | 'leaveCheckout' | 'checkNow',
    checkout: Checkout,
    extra: object = {},
    lane = 'main',
  ): Promise<Result<LaneView>> {
    return this.call(method, { lane, checkoutId: checkout.checkoutId, ...extra })
  }

  /** The newest code that PayPay has out. */
  code(): string {
    const [code] = this.simulator.codes()
    if (!code) throw new Error('PayPay has no code')
    return code.codeId
  }

  faults(...faults: (Partial<Fault> & Pick<Fault, 'what'>)[]): void {
    this.simulator.faults.set(faultList.parse(faults))
  }

  switch(changes: Partial<Switches>): void {
    this.simulator.switches = switches.parse({ ...this.simulator.switches, ...changes })
  }

  async facts(checkoutId: string): Promise<CheckoutFact[]> {
    return (await this.ledger.factsOf(checkoutId)) as unknown as CheckoutFact[]
  }

  async outcome(checkoutId: string): Promise<string | null> {
    const facts = await this.facts(checkoutId)
    const reached = facts.find(fact => fact.type === 'outcomeReached')
    return reached?.type === 'outcomeReached' ? reached.data.outcome : null
  }

  /** Somebody gives money back in PayPay's own tool, past this till. */
  async refundElsewhere(paymentId: string, amountYen: number): Promise<boolean> {
    const paypay = createPaypayClient({
      transport: this.#transport(),
      credentials: { apiKey: keys.apiKey, apiSecret: new Secret(keys.apiSecret) },
      clock: this.clock,
      nonce: () => systemRandom.word(8),
    })
    const answer = await paypay.refundPayment({
      merchantRefundId: `elsewhere-${systemRandom.word(4)}`,
      paymentId,
      amountYen,
    })
    return answer.sure === 'known'
  }

  /** What PayPay keeps for us, and what we believe to have sold. Equal, to the yen, whenever nothing is open. */
  async books(): Promise<{ paypayKeepsYen: number; deliveredYen: number; open: number }> {
    const { deliveredYen, givenBackYen, open } = await this.ledger.totals()
    const { keptYen } = this.simulator.bookReport()
    return { paypayKeepsYen: keptYen, deliveredYen: deliveredYen - givenBackYen, open }
  }

  #transport(): Transport {
    const generation = this.#generation
    const dead = new Promise<never>(() => undefined)
    return {
      send: request =>
        new Promise(resolve => {
          const answer = (value: Awaited<ReturnType<Transport['send']>>): void => {
            if (generation === this.#generation) resolve(value)
          }
          if (this.away) return answer({ kind: 'none', why: 'network', detail: 'ECONNREFUSED' })
          const late = this.clock.after(request.timeoutMs, () =>
            answer({ kind: 'none', why: 'timeout', detail: 'no answer' }),
          )
          const headers = Object.fromEntries(
            Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
          )
          void this.simulator
            .handle({ ...request, headers, body: request.body ?? Buffer.alloc(0) })
            .then(reply => {
              if (reply.kind === 'hang') return dead
              late()
              answer(reply.kind === 'cut' ? { kind: 'none', why: 'network', detail: 'ECONNRESET' } : reply)
              return undefined
            })
          return undefined
        }),
      close: async () => undefined,
    }
  }
}
