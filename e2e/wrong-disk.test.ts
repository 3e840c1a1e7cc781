import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ledgerIsSound, ledgerRows } from './books.ts'
import { AS_IN_A_SHOP, KEYS, type Program, startKaikei, startSimulator, tempDir } from './host.ts'
import { type Answer, Customer, callHost, expect, test } from './kiosk.ts'
import { Paypay } from './paypay.ts'
import { sealed, tightDisk } from './tight-disk.ts'

// Long, so that the disk is full after a few.
const wanted = [
  'karaage-bento',
  'sake-bento',
  'omusubi',
  'tonjiru',
  'hojicha',
  'coffee',
  'dorayaki',
  'misoshiru',
]
const order = { kind: 'cart', lines: wanted.map(productId => ({ productId, quantity: 1 })) }

// A disk that takes nothing is told at the start; one that fills up stops the selling, and nothing is lost.

test('a data folder that cannot be written to, with a ledger in it: nothing starts, and it is told why', async () => {
  const dir = tempDir()
  const before = startKaikei(['--data-dir', dir.path])
  await before.ready()
  await before.end()
  const ledger = readFileSync(join(dir.path, 'ledger-training.sqlite'))
  const { path, unseal } = sealed(dir.path)
  try {
    const { code, stderr, stdout } = await startKaikei(['--data-dir', path], AS_IN_A_SHOP).ended
    expect(stderr).toMatch(
      /^The data folder \S+ cannot be written to \(.+\)\. Make it writable and see that it has room, or choose another with --data-dir\.\n$/,
    )
    expect(stdout).toBe('')
    expect(code).toBe(1)
    expect(readFileSync(join(dir.path, 'ledger-training.sqlite'))).toEqual(ledger)
  } finally {
    unseal()
    dir.remove()
  }
})

test('the disk fills up during a sale: selling stops, nobody is told "paid", and the next start knows of the payment', async ({
  page,
}) => {
  const disk = tightDisk()
  const simulator = startSimulator()
  const { paypayUrl } = await simulator.ready<{ paypayUrl: string }>()
  const paypay = new Paypay(paypayUrl)
  const start = (port: string) =>
    startKaikei(['--data-dir', disk.path, '--paypay-url', paypayUrl, '--port', port], KEYS, disk.prefix())
  const tight = start('0')
  try {
    const { kioskUrl } = await tight.ready<{ kioskUrl: string }>()
    const customer = new Customer(page)
    await page.goto(kioskUrl)
    await customer.choosesLunch()
    await customer.asksForCode()
    const code = await customer.scans()
    const mine = (await paypay.codes()).find(one => one.url === code)
    const reads = async (): Promise<number> =>
      (await paypay.requests()).filter(one => one.path.endsWith(`/${mine?.merchantPaymentId}`)).length
    // "Not paid yet" is written at the first read; a full disk would stop the till there, and it would ask no more.
    await expect.poll(reads).toBeGreaterThan(1)

    // Others buy until not one more word can be written.
    disk.fill()
    let answer: Answer = { ok: true }
    for (let others = 0; answer.ok && others < 200; others += 1)
      answer = await callHost(kioskUrl, 'startCheckout', { lane: `other-${others}`, order, locale: 'ja' })
    expect(answer).toMatchObject({ failure: { kind: 'laneClosed', reason: 'ledgerBroken' } })
    // Written before the answer was sent, but through another pipe.
    await expect
      .poll(() => tight.stderr)
      .toMatch(
        /Writing to \S+ledger-training\.sqlite failed \(.+\)\. Selling has stopped\. Check the disk, then start Kaikei again\./,
      )
    const next = new Customer(await page.context().newPage())
    await next.page.goto(`${kioskUrl}?lane=next`)
    await next.reads('ただいまPayPayのお支払いを休んでいます')
    await expect(next.page.getByText('係が機械を確認する必要があります。')).toBeVisible()

    const before = await reads()
    await paypay.press('approve', code)
    // PayPay has told the till of the payment, and the till could not write it down.
    await expect.poll(reads).toBeGreaterThan(before)
    await expect(page.getByRole('heading', { name: 'お支払いが済みました' })).toHaveCount(0)
    await tight.end()

    disk.grow()
    const roomy = start(new URL(kioskUrl).port)
    await roomy.ready()
    await customer.reads('お支払いが済みました')
    await customer.readsNumber('001')
    const rows = await ledgerRows(disk.path)
    expect(rows.find(row => row.lane === 'main')).toMatchObject({ totalYen: 850, outcome: 'delivered' })
    expect(await paypay.book()).toMatchObject({ keptYen: 850 })
    await ledgerIsSound(disk.path)
    await roomy.end()
  } finally {
    await Promise.all([tight.end(), simulator.end()])
    disk.remove()
  }
})

test('the disk is nearly full: the till closes in time, says why, and opens by itself when there is room', async ({
  page,
}) => {
  const disk = tightDisk()
  let till: Program | null = null
  try {
    test.skip(disk.prefix().length > 0, 'a nearly full disk needs a mount, which is not permitted here')
    till = startKaikei(['--data-dir', disk.path])
    const { kioskUrl } = await till.ready<{ kioskUrl: string }>()
    const customer = new Customer(page)
    await page.goto(kioskUrl)
    await customer.reads('いらっしゃいませ')
    disk.fill()
    await customer.reads('ただいまPayPayのお支払いを休んでいます')
    expect(till.stderr).toMatch(
      /The disk of the data folder has \d+ MiB left, and selling stops below 64 MiB/,
    )
    disk.grow()
    await customer.reads('いらっしゃいませ')
  } finally {
    await till?.end()
    disk.remove()
  }
})
