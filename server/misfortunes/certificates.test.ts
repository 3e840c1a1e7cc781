import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  type Certificate,
  certificateFile,
  certify,
  faultOf,
  proveAll,
} from '../../core/ledger/certificate.ts'
import { World } from './world.ts'

// Somebody doubts an outcome: the certificate shows it, from the facts and PayPay's answers, and cannot be made up.
const ledgerProgram = fileURLToPath(new URL('../../core/ledger/main.ts', import.meta.url))
let world: World
beforeEach(async () => {
  world = await World.open()
})
afterEach(() => world.end())

async function delivered(): Promise<string> {
  const { checkoutId } = await world.sell()
  world.simulator.phone(world.code(), 'approve')
  await world.clock.pass(90_000)
  return checkoutId
}

async function neverPayable(): Promise<string> {
  const checkout = await world.sell()
  await world.act('stopCheckout', checkout, { reason: 'customer' })
  await world.act('leaveCheckout', checkout)
  await world.clock.pass(30_000)
  return checkout.checkoutId
}

async function returned(): Promise<string> {
  const checkout = await world.sell()
  world.simulator.phone(world.code(), 'approve')
  await world.act('leaveCheckout', checkout)
  await world.clock.pass(30_000)
  return checkout.checkoutId
}

async function certificateOf(checkoutId: string): Promise<Certificate> {
  const certificate = await certify(world.ledger, checkoutId)
  if ('because' in certificate) throw new Error(certificate.because)
  return certificate
}

it.each([
  ['delivered', delivered, /COMPLETED .*HTTP 200, X-REQUEST-ID OPA/],
  ['neverPayable', neverPayable, /there is no payment .*HTTP 400, X-REQUEST-ID OPA/],
  ['returned', returned, /the payment was reversed: .*HTTP 200, X-REQUEST-ID OPA/],
] as const)(
  '%s: is shown by facts, PayPay’s answers and the chain, and stands up to a check',
  async (outcome, sale, says) => {
    const certificate = await certificateOf(await sale())
    expect(certificate.outcome).toBe(outcome)
    expect(certificate.proof.map(line => line.says).join('\n')).toMatch(says)
    expect(certificate.paypay.length).toBeGreaterThan(1)
    for (const answer of certificate.paypay) expect(answer.requestId).toMatch(/^OPA/)
    expect(certificateFile.parse(JSON.parse(JSON.stringify(certificate)))).toEqual(certificate)
    expect(await faultOf(certificate, world.ledger)).toBeNull()
  },
)

it.each<[string, (certificate: Certificate) => Certificate, RegExp]>([
  ['another outcome', one => ({ ...one, outcome: 'returned' }), /another certificate/],
  [
    'a word of a fact',
    one => changed(one, 'data', text => text.replace('160', '16')),
    /fact 1 is not what was hashed/,
  ],
  ['a time of a fact', one => changed(one, 'atMs', atMs => atMs + 1), /fact 1 is not what was hashed/],
  ['another place in the chain', one => changed(one, 'seq', () => 2), /fact 2 is not what was hashed/],
  ['a fact left out', one => ({ ...one, facts: one.facts.slice(1) }), /another certificate/],
  [
    'PayPay’s request id',
    one => ({ ...one, paypay: one.paypay.map(answer => ({ ...answer, requestId: 'OPA0' })) }),
    /another certificate/,
  ],
])('one with %s changed is found out', async (_what, change, fault) => {
  const certificate = await certificateOf(await delivered())
  expect(await faultOf(change(certificate), world.ledger)).toMatch(fault)
})

it('an outcome without proof is named by verify', async () => {
  const checkoutId = await neverPayable()
  await world.ledger.append([
    { ...(await world.ledger.factsOf(checkoutId))[0], checkoutId: 'made-up' } as never,
    {
      checkoutId: 'made-up',
      type: 'createIntended',
      atMs: 1,
      data: { merchantPaymentId: 'made-up-1', attempt: 1, amountYen: 160 },
    },
    { checkoutId: 'made-up', type: 'outcomeReached', atMs: 1, data: { outcome: 'delivered' } },
  ])
  const unproven: string[] = []
  expect(await proveAll(world.ledger, (id, missing) => void unproven.push(`${id}: ${missing}`))).toEqual({
    outcomes: 2,
  })
  expect(unproven).toEqual(['made-up: made-up-1: no cancel was answered'])
})

it('the command line prints it for a person and as JSON, and checks a file', async () => {
  const checkoutId = await delivered()
  const run = (...args: readonly string[]) =>
    promisify(execFile)(process.execPath, [ledgerProgram, ...args, '--data-dir', world.dataDir]).catch(
      (error: { stdout: string; stderr: string; code: number }) => error,
    )
  expect((await run('certificate', checkoutId)).stdout).toMatch(
    /delivered\.[\s\S]*What shows it:[\s\S]*goods were handed over[\s\S]*X-REQUEST-ID OPA/,
  )
  const { stdout } = await run('certificate', checkoutId, '--json')
  const file = join(world.dataDir, 'certificate.json')
  writeFileSync(file, stdout)
  expect((await run('verify', '--certificate', file)).stdout).toContain(
    `is right: checkout ${checkoutId} was delivered`,
  )
  writeFileSync(file, stdout.replace('"outcome":"delivered"', '"outcome":"returned"'))
  expect(await run('verify', '--certificate', file)).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('is not right'),
  })
  expect((await run('verify')).stdout).toMatch(/is sound: \d+ facts[\s\S]*1 outcomes, 0 without proof/)
  expect(await run('certificate', 'nobody')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('the ledger has no checkout nobody'),
  })
  expect(await run('certificate')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('certificate needs a checkoutId'),
  })
}, 30_000)

function changed<K extends keyof Certificate['facts'][number]>(
  certificate: Certificate,
  field: K,
  change: (value: Certificate['facts'][number][K]) => Certificate['facts'][number][K],
): Certificate {
  const [first, ...rest] = certificate.facts
  if (!first) throw new Error('a certificate has facts')
  return { ...certificate, facts: [{ ...first, [field]: change(first[field]) }, ...rest] }
}
