import { readFileSync } from 'node:fs'
import { globalAgent } from 'node:https'
import { performance } from 'node:perf_hooks'
import { setDefaultCACertificates } from 'node:tls'
import sdk from '@paypayopa/paypayopa-sdk-node'
import { systemClock } from '../../core/clock.ts'
import { authorization } from '../../core/paypay/auth.ts'
import { httpTransport } from '../../core/paypay/http.ts'
import { openOpa } from '../../core/paypay/opa/client.ts'
import { prepare } from '../../core/paypay/opa/prepare.ts'
import { systemRandom } from '../../core/random.ts'
import { Secret } from '../../core/secret.ts'
import { KEYS, startSimulator } from '../../e2e/host.ts'
import { median } from './measure.ts'

/** Building and signing may take so much of the SDK's time, and a connection has to carry so many times its requests. */
export const MOST_SIGNING_RATIO = 0.2
export const LEAST_REQUESTS_RATIO = 2
const ROUNDS = 15
const SIGNED_A_ROUND = 4_000
const REQUESTS_A_ROUND = 1_000

export type ClientBench = {
  /** Median of the rounds, of one request, µs. */
  readonly signing: { readonly oursUs: number; readonly sdkUs: number; readonly ratio: number }
  /** Median of the rounds, of one connection that is kept. */
  readonly requests: { readonly oursPerS: number; readonly sdkPerS: number; readonly ratio: number }
}

export function clientInWords({ signing, requests }: ClientBench): string {
  return `building and signing a request, median of ${ROUNDS} rounds of ${SIGNED_A_ROUND}
  ${signing.oursUs.toFixed(1)} µs, PayPay's SDK ${signing.sdkUs.toFixed(1)} µs, ratio ${signing.ratio} (at most ${MOST_SIGNING_RATIO})
requests a second on one connection to the same simulator over TLS, one after the other, median of ${ROUNDS} rounds of ${REQUESTS_A_ROUND}
  ${Math.round(requests.oursPerS)}, PayPay's SDK ${Math.round(requests.sdkPerS)}, ratio ${requests.ratio} (at least ${LEAST_REQUESTS_RATIO})`
}

const keys = { clientId: KEYS.KAIKEI_API_KEY, clientSecret: KEYS.KAIKEI_API_SECRET }
const order = {
  merchantPaymentId: 'order-1',
  amount: { amount: 160, currency: 'JPY' },
  codeType: 'ORDER_QR',
  orderDescription: '緑茶 600ml',
  isAuthorization: false,
}

/** Our client and PayPay's Node SDK, in turn in one run of one process. */
export async function client(tell: (says: string) => void): Promise<ClientBench> {
  tell('building and signing')
  const signing = bySigning()
  tell('requests to the simulator')
  const requests = await byRequests()
  return { signing, requests }
}

function bySigning(): ClientBench['signing'] {
  let sink = 0
  const ours = (): void => {
    const prepared = prepare('createCode', order, Math.floor(Date.now() / 1000))
    if (!prepared.ok || !prepared.request.body) throw new Error('the bench’s order is refused')
    const body = Buffer.from(JSON.stringify(prepared.request.body))
    sink += authorization({
      apiKey: keys.clientId,
      apiSecret: keys.clientSecret,
      method: 'POST',
      path: prepared.request.path,
      nonce: systemRandom.word(8),
      epochS: Math.floor(Date.now() / 1000),
      contentType: 'application/json',
      body,
    }).length
  }
  // The SDK's own work up to the socket: its HTTP client is taken out, and makes the text that it would send.
  const peer = new sdk.PayPayRestSDK()
  peer.setHttpsClient({
    httpsCall: (options: { headers: Record<string, string> }, payload: unknown) => {
      sink += JSON.stringify(payload).length + (options.headers.Authorization?.length ?? 0)
    },
    printDebugMessage: () => undefined,
  } as never)
  peer.configure(keys)
  const theirs = (): void => void peer.qrCodeCreate({ ...order })
  const [oursMs, sdkMs] = inTurn(ours, theirs)
  if (sink === 0) throw new Error('nothing was signed')
  return {
    oursUs: (oursMs * 1_000) / SIGNED_A_ROUND,
    sdkUs: (sdkMs * 1_000) / SIGNED_A_ROUND,
    ratio: rounded(oursMs / sdkMs),
  }
}

function inTurn(ours: () => void, theirs: () => void): [number, number] {
  const took = (work: () => void): number => {
    const startMs = performance.now()
    for (let times = 0; times < SIGNED_A_ROUND; times += 1) work()
    return performance.now() - startMs
  }
  const rounds = Array.from({ length: ROUNDS + 1 }, () => [took(ours), took(theirs)] as const).slice(1)
  return [median(rounds.map(([one]) => one)), median(rounds.map(([, one]) => one))]
}

async function byRequests(): Promise<ClientBench['requests']> {
  const simulator = startSimulator(['--tls'])
  try {
    const { paypayUrl, caFile } = await simulator.ready<{ paypayUrl: string; caFile: string }>()
    const ca = readFileSync(caFile, 'utf8')
    const opa = openOpa({
      transport: httpTransport({ baseUrl: paypayUrl, ca, maxSockets: 1 }),
      credentials: { apiKey: keys.clientId, apiSecret: new Secret(keys.clientSecret) },
      clock: systemClock,
      nonce: () => systemRandom.word(8),
    })
    const { hostname, port } = new URL(paypayUrl)
    // The SDK goes through Node's own agent, which keeps connections too. It trusts the simulator as it would trust PayPay: an
    // agent with certificates of its own would cost it some µs for each request.
    setDefaultCACertificates([ca])
    globalAgent.maxSockets = 1
    sdk.Configure({ ...keys, conf: new sdk.Conf({ hostName: hostname, portNumber: Number(port) }) })
    const made = await opa.createCode({
      merchantPaymentId: 'order-1',
      amount: { amount: 160, currency: 'JPY' },
    })
    if (!made.ok) throw new Error(made.failure.says)
    const ours = async (): Promise<boolean> => (await opa.getPayment({ merchantPaymentId: 'order-1' })).ok
    const theirs = async (): Promise<boolean> => (await sdk.GetCodePaymentDetails(['order-1'])).STATUS === 200
    const perS = async (call: () => Promise<boolean>): Promise<number> => {
      const startMs = performance.now()
      for (let times = 0; times < REQUESTS_A_ROUND; times += 1)
        if (!(await call())) throw new Error('a read failed, so nothing was measured')
      return (REQUESTS_A_ROUND * 1_000) / (performance.now() - startMs)
    }
    const rounds: [number, number][] = []
    for (let round = 0; round <= ROUNDS; round += 1) rounds.push([await perS(ours), await perS(theirs)])
    await opa.close()
    globalAgent.destroy()
    const oursPerS = median(rounds.slice(1).map(([one]) => one))
    const sdkPerS = median(rounds.slice(1).map(([, one]) => one))
    return { oursPerS, sdkPerS, ratio: rounded(oursPerS / sdkPerS) }
  } finally {
    await simulator.end()
  }
}

const rounded = (ratio: number): number => Math.round(ratio * 1_000) / 1_000
