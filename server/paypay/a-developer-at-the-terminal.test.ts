import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../core/clock.ts'
import { httpTransport } from '../../core/paypay/http.ts'
import { Secret } from '../../core/secret.ts'
import { type RunningSimulator, startSimulator } from '../../simulator/http.ts'
import { examine, type Finding } from './doctor.ts'
import { readCommand, Usage } from './options.ts'

// A developer tries PayPay from a terminal: JSON to read on, a sentence where it failed, and never a secret.

const keys = { apiKey: 'terminal-key', apiSecret: 'canary-secret-word' }
const env = { KAIKEI_API_KEY: keys.apiKey, KAIKEI_API_SECRET: keys.apiSecret }
const amount = { amount: 160, currency: 'JPY' }

let paypay: RunningSimulator
let folder: string
beforeAll(async () => {
  paypay = await startSimulator({ port: 0, ...keys })
  folder = mkdtempSync(join(tmpdir(), 'kaikei-terminal-'))
})
afterAll(async () => {
  await paypay.close()
  rmSync(folder, { recursive: true })
})

type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

/** As `npm run paypay --` starts it. */
function run(args: readonly string[], given: Record<string, string> = env): Promise<Ended> {
  const child = spawn(process.execPath, [new URL('main.ts', import.meta.url).pathname, ...args], {
    env: given,
  })
  const told = { stdout: '', stderr: '' }
  child.stdout.on('data', chunk => (told.stdout += String(chunk)))
  child.stderr.on('data', chunk => (told.stderr += String(chunk)))
  return new Promise(resolve => child.on('close', code => resolve({ code, ...told })))
}

describe('a call', () => {
  it('that PayPay agrees to is JSON, and ends with 0', async () => {
    const input = JSON.stringify({ merchantPaymentId: 'terminal-1', amount })
    const { code, stdout, stderr } = await run(['createCode', '--url', paypay.paypayUrl, '--json', input])
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      code: 'SUCCESS',
      data: { merchantPaymentId: 'terminal-1' },
    })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  it('that PayPay refuses has a sentence, and ends with 1', async () => {
    const input = JSON.stringify({ merchantPaymentId: 'nobody' })
    const { code, stdout, stderr } = await run(['getPayment', '--url', paypay.paypayUrl, '--json', input])
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, failure: { kind: 'refused', by: 'paypay' } })
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'No payment and no live code exist under this id.\n',
    })
  })

  it('shows the secret nowhere, not even where PayPay does not take it', async () => {
    const wrong = { ...env, KAIKEI_API_SECRET: 'another-secret-word' }
    const { code, stdout, stderr } = await run(['doctor', '--url', paypay.paypayUrl], wrong)
    expect(code).toBe(1)
    expect(stdout).toContain('WRONG keys: PayPay refuses the till.')
    expect(stdout + stderr).not.toContain('another-secret-word')
  })

  it('takes keys from a file that nobody else may read', async () => {
    const file = join(folder, 'keys.json')
    writeFileSync(file, JSON.stringify(keys))
    chmodSync(file, 0o644)
    const args = ['doctor', '--url', paypay.paypayUrl, '--keys-file', file]
    const open = await run(args, {})
    expect(open).toMatchObject({ code: 2, stderr: expect.stringContaining(`chmod 600 ${file}`) })
    expect(open.stderr).not.toContain(keys.apiSecret)
    chmodSync(file, 0o600)
    expect(await run(args, {})).toMatchObject({ code: 0, stdout: expect.stringContaining('ok    keys') })
  })

  it('without keys says where they belong', async () => {
    const { code, stderr } = await run(['doctor', '--url', paypay.paypayUrl], {})
    expect(code).toBe(2)
    expect(stderr).toContain('put KAIKEI_API_KEY and KAIKEI_API_SECRET into the environment')
  })
})

describe('a command line that cannot be', () => {
  it.each<readonly [string, readonly string[]]>([
    ['"pay" is no function of PayPay’s', ['pay']],
    ['"getPayment" is too much', ['doctor', 'getPayment']],
    ['--env is "LIVE": use one of PROD, STAGING, PERF', ['doctor', '--env', 'LIVE']],
    ['give --env or --url, not both', ['doctor', '--env', 'PROD', '--url', 'http://127.0.0.1:1']],
    ['api.paypay.ne.jp is a host that PayPay has given up', ['doctor', '--url', 'https://api.paypay.ne.jp']],
    ['without TLS only a simulator on this machine', ['doctor', '--url', 'http://192.0.2.1']],
    ['--json is no JSON', ['getPayment', '--json', '{']],
    ["Unknown option '--key'", ['doctor', '--key', 'x']],
  ])('%s', (words, args) => {
    expect(() => readCommand(args)).toThrow(Usage)
    expect(() => readCommand(args)).toThrow(words)
  })

  it('goes to the sandbox unless it says otherwise', () => {
    expect(readCommand(['doctor'])).toMatchObject({
      to: { environment: 'STAGING', baseUrl: 'https://apigw.sandbox.paypay.ne.jp' },
    })
    expect(readCommand(['doctor', '--env', 'PROD'])).toMatchObject({
      to: { baseUrl: 'https://apigw.paypay.ne.jp' },
    })
  })
})

describe('the doctor', () => {
  const examined = async (
    baseUrl: string,
    { apiSecret = keys.apiSecret, aheadMs = 0 } = {},
  ): Promise<Record<string, Finding['state']>> => {
    const transport = httpTransport({ baseUrl })
    const clock = { ...systemClock, nowMs: () => systemClock.nowMs() + aheadMs }
    const credentials = { apiKey: keys.apiKey, apiSecret: new Secret(apiSecret) }
    const findings = await examine(
      { transport, clock, credentials, nonce: () => Math.random().toString(36).slice(2, 10) },
      { baseUrl, id: 'doctor-1' },
    )
    await transport.close()
    return Object.fromEntries(findings.map(({ check, state }) => [check.replace(/:.*/, ''), state]))
  }
  const found = (reachability: string, tls: string, clock: string, keysAre: string, permission: string) => ({
    reachability,
    tls,
    clock,
    keys: keysAre,
    permission,
  })

  it('finds nothing where all is well', async () => {
    expect(await examined(paypay.paypayUrl)).toEqual(found('fine', 'fine', 'fine', 'fine', 'fine'))
  })

  it('finds a wrong secret', async () => {
    expect(await examined(paypay.paypayUrl, { apiSecret: 'wrong' })).toEqual(
      found('fine', 'fine', 'fine', 'wrong', 'unseen'),
    )
  })

  it('finds a clock that is four minutes fast, which PayPay calls a wrong key', async () => {
    expect(await examined(paypay.paypayUrl, { aheadMs: 240_000 })).toEqual(
      found('fine', 'fine', 'wrong', 'wrong', 'unseen'),
    )
  })

  it('finds that nobody is there', async () => {
    expect(await examined('http://127.0.0.1:9')).toEqual(
      found('wrong', 'unseen', 'unseen', 'unseen', 'unseen'),
    )
  })

  it('finds a certificate of nobody’s', async () => {
    const overTls = await startSimulator({ port: 0, ...keys, tls: true })
    expect(await examined(overTls.paypayUrl)).toEqual(found('fine', 'wrong', 'unseen', 'unseen', 'unseen'))
    await overTls.close()
  })

  it('finds a login page in PayPay’s place', async () => {
    paypay.simulator.faults.set([
      { endpoint: 'any', what: { kind: 'body', body: '<html>Welcome</html>', applied: false } },
    ])
    expect(await examined(paypay.paypayUrl)).toEqual(found('wrong', 'fine', 'unseen', 'unseen', 'unseen'))
    paypay.simulator.faults.set([])
  })

  it('finds what the contract does not cover', async () => {
    const refused = { kind: 'status', status: 401, code: 'OP_OUT_OF_SCOPE', codeId: '08100023' } as const
    paypay.simulator.faults.set([{ endpoint: 'getPayment', what: refused }])
    expect(await examined(paypay.paypayUrl)).toMatchObject({ keys: 'fine' })
    paypay.simulator.faults.set([])
  })
})
