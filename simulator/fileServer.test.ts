import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import iconv from 'iconv-lite'
import { expect, it } from 'vitest'
import { startSimulator } from './http.ts'

// PayPay's file of a day, as a merchant's server comes to it.

const HOUR_MS = 3_600_000

it('over HTTP: the daily file is announced, fetched for two hours, and kept for a week', async () => {
  const bodies: Record<string, unknown>[] = []
  const shop = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (text: string) => bodies.push(JSON.parse(text)))
    response.end('OK')
  })
  await new Promise<void>(resolve => shop.listen(0, '127.0.0.1', resolve))
  const webhookUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/hook`
  let nowMs = Date.parse('2026-11-25T01:29:59+09:00')
  const running = await startSimulator({
    port: 0,
    apiKey: 'k',
    apiSecret: 's',
    webhookUrl,
    nowMs: () => nowMs,
  })
  try {
    const announce = (body: object) =>
      fetch(`${running.paypayUrl}/_simulator/webhooks/file`, { method: 'POST', body: JSON.stringify(body) })
    expect((await announce({ day: '2026-11-24' })).status).toBe(409)
    nowMs += 1_000
    expect((await announce({ day: '2026-11-24' })).status).toBe(200)
    await expect.poll(() => bodies).toHaveLength(1)
    expect(bodies[0]).toMatchObject({
      notification_type: 'file.created',
      fileType: 'transaction_recon',
      requestedAt: String(nowMs / 1_000),
    })
    const path = String(bodies[0]?.path)
    const file = await fetch(path)
    expect(file.headers.get('content-disposition')).toContain('_20261124000000_20261124235959_v2.csv')
    expect(iconv.decode(Buffer.from(await file.arrayBuffer()), 'shift_jis')).toContain('決済番号')
    expect((await fetch(path.replace('2026-11-24', '2026-11-23'))).status).toBe(403)
    nowMs += 2 * HOUR_MS
    expect((await fetch(path)).status).toBe(403)
    expect((await announce({ day: '2026-11-18' })).status).toBe(200)
    expect((await announce({ day: '2026-11-17' })).status).toBe(409)
    expect((await announce({ day: 'x' })).status).toBe(400)
    const set = (url: unknown) =>
      fetch(`${running.paypayUrl}/_simulator/webhooks`, { method: 'PUT', body: JSON.stringify({ url }) })
    expect((await set('https://shop.example/')).status).toBe(400)
    expect((await set(null)).status).toBe(200)
  } finally {
    await running.close()
    shop.close()
  }
})
