import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Ledger, LedgerBroken } from './ledger.ts'
import { openSqliteLedger } from './sqlite.ts'
import { verifyLedger } from './walk.ts'

// Somebody, or a dying disk, changes the ledger: it is found, with its place; and nothing but adding is possible.
let dir: string
let file: string
let ledger: Ledger
const node = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url))
const fact = (n: number) => ({ checkoutId: `c${n}`, type: 'staffCalled', atMs: n, data: { lane: 'main', n } })

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'kaikei-ledger-'))
  file = join(dir, 'ledger.sqlite')
  ledger = await openSqliteLedger({ file, mode: 'training' })
  await ledger.append([fact(1), fact(2), fact(3), fact(4)])
})
afterEach(async () => {
  await ledger.close()
  rmSync(dir, { recursive: true, force: true })
})

function tamper(sql: string): void {
  const raw = new DatabaseSync(file)
  raw.exec(
    'DROP TRIGGER facts_are_not_edited; DROP TRIGGER facts_are_not_deleted; DROP TRIGGER facts_have_no_gap',
  )
  raw.exec(sql)
  raw.close()
}

it('is sound when nobody touched it', async () => {
  expect(await verifyLedger(ledger)).toMatchObject({ sound: true, facts: 4 })
})

it.each([
  'UPDATE facts SET at_ms = 9 WHERE seq = 2',
  'DELETE FROM facts WHERE seq = 4',
  "INSERT INTO facts VALUES (9, 'c', 't', 1, '{}', '')",
])('refuses, whoever asks: %s', sql => {
  const raw = new DatabaseSync(file)
  expect(() => raw.exec(sql)).toThrow(/never|only/)
  raw.close()
})

it.each([
  ['an edit', "UPDATE facts SET data = '{}' WHERE seq = 2", 2],
  ['a deletion', 'DELETE FROM facts WHERE seq = 2', 2],
  [
    'a changed order',
    'UPDATE facts SET seq = 99 WHERE seq = 2; UPDATE facts SET seq = 2 WHERE seq = 3; UPDATE facts SET seq = 3 WHERE seq = 99',
    2,
  ],
  ['an insertion', "INSERT INTO facts VALUES (5, 'c', 't', 1, '{}', 'x')", 5],
  ['a missing tail', 'DELETE FROM facts WHERE seq > 2', 3],
])('finds %s, and where', async (_name, sql, atSeq) => {
  tamper(sql)
  expect(await verifyLedger(ledger)).toMatchObject({ sound: false, atSeq })
})

it('does not sell on a ledger whose end is missing', async () => {
  await ledger.close()
  tamper('DELETE FROM facts WHERE seq > 2')
  await expect(openSqliteLedger({ file, mode: 'training' })).rejects.toThrow(/damaged/)
  rmSync(dir, { recursive: true })
  ledger = await openSqliteLedger({ file, mode: 'training' })
})

it('refuses a second writer in words, and lets a reader in', async () => {
  await expect(openSqliteLedger({ file, mode: 'training' })).rejects.toThrow(/Another Kaikei already writes/)
  const reader = await openSqliteLedger({ file, mode: 'training', readOnly: true })
  expect(await verifyLedger(reader)).toMatchObject({ sound: true })
  await reader.close()
})

it('refuses another mode, and a file that is not its own, and leaves both as they are', async () => {
  await ledger.close()
  await expect(openSqliteLedger({ file, mode: 'production' })).rejects.toBeInstanceOf(LedgerBroken)
  const foreign = join(dir, 'photo.sqlite')
  writeFileSync(foreign, 'not a ledger')
  await expect(openSqliteLedger({ file: foreign, mode: 'training' })).rejects.toThrow(
    /not a ledger of Kaikei/,
  )
  expect(readFileSync(foreign, 'utf8')).toBe('not a ledger')
  ledger = await openSqliteLedger({ file, mode: 'training' })
})

it('loses nothing that was acknowledged when it is killed with kill -9 while it writes, and its lock is free again', async () => {
  await ledger.close()
  const script = `
    const { openSqliteLedger } = await import(${JSON.stringify(new URL('./sqlite.ts', import.meta.url).href)})
    const ledger = await openSqliteLedger({ file: ${JSON.stringify(file)}, mode: 'training' })
    for (let n = 5; ; n += 1) {
      const [fact] = await ledger.append([{ checkoutId: 'c' + n, type: 'staffCalled', atMs: n, data: {} }])
      process.stdout.write(fact.seq + '\\n')
    }`
  let acknowledged = 4
  for (let round = 0; round < 3; round += 1) {
    acknowledged = Math.max(acknowledged, await killedWhileWriting(script))
    const survivor = await openSqliteLedger({ file, mode: 'training' })
    const verdict = await verifyLedger(survivor)
    expect(verdict).toMatchObject({ sound: true })
    expect(verdict.sound && verdict.facts).toBeGreaterThanOrEqual(acknowledged)
    await survivor.close()
  }
  ledger = await openSqliteLedger({ file, mode: 'training' })
}, 30_000)

/** Runs the writer until it has acknowledged 200 more facts, kills it, and answers the last that it acknowledged. */
function killedWhileWriting(script: string): Promise<number> {
  const child = spawn(node, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.on('data', chunk => {
    text += String(chunk)
    if (text.split('\n').length > 200) child.kill('SIGKILL')
  })
  return new Promise(resolve =>
    child.on('close', () => resolve(Number(text.slice(0, text.lastIndexOf('\n')).split('\n').at(-1)))),
  )
}

it('says on the command line whether it is sound, and where it is not', () => {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url))
  const data = mkdtempSync(join(tmpdir(), 'kaikei-ledger-'))
  const run = (...args: string[]): string =>
    execFileSync(node, [main, ...args, '--data-dir', data], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  expect(() => run('verify')).toThrow(/There is no ledger/)
  expect(() => run('polish')).toThrow(/usage: npm run ledger/)
  rmSync(data, { recursive: true })
})
