import { clockInWords } from '../../core/paypay/answer.ts'
import type { Heard } from '../../core/paypay/exchange.ts'
import { type OpaOptions, openOpa } from '../../core/paypay/opa/client.ts'
import type { Failure } from '../../core/paypay/opa/failure.ts'
import { isTlsFault } from '../../core/paypay/transport.ts'

/** What one look found. `unseen`: it could not be looked at, because of what was found before. */
export type Finding = {
  readonly check: 'reachability' | 'tls' | 'clock' | 'keys' | `permission: ${string}`
  readonly state: 'fine' | 'wrong' | 'unseen'
  readonly says: string
}

/** PayPay refuses two minutes; from half of that on somebody should look. */
const DRIFT_MS = 60_000

/**
 * Tries a merchant's way to PayPay with reads of ids that nobody uses: nothing is made or moved. `baseUrl`: for the words alone.
 * `id`: a word that no payment of the merchant's has.
 */
export async function examine(
  options: OpaOptions,
  { baseUrl, id }: { readonly baseUrl: string; readonly id: string },
): Promise<readonly Finding[]> {
  const heard: Heard[] = []
  const opa = openOpa({ ...options, observe: one => void heard.push(one) })
  const first = await opa.getPayment({ merchantPaymentId: id })
  const failure = first.ok ? null : first.failure
  const wayThere = ofConnection(heard[0], baseUrl)
  const isThere = wayThere.every(({ state }) => state === 'fine')
  const findings: Finding[] = [...wayThere, ofClock(heard[0]), ofKeys(failure, isThere)]
  const isIn = findings.every(({ check, state }) => check === 'clock' || state === 'fine')
  const reads = {
    'dynamic QR': async () => failure,
    'native payments': async () => failureIn(await opa.getNativePayment({ merchantPaymentId: id })),
    'pending payments': async () => failureIn(await opa.getPendingPayment({ merchantPaymentId: id })),
    'account link': async () => failureIn(await opa.getUserAuthorization({ userAuthorizationId: id })),
    cashback: async () => failureIn(await opa.getCashback({ merchantCashbackId: id })),
  }
  for (const [what, read] of Object.entries(reads))
    findings.push(ofPermission(what, isIn ? await read() : 'unseen'))
  return findings
}

const failureIn = (outcome: { ok: true } | { ok: false; failure: Failure }): Failure | null =>
  outcome.ok ? null : outcome.failure

function ofConnection(heard: Heard | undefined, baseUrl: string): readonly Finding[] {
  const { host, protocol } = new URL(baseUrl)
  const overTls =
    protocol === 'https:' ? 'TLS is in order.' : 'Not used: this is a simulator on this machine.'
  if (heard?.kind === 'answer' && heard.answer.code !== null)
    return [
      { check: 'reachability', state: 'fine', says: `${host} answers.` },
      { check: 'tls', state: 'fine', says: overTls },
    ]
  if (heard?.kind === 'answer')
    return [
      {
        check: 'reachability',
        state: 'wrong',
        says: `Something answered under ${host} that is not PayPay (HTTP ${heard.answer.httpStatus}). Check for a proxy or a login page in the network, and whether PayPay has to allow this internet address.`,
      },
      { check: 'tls', state: 'fine', says: overTls },
    ]
  const detail = heard?.kind === 'none' ? heard.detail : 'nothing was sent'
  if (isTlsFault(detail))
    return [
      { check: 'reachability', state: 'fine', says: `${host} is there.` },
      {
        check: 'tls',
        state: 'wrong',
        says: `The connection to ${host} is not believed (${detail}). Check the clock, and for a proxy that opens TLS.`,
      },
    ]
  return [
    {
      check: 'reachability',
      state: 'wrong',
      says: `${host} cannot be reached (${detail}). Check the network and the firewall: HTTPS to port 443.`,
    },
    { check: 'tls', state: 'unseen', says: 'Could not be seen.' },
  ]
}

function ofClock(heard: Heard | undefined): Finding {
  const aheadMs = heard?.kind === 'answer' ? heard.answer.paypayAheadMs : null
  if (aheadMs === null) return { check: 'clock', state: 'unseen', says: 'PayPay’s clock could not be seen.' }
  const words = clockInWords(aheadMs)
  const says = `${words.charAt(0).toUpperCase()}${words.slice(1)}`
  return Math.abs(aheadMs) < DRIFT_MS
    ? { check: 'clock', state: 'fine', says }
    : { check: 'clock', state: 'wrong', says: `${says} Set the clock (NTP).` }
}

function ofKeys(failure: Failure | null, isThere: boolean): Finding {
  if (!isThere) return { check: 'keys', state: 'unseen', says: 'PayPay did not see them.' }
  if (failure?.kind === 'misconfigured' && failure.what !== 'contract')
    return { check: 'keys', state: 'wrong', says: failure.says }
  if (failure === null || failure.kind === 'refused' || failure.kind === 'misconfigured')
    return { check: 'keys', state: 'fine', says: 'PayPay knows them.' }
  return { check: 'keys', state: 'unseen', says: failure.says }
}

function ofPermission(what: string, failure: Failure | null | 'unseen'): Finding {
  const check = `permission: ${what}` as const
  if (failure === 'unseen') return { check, state: 'unseen', says: 'Could not be seen.' }
  if (failure?.kind === 'misconfigured') return { check, state: 'wrong', says: failure.says }
  if (failure === null || failure.kind === 'refused')
    return { check, state: 'fine', says: 'The contract covers it.' }
  return { check, state: 'unseen', says: failure.says }
}
