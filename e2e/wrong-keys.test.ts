import { Customer, expect, test } from './kiosk.ts'

// PayPay does not let the till in. Nobody can sell, so the screen is closed; the words for whoever runs the till are on stderr.

for (const [name, env] of [
  ['secret', { KAIKEI_API_SECRET: 'another-secret' }],
  ['key', { KAIKEI_API_KEY: 'another-key' }],
] as const) {
  test(`a wrong ${name}: the screen is closed, and the operator reads why`, async ({ page, shutTill }) => {
    await shutTill.paypayComes()
    const host = await shutTill.start(env)
    const customer = new Customer(page)
    await customer.comes(shutTill)
    await customer.reads('ただいまPayPayのお支払いを休んでいます')
    await expect(page.getByText('係が設定を確認する必要があります。')).toBeVisible()
    await expect
      .poll(() => host.stderr)
      .toMatch(
        /closed: PayPay refuses the till\. The clock is not the cause: .* Check, in this order: the API key and secret .*, the environment .*, and the merchant id\./,
      )
    for (const secret of ['another-secret', 'top-secret-word']) expect(host.stderr).not.toContain(secret)
    // The right one, and the till sells.
    await shutTill.crash()
    await customer.reads('いらっしゃいませ')
  })
}
