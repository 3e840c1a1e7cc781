import type { PaypayMode } from '../../shared/checkout.ts'
import type { DeskFailure } from '../../shared/desk.ts'
import type { KeysState, KeysVerdict } from '../../shared/keys.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../clock.ts'
import { PROBE_TIMEOUT_MS } from '../health.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { type AnswerObserver, type Credentials, createPaypayClient, faultOfKeys } from '../paypay/client.ts'
import type { KeyRing } from '../paypay/keyRing.ts'
import { isTlsFault, type Transport } from '../paypay/transport.ts'
import type { Random } from '../random.ts'
import { Secret } from '../secret.ts'
import type { DeskHandlers } from './desk.ts'
import { SHOP_STREAM, type ShopFact } from './facts.ts'

/** Where the merchant's keys outlive a start, as a port of the host. Rejects in words that show no key. */
export type KeyStore = {
  /** Null: none are kept. */
  read(): Promise<Credentials | null>
  write(credentials: Credentials): Promise<void>
}

type Given = { readonly apiKey: string; readonly apiSecret: string; readonly merchantId: string | null }
type Ports = {
  readonly mode: PaypayMode
  readonly keyRing: KeyRing
  readonly hasOpenMoney: () => boolean
  /** Nobody starts to pay while `change` is under way. */
  readonly withoutSales: <T>(change: () => Promise<T>) => Promise<T>
  readonly store: KeyStore | null
  readonly ledger: Ledger
  readonly transport: Transport
  /** The machine's own, which signs. */
  readonly clock: Clock
  /** For facts. */
  readonly nowMs: () => number
  readonly random: Random
  readonly nameOf: (userId: string) => string
}

const KEYS_STREAM = `${SHOP_STREAM}-keys`

/** PayPay's keys: they go in, and are tried, and never come out. */
export function keysHandlers(ports: Ports): Pick<DeskHandlers, 'getKeys' | 'setKeys' | 'testKeys'> {
  const { mode, store, ledger, nowMs } = ports

  async function state(): Promise<Result<KeysState, DeskFailure>> {
    if (!store) return fail({ kind: 'noFiles' })
    const kept = await reading(store)
    if (!kept.ok) return kept
    const needed = mode !== 'training'
    if (!kept.value) return ok({ needed, kept: null })
    const last4 = lastFour(kept.value.apiKey)
    const fact = (await ledger.lastFactOf(KEYS_STREAM)) as unknown as ShopFact | null
    // The store may have been filled by another till's desk, or by another mode's.
    const isOurs = fact?.type === 'keysSet' && fact.data.last4 === last4
    const sinceMs = isOurs ? fact.atMs : null
    return ok({
      needed,
      kept: { last4, sinceMs, by: isOurs && fact.data.by !== null ? ports.nameOf(fact.data.by) : null },
    })
  }

  async function set(
    keys: Given,
    sameMerchant: boolean,
    by: string,
  ): Promise<Result<KeysState, DeskFailure>> {
    if (!store) return fail({ kind: 'noFiles' })
    const credentials = credentialsOf(keys)
    const fault = faultOfKeys(credentials)
    if (fault !== null) return fail({ kind: 'badKeys', says: fault })
    // Another merchant's keys find nothing of what was paid under these, and the till would take it for never paid.
    const isInUse = mode !== 'training' && ports.keyRing.current !== null
    if (isInUse && ports.hasOpenMoney() && !sameMerchant) return fail({ kind: 'moneyOpen' })
    try {
      // The store first: a fact of keys that were not kept would send somebody looking for them.
      await store.write(credentials)
    } catch (error) {
      return fail({ kind: 'notKept', says: error instanceof Error ? error.message : String(error) })
    }
    if (mode !== 'training') ports.keyRing.put(credentials)
    const last4 = lastFour(keys.apiKey)
    const data = { last4, by, ...(sameMerchant ? { sameMerchant: true as const } : {}) }
    const fact: ShopFact = { type: 'keysSet', atMs: nowMs(), data }
    await ledger.append([{ checkoutId: KEYS_STREAM, ...fact }])
    return state()
  }

  return {
    getKeys: state,
    setKeys: ({ keys, sameMerchant = false }, { user }) =>
      ports.withoutSales(() => set(keys, sameMerchant, user.userId)),
    async testKeys({ keys }) {
      if (mode === 'training') return ok({ kind: 'training' })
      if (!keys && !store) return fail({ kind: 'noFiles' })
      const kept = keys || !store ? ok(null) : await reading(store)
      if (!kept.ok) return kept
      const credentials = keys ? credentialsOf(keys) : kept.value
      if (!credentials) return ok({ kind: 'noKeys' })
      const fault = faultOfKeys(credentials)
      return fault === null ? ok(await tried(ports, credentials)) : fail({ kind: 'badKeys', says: fault })
    },
  }
}

/** Keys that a host has just put into its store, at its start, are written down as those of the desk are. */
export async function noteImport(ledger: Ledger, kept: Credentials, atMs: number): Promise<void> {
  const fact: ShopFact = { type: 'keysSet', atMs, data: { last4: lastFour(kept.apiKey), by: null } }
  await ledger.append([{ checkoutId: KEYS_STREAM, ...fact }])
}

/** One signed read of an id that nobody uses: PayPay answers it only to those whose keys are right. */
async function tried({ transport, clock, random }: Ports, credentials: Credentials): Promise<KeysVerdict> {
  const heard: Parameters<AnswerObserver>[0][] = []
  const paypay = createPaypayClient({
    // The connections are the till's, and stay open.
    transport: { send: request => transport.send(request), close: async () => undefined },
    credentials,
    clock,
    nonce: () => random.word(8),
    observe: observed => void heard.push(observed),
  })
  await paypay.getPayment({
    merchantPaymentId: `doctor-${random.word(8)}`,
    amountYen: 1,
    timeoutMs: PROBE_TIMEOUT_MS,
  })
  const answer = heard[0]
  if (!answer) return { kind: 'notNow' }
  const { health, says, evidence, paypayAheadMs } = answer
  switch (health) {
    case 'fine':
      return { kind: 'right' }
    case 'refused':
      return { kind: 'refused', code: evidence.code }
    case 'clockWrong':
      return { kind: 'clockOff', aheadMs: paypayAheadMs }
    case 'unreachable':
      return isTlsFault(says) ? { kind: 'tls', says } : { kind: 'unreachable', says }
    case 'maintenance':
    case 'busy':
      return { kind: 'notNow' }
    default:
      return health satisfies never
  }
}

function credentialsOf({ apiKey, apiSecret, merchantId }: Given): Credentials {
  const rest = merchantId === null ? {} : { merchantId: merchantId.trim() }
  return { apiKey: apiKey.trim(), apiSecret: new Secret(apiSecret.trim()), ...rest }
}

async function reading(store: KeyStore): Promise<Result<Credentials | null, DeskFailure>> {
  try {
    return ok(await store.read())
  } catch (error) {
    return fail({ kind: 'notKept', says: error instanceof Error ? error.message : String(error) })
  }
}

function lastFour(apiKey: string): string {
  // Of a short word four characters would be most of it.
  const trimmed = apiKey.trim()
  return trimmed.length >= 12 ? trimmed.slice(-4) : ''
}
