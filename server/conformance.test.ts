import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemClock } from '../core/clock.ts'
import { createPaypayClient } from '../core/paypay/client.ts'
import { httpTransport } from '../core/paypay/http.ts'
import { Secret } from '../core/secret.ts'
import { type RunningSimulator, startSimulator } from '../simulator/http.ts'
import type { SeenRequest } from '../simulator/simulator.ts'

// A simulator that only our own client believes in proves nothing. PayPay's own SDK sells against it over TLS, and our client
// sends what the SDK sends.
const node = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url))
const script = fileURLToPath(new URL('../e2e/sdk-customer.cjs', import.meta.url))
let paypay: RunningSimulator
let said: Record<string, unknown>

async function sdk(secret: string): Promise<Record<string, unknown>> {
  const env = {
    ...process.env,
    PAYPAY_URL: paypay.paypayUrl.replace('127.0.0.1', 'localhost'),
    SDK_SECRET: secret,
    NODE_EXTRA_CA_CERTS: paypay.caFile ?? '',
  }
  const { stdout } = await promisify(execFile)(node, [script], { env, timeout: 30_000 })
  return JSON.parse(stdout) as Record<string, unknown>
}

beforeAll(async () => {
  paypay = await startSimulator({ port: 0, apiKey: 'key', apiSecret: 'secret', tls: true })
  said = await sdk('secret')
}, 40_000)
afterAll(() => paypay.close())

it('PayPay’s own SDK creates, reads, refunds, reads the refund, deletes and cancels', () => {
  expect(said).toEqual({
    create: [201, 'SUCCESS', null],
    readUnpaid: [200, 'SUCCESS', 'CREATED'],
    readPaid: [200, 'SUCCESS', 'COMPLETED'],
    refund: [200, 'SUCCESS', 'REFUNDED'],
    readRefund: [200, 'SUCCESS', 'REFUNDED'],
    createOther: [201, 'SUCCESS', null],
    delete: [200, 'SUCCESS', 'DELETED'],
    readDeleted: [400, 'DYNAMIC_QR_PAYMENT_NOT_FOUND', null],
    cancel: [202, 'REQUEST_ACCEPTED', null],
  })
})

it('PayPay’s own SDK is refused with a wrong secret', async () => {
  expect(await sdk('wrong')).toMatchObject({ create: [401, 'UNAUTHORIZED', null] })
})

it('our client sends the SDK’s method, path and body fields for the same wish', async () => {
  const sdkSent = [...paypay.simulator.seen]
  const transport = httpTransport({
    baseUrl: paypay.paypayUrl,
    ca: readFileSync(paypay.caFile ?? '', 'utf8'),
  })
  const client = createPaypayClient({
    transport,
    credentials: { apiKey: 'key', apiSecret: new Secret('secret') },
    clock: systemClock,
    nonce: () => 'n',
  })
  const before = paypay.simulator.seen.length
  const created = await client.createCode({
    merchantPaymentId: 'sdk-3',
    amountYen: 160,
    orderDescription: '緑茶',
  })
  expect(created.sure).toBe('known')
  await client.getPayment({ merchantPaymentId: 'sdk-3', amountYen: 160 })
  await client.deleteCode({ codeId: created.sure === 'known' ? created.value.codeId : '' })
  await client.cancelPayment({ merchantPaymentId: 'sdk-3' })
  await client.refundPayment({
    merchantRefundId: 'sdk-r3',
    paymentId: '01234567890123456789',
    amountYen: 160,
    reason: 'test',
  })
  await client.getRefund({ merchantRefundId: 'sdk-r3', paymentId: '01234567890123456789', amountYen: 160 })
  await client.close()
  const shape = ({ method, path, body }: SeenRequest): unknown => ({
    method,
    path: path.replace(/sdk-r?\d/, 'ID').replace(/04-\w+/, 'CODE'),
    fields: typeof body === 'object' && body !== null ? Object.keys(body).toSorted() : [],
  })
  const ours = paypay.simulator.seen.slice(before).map(shape)
  const theirs = sdkSent.filter(request => request.status !== 401).map(shape)
  expect(ours).toHaveLength(6)
  for (const request of ours) expect(theirs).toContainEqual(request)
})
