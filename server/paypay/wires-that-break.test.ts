import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../core/clock.ts'
import { httpTransport } from '../../core/paypay/http.ts'
import { type Opa, openOpa } from '../../core/paypay/opa/client.ts'
import { documented } from '../../core/paypay/opa/documented.ts'
import { type Endpoint, echoed } from '../../core/paypay/opa/endpoint.ts'
import { examples } from '../../core/paypay/opa/examples.ts'
import { type FunctionName, functionNames, table } from '../../core/paypay/opa/table.ts'
import { Secret } from '../../core/secret.ts'
import { type Certificates, makeCertificates } from '../../simulator/certificates.ts'
import { type BrokenWire, brokenWires, openWire, type Whole } from './brokenWires.ts'

// Every function over every broken wire, on real sockets with TLS and with PayPay's own timeouts: each settles in time, as what it
// is, and none as a success. Those that hang wait side by side, so all of it takes as long as the longest timeout.

let certificates: Certificates
let strangers: Certificates
beforeAll(async () => {
  certificates = await makeCertificates()
  strangers = await makeCertificates()
})
afterAll(() => {
  certificates.discard()
  strangers.discard()
})

const LATE_MS = 1_000

type Settled = {
  readonly name: FunctionName
  readonly tookMs: number
  readonly outcome: Awaited<ReturnType<Opa['getPayment']>>
}

/** Every function once over this wire, each on a connection of its own. */
async function overWire(wire: BrokenWire, names: readonly FunctionName[]): Promise<Settled[]> {
  const isForged = wire.break.at === 'certificate'
  const running = await openWire(wire, isForged ? strangers : certificates, wholeFor)
  const settled = await Promise.all(
    names.map(async name => {
      const transport = httpTransport({
        baseUrl: running.baseUrl,
        ca: readFileSync(certificates.caFile, 'utf8'),
      })
      const opa = openOpa({
        transport,
        credentials: { apiKey: 'key', apiSecret: new Secret('secret') },
        clock: systemClock,
        nonce: () => 'nonce-1',
      })
      const call = opa[name] as (input: unknown) => ReturnType<Opa['getPayment']>
      const startMs = performance.now()
      const outcome = await call(examples[name])
      const tookMs = performance.now() - startMs
      await opa.close()
      return { name, tookMs, outcome }
    }),
  )
  await running.close()
  return settled
}

/** What PayPay would say to a request, found as PayPay finds it: by method and path. */
function wholeFor(method: string, url: string): Whole {
  const name = functionNames.find(one => {
    const { method: its, path } = table[one]
    return its === method && new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}(\\?|$)`).test(url)
  })
  if (!name) throw new Error(`${method} ${url} is no endpoint of PayPay’s`)
  const { status, code, data } = documented[name]
  return { status, body: JSON.stringify({ resultInfo: { code, message: code, codeId: '1' }, data }) }
}

/** Functions whose answer has nothing in it that such a wire could spoil. */
function touched(wire: BrokenWire): FunctionName[] {
  const broken = wire.break
  if (broken.at !== 'data') return [...functionNames]
  return functionNames.filter(name => {
    const data = documented[name].data as Record<string, unknown> | null
    const spoiled = data && broken.spoil(data)
    if (!spoiled) return false
    if (wire.name.startsWith('a word')) return !undocumentedWords.includes(name)
    const { echoes }: Endpoint = table[name]
    return echoes.some(
      place => JSON.stringify(echoed(data, place)) !== JSON.stringify(echoed(spoiled, place)),
    )
  })
}
/** PayPay documents no words for the state of a top-up. */
const undocumentedWords: readonly FunctionName[] = ['createTopupCode', 'getTopup']

it('is all of the list', () => {
  expect(brokenWires).toHaveLength(28)
  for (const wire of brokenWires) expect(touched(wire).length, wire.name).toBeGreaterThan(5)
})

function expectSettled(wire: BrokenWire, settled: readonly Settled[]): void {
  for (const { name, tookMs, outcome } of settled) {
    const at = `${name} over ${wire.name}`
    expect(outcome.ok, at).toBe(false)
    if (!outcome.ok) expect(outcome.failure.kind, at).toBe(wire.kind)
    expect(tookMs, at).toBeLessThan(table[name].timeoutMs + LATE_MS)
    // A wire that hangs is given all of the time that PayPay may take.
    if (wire.hangs) expect(tookMs, at).toBeGreaterThan(table[name].timeoutMs - 50)
  }
}

describe('every function', () => {
  it.each(brokenWires.filter(({ hangs }) => !hangs))('over $name: $kind', async wire => {
    expectSettled(wire, await overWire(wire, touched(wire)))
  })

  it('over every wire that hangs: unknown, within its timeout and a second', {
    timeout: 60_000,
  }, async () => {
    const hanging = brokenWires.filter(({ hangs }) => hangs)
    const settled = await Promise.all(
      hanging.map(async wire => [wire, await overWire(wire, touched(wire))] as const),
    )
    for (const [wire, one] of settled) expectSettled(wire, one)
  })

  it('over a sound wire succeeds, with fields too that nobody knows yet', async () => {
    const sound: BrokenWire = {
      name: 'sound',
      kind: 'unknown',
      break: { at: 'data', spoil: data => ({ ...data, aFieldOfTomorrow: { x: 1 } }) },
    }
    const settled = await overWire(sound, functionNames)
    expect(settled.filter(({ outcome }) => !outcome.ok)).toEqual([])
  })
})
