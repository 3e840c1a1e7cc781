import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { AS_IN_A_SHOP, Program, startKaikei, tempDir } from './host.ts'
import { Customer, callHost } from './kiosk.ts'

// A ledger that is not the one that was left here: nothing starts, it is told why and what to do, and every byte stays.
const NAME = 'ledger-training.sqlite'
let dir: ReturnType<typeof tempDir>
let file: string
test.beforeEach(() => {
  dir = tempDir()
  file = join(dir.path, NAME)
})
test.afterEach(() => dir.remove())

/** A till that begins one checkout and ends. Killed, it leaves its facts in the log. */
async function sellAndEnd(lane: string, signal: 'SIGKILL' | 'SIGINT' = 'SIGINT'): Promise<void> {
  const till = startKaikei(['--data-dir', dir.path])
  const { kioskUrl } = await till.ready<{ kioskUrl: string }>()
  const order = { kind: 'cart', lines: [{ productId: 'coffee', quantity: 1 }] }
  await expect
    .poll(() => callHost(kioskUrl, 'startCheckout', { lane, order, locale: 'ja' }))
    .toMatchObject({ ok: true })
  await till.end(signal)
}

/** The ledger's own files, without lock and scratch memory. */
function bytes(): Record<string, string> {
  const files = readdirSync(dir.path).filter(name => name.startsWith(NAME) && !/\.lock|-shm$/.test(name))
  const read = files.map(name => [name, readFileSync(join(dir.path, name), 'latin1')] as const)
  return Object.fromEntries(read.filter(([, text]) => text !== ''))
}

/** `npm start` and `npm run ledger -- verify`, both in the same words. */
async function isRefused(sentence: RegExp): Promise<void> {
  const before = bytes()
  const start = await startKaikei(['--data-dir', dir.path], AS_IN_A_SHOP).ended
  const verify = await new Program('core/ledger/main.ts', ['verify', '--data-dir', dir.path]).ended
  for (const { code, stdout, stderr } of [start, verify]) {
    expect(stderr).toMatch(sentence)
    expect(stderr.trim()).not.toContain('\n')
    expect(stdout).toBe('')
    expect(code).toBe(1)
  }
  expect(bytes()).toEqual(before)
}

test('a truncated ledger', async () => {
  await sellAndEnd('one')
  truncateSync(file, 10_000)
  await isRefused(
    /^The ledger \S+ledger-training\.sqlite is damaged: .+ Selling is stopped, and nothing was changed or repaired\. Keep .+ put a sound copy back, or move/,
  )
})

test('an older copy; the person who has nothing newer moves the witness away, and it sells', async () => {
  await sellAndEnd('one')
  const older = readFileSync(file)
  const newest = Number(/ 0*(\d+) /.exec(readFileSync(`${file}.head`, 'latin1'))?.[1])
  await sellAndEnd('two')
  writeFileSync(file, older)
  await isRefused(
    new RegExp(
      `^The ledger \\S+ is an older copy: it ends at fact ${newest} of \\d{4}-\\d\\d-\\d\\d .+ nothing was changed\\. Put the newer file back.+move \\S+\\.head away`,
    ),
  )
  renameSync(`${file}.head`, `${file}.head.away`)
  const till = startKaikei(['--data-dir', dir.path])
  await till.ready()
  await till.end()
  expect(till.stderr).toMatch(
    /there is no \S+\.head to compare with: the ledger is believed, and ends at fact \d+/,
  )
})

test('a log that was deleted after kill -9', async () => {
  await sellAndEnd('one', 'SIGKILL')
  const copy = tempDir()
  cpSync(dir.path, copy.path, { recursive: true })
  rmSync(`${file}-wal`)
  await isRefused(
    /is empty, although fact \d+ .+ was written here|is an older copy.+-wal is missing or damaged/,
  )
  // Put back, as it was told, it goes on.
  cpSync(`${join(copy.path, NAME)}-wal`, `${file}-wal`)
  const till = startKaikei(['--data-dir', dir.path])
  await till.ready()
  await till.end()
  copy.remove()
})

test('a ledger that is missing is not begun anew', async () => {
  await sellAndEnd('one')
  rmSync(file)
  await isRefused(
    /^The ledger \S+ is missing, although fact \d+ of .+ was written here\. No new one was begun, and nothing was changed\. Put the file back/,
  )
  expect(existsSync(file)).toBe(false)
})

test('a fact that was changed behind the end: verify says where, in words', async () => {
  await sellAndEnd('one')
  const text = readFileSync(file, 'latin1')
  writeFileSync(file, text.replace('"totalYen":', '"totalYeN":'), 'latin1')
  const { code, stdout, stderr } = await new Program('core/ledger/main.ts', [
    'verify',
    '--data-dir',
    dir.path,
  ]).ended
  expect(stdout).toMatch(/is damaged: at fact 1, fact 1 \(checkoutStarted\) is not what was written.+Keep/)
  expect(stderr).toBe('')
  expect(code).toBe(1)
})

test('a ledger that turns bad under a till that sells: the screen says closed', async ({ page }) => {
  const till = startKaikei(['--data-dir', dir.path])
  const { kioskUrl } = await till.ready<{ kioskUrl: string }>()
  await page.goto(kioskUrl)
  const customer = new Customer(page)
  await customer.choosesLunch()
  renameSync(file, `${file}.away`)
  await page.getByRole('button', { name: 'PayPayで支払う' }).click()
  await customer.reads('ただいまPayPayのお支払いを休んでいます')
  const { stderr } = await till.end()
  expect(stderr).toMatch(/ledger-training\.sqlite was moved, deleted or replaced while Kaikei wrote to it/)
  expect(stderr).not.toMatch(/\.ts:\d/)
})
