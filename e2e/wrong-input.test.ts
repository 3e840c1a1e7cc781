import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { Program, type Ready, startKaikei, tempDir } from './host.ts'
import { callHost } from './kiosk.ts'
import { Paypay } from './paypay.ts'

// Whoever starts Kaikei wrongly is told what is wrong, where, and what to do; nothing is started and nothing is lost.
const product = {
  id: 'p',
  names: { ja: '品' },
  priceYen: 100,
  taxRate: 8,
  category: 'a',
  image: null,
  available: true,
}
const catalogue = (changes: object): string =>
  JSON.stringify({ categories: [{ id: 'a', names: { ja: '分類' } }], products: [{ ...product, ...changes }] })

let dir: ReturnType<typeof tempDir>
test.beforeEach(() => {
  dir = tempDir()
})
test.afterEach(() => dir.remove())

async function saysAndEnds(
  args: readonly string[],
  sentence: RegExp,
  env: Record<string, string> = {},
  exitCode = 1,
): Promise<void> {
  const { code, stderr, stdout } = await startKaikei(['--data-dir', join(dir.path, 'data'), ...args], env)
    .ended
  expect(stderr).toMatch(sentence)
  expect(stdout).toBe('')
  expect(code).toBe(exitCode)
}

for (const [name, changes, sentence] of [
  ['a price in sen', { priceYen: 1.5 }, /bad\.json: products\[0\]\.priceYen: a whole number of yen/],
  ['a tax rate of 9', { taxRate: 9 }, /bad\.json: products\[0\]\.taxRate: 8 or 10/],
  [
    'a category that is not there',
    { category: 'b' },
    /bad\.json: products\[0\]\.category: there is no category "b"; use one of a/,
  ],
  [
    'a picture outside the folder',
    { image: '../secret.png' },
    /bad\.json: products\[0\]\.image: a picture file beside the catalogue/,
  ],
] as const) {
  test(`a catalogue with ${name}`, async () => {
    await saysAndEnds(['--catalogue', dir.file('bad.json', catalogue(changes))], sentence)
  })
}

test('a catalogue that is not there, and one that is not JSON', async () => {
  await saysAndEnds(
    ['--catalogue', join(dir.path, 'none.json')],
    /none\.json cannot be read .* Check --catalogue/,
  )
  await saysAndEnds(['--catalogue', dir.file('bad.json', '{')], /bad\.json is not JSON/)
})

for (const [name, settings, sentence] of [
  ['that are not JSON', '{', /settings\.json is not JSON: .*line 1 column 2/],
  ['that are no object', '[]', /settings\.json: the whole file: .*expected object, received array/],
  [
    'with a misspelt name',
    '{"colour":1}',
    /settings\.json: the whole file: nothing here is called "colour": check the spelling/,
  ],
  [
    'that ask PayPay too often',
    '{"pollIntervalMs":100}',
    /settings\.json: pollIntervalMs: from 2000 to 5000/,
  ],
  ['with an unknown till', '{"till":"robot"}', /settings\.json: till: .*expected one of "menu"\|"keypad"/],
  ['with a cap of nothing', '{"capYen":0}', /settings\.json: capYen: .*expected number to be >=1/],
  [
    'with a number in quotes',
    '{"capYen":"100"}',
    /settings\.json: capYen: .*expected number, received string/,
  ],
] as const) {
  test(`settings ${name}`, async () => {
    dir.file('settings.json', settings)
    await saysAndEnds(['--data-dir', dir.path], sentence)
  })
}

test('options that make no sense', async () => {
  await saysAndEnds(['--port', 'x'], /--port is "x": use a number from 0/, {}, 2)
  await saysAndEnds(
    ['--paypay-url', 'http://example.com'],
    /training talks to a simulator on this machine only/,
    {},
    2,
  )
  await saysAndEnds(
    ['--paypay-url', 'http://127.0.0.1:1'],
    /needs the environment variables KAIKEI_API_KEY and KAIKEI_API_SECRET/,
    { KAIKEI_API_KEY: '', KAIKEI_API_SECRET: '' },
    2,
  )
  const { code, stderr } = await new Program('simulator/main.ts', ['--port', '0', '--api-key', 'k'], {
    KAIKEI_API_SECRET: '',
  }).ended
  expect(stderr).toMatch(/--api-secret is missing[\s\S]*usage: npm run simulator/)
  expect(code).toBe(2)
})

test('asked for help it says how to use it, starts nothing, and that is no error', async () => {
  const { code, stdout, stderr } = await new Program('server/main.ts', ['--help']).ended
  expect(stdout).toMatch(/^usage: npm start -- \[--mode training\|sandbox\|production\] \[--port N\]/)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
})

test('a port that is taken', async () => {
  const other = createServer()
  await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
  const address = other.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await saysAndEnds(
    ['--port', String(port)],
    /port \d+ is taken: end the program that uses it, or choose another with --port/,
  )
  await new Promise(resolve => other.close(resolve))
})

test('a foreign file where the ledger should be is left as it is', async () => {
  const file = dir.file('ledger-training.sqlite', 'a letter to my mother')
  const { code, stderr } = await startKaikei(['--data-dir', dir.path]).ended
  expect(stderr).toMatch(/is not a ledger of Kaikei\. It was left as it is/)
  expect(code).toBe(1)
  expect(readFileSync(file, 'utf8')).toBe('a letter to my mother')
})

test('a data folder that cannot be made', async () => {
  await saysAndEnds(
    ['--data-dir', join(dir.file('file', ''), 'x')],
    /data folder .* cannot be made .* Choose another with --data-dir/,
  )
})

test('a data folder that another Kaikei uses: the second is refused, and the first goes on and keeps its books', async () => {
  const first = startKaikei(['--data-dir', dir.path])
  const { kioskUrl, paypayUrl } = await first.ready<Ready>()
  const { stderr, code } = await startKaikei(['--data-dir', dir.path]).ended
  expect(stderr).toMatch(/Another Kaikei already writes to .* Close it first, or choose another folder/)
  expect(code).toBe(1)
  const paypay = new Paypay(paypayUrl)
  const order = { kind: 'cart', lines: [{ productId: 'hojicha', quantity: 1 }] }
  await expect
    .poll(() => callHost(kioskUrl, 'startCheckout', { lane: 'main', order, locale: 'ja' }))
    .toMatchObject({ ok: true })
  await expect.poll(async () => (await paypay.codes()).length).toBe(1)
  await paypay.press('approve')
  expect(await paypay.book()).toMatchObject({ keptYen: 170 })
  expect((await first.end()).code).toBe(0)
  // PayPay's simulator keeps a book in the same folder; the refused start must not have written a new one.
  const again = startKaikei(['--data-dir', dir.path])
  const { paypayUrl: paypayAgain } = await again.ready<Ready>()
  expect(await new Paypay(paypayAgain).book()).toMatchObject({ keptYen: 170 })
  expect((await again.end()).code).toBe(0)
})
