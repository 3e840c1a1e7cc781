import { createHash, timingSafeEqual } from 'node:crypto'
import { fail, ok, type Result } from '../../shared/result.ts'
import type {
  NetworkState,
  PairedScreen,
  PairingCode,
  PairingRefusal,
  PairingWish,
  ScreensState,
} from '../../shared/screens.ts'
import type { Clock } from '../clock.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Random } from '../random.ts'
import { PairingCodes } from './codes.ts'
import { SCREENS_STREAM, type ScreenFact } from './facts.ts'

/** More than a shop has; each costs a line of the list and a few open connections. */
export const MOST_SCREENS = 64

type Known = Pick<PairedScreen, 'screenId' | 'name' | 'lane' | 'kind' | 'desk' | 'pairedAtMs'> & {
  readonly tokenHash: string
}
type Ports = { readonly ledger: Ledger; readonly clock: Clock; readonly random: Random }

const OFF: NetworkState = { on: false, urls: [], fingerprint: null, fault: null }

/** Screens of the network that are this till's: the fold of the `screens` stream. A token is `screenId.secret`. */
export class PairedScreens {
  readonly #ports: Ports
  readonly #codes: PairingCodes
  readonly #known = new Map<string, Known>()
  readonly #seenAtMs = new Map<string, number>()
  /** By screen, how many lines to it are open. */
  readonly #lines = new Map<string, number>()
  readonly #onRevoked = new Set<(screenId: string) => void>()
  #count = 0
  #writing: Promise<unknown> = Promise.resolve()
  #network: NetworkState = OFF

  private constructor(ports: Ports) {
    this.#ports = ports
    this.#codes = new PairingCodes(ports)
  }

  static async read(ports: Ports): Promise<PairedScreens> {
    const screens = new PairedScreens(ports)
    for (const fact of await ports.ledger.factsOf(SCREENS_STREAM))
      screens.#apply(fact as unknown as ScreenFact)
    return screens
  }

  /** How the host answers on the network; it says so whenever that changes. */
  set network(network: NetworkState) {
    this.#network = network
  }

  state(): ScreensState {
    const screens = [...this.#known.values()].map(({ tokenHash: _, ...screen }) => ({
      ...screen,
      seenAtMs: this.#seenAtMs.get(screen.screenId) ?? null,
      connected: (this.#lines.get(screen.screenId) ?? 0) > 0,
    }))
    return { network: this.#network, screens }
  }

  makeCode(wish: PairingWish, by: string | null): PairingCode {
    // Nobody serves a customer at a screen that only shows.
    return this.#codes.make({ ...wish, desk: wish.desk && wish.kind === 'till' }, by)
  }

  /** Pairs whoever typed the code. The token is said here, once, and kept nowhere. */
  pair(
    code: string,
    address: string,
  ): Promise<Result<{ readonly token: string; readonly screen: PairedScreen }, PairingRefusal>> {
    return this.#inTurn(async () => {
      if (this.#known.size >= MOST_SCREENS) return fail({ kind: 'tooManyScreens', most: MOST_SCREENS })
      const used = this.#codes.use(code, address)
      if (!used.ok) return used
      const { wish, by } = used.value
      const secret = this.#ports.random.word(32)
      const screenId = `s${this.#count + 1}`
      await this.#write({
        type: 'screenPaired',
        atMs: this.#ports.clock.nowMs(),
        data: { screenId, ...wish, tokenHash: hashOf(secret).toString('hex'), by },
      })
      const screen = this.state().screens.find(one => one.screenId === screenId)
      if (!screen) throw new Error('a screen that was written down is known')
      return ok({ token: `${screenId}.${secret}`, screen })
    })
  }

  /** Whose token this is; null: nobody's, or of a screen that was revoked. */
  whose(token: string): Known | null {
    const [screenId = '', secret = ''] = token.split('.', 2)
    const known = this.#known.get(screenId)
    if (!known || !timingSafeEqual(Buffer.from(known.tokenHash, 'hex'), hashOf(secret))) return null
    this.#seenAtMs.set(screenId, this.#ports.clock.nowMs())
    return known
  }

  /** A line to the screen is open; the answer says that it is gone. */
  lineOpened(screenId: string): () => void {
    const count = (by: number) => this.#lines.set(screenId, (this.#lines.get(screenId) ?? 0) + by)
    count(1)
    return () => {
      count(-1)
      if (this.#known.has(screenId)) this.#seenAtMs.set(screenId, this.#ports.clock.nowMs())
      else this.#lines.delete(screenId)
    }
  }

  /** `false`: there is no such screen (any more). */
  revoke(screenId: string, by: string | null): Promise<boolean> {
    return this.#inTurn(async () => {
      const known = this.#known.get(screenId)
      if (!known) return false
      const data = { screenId, name: known.name, by }
      await this.#write({ type: 'screenRevoked', atMs: this.#ports.clock.nowMs(), data })
      for (const listener of this.#onRevoked) listener(screenId)
      return true
    })
  }

  /** Called with each screen that is revoked; the answer ends it. */
  onRevoked(listener: (screenId: string) => void): () => void {
    this.#onRevoked.add(listener)
    return () => void this.#onRevoked.delete(listener)
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#writing.then(act)
    this.#writing = done.catch(() => undefined)
    return done
  }

  async #write(fact: ScreenFact): Promise<void> {
    await this.#ports.ledger.append([{ checkoutId: SCREENS_STREAM, ...fact }])
    this.#apply(fact)
  }

  #apply(fact: ScreenFact): void {
    switch (fact.type) {
      case 'screenPaired': {
        const { by: _, ...screen } = fact.data
        this.#known.set(screen.screenId, { ...screen, pairedAtMs: fact.atMs })
        this.#count += 1
        break
      }
      case 'screenRevoked':
        this.#known.delete(fact.data.screenId)
        this.#seenAtMs.delete(fact.data.screenId)
        break
      default:
        fact satisfies never
    }
  }
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
