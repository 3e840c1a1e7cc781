import { expect, test } from '@playwright/test'
import { type Ready, startKaikei, tempDir } from './host.ts'
import { callHost } from './kiosk.ts'

test('--json prints one line and no more, also when a checkout was left open', async () => {
  const data = tempDir()
  try {
    const first = startKaikei(['--data-dir', data.path])
    const { kioskUrl } = await first.ready<Ready>()
    const order = { kind: 'cart', lines: [{ productId: 'karaage-bento', quantity: 1 }] }
    const start = () => callHost(kioskUrl, 'startCheckout', { lane: 'main', locale: 'ja', order })
    await expect.poll(async () => (await start()).ok).toBe(true)
    await first.end('SIGKILL')

    const second = startKaikei(['--data-dir', data.path])
    await second.ready<Ready>()
    const { stdout, code } = await second.end()
    expect(code).toBe(0)
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
    expect(Object.keys(JSON.parse(stdout))).toEqual(['kioskUrl', 'phoneUrl', 'paypayUrl'])
  } finally {
    data.remove()
  }
})
