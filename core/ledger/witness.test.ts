import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Copies, Copy, makeCopies, NAME, sale } from './copies.ts'
import { verifyLedger } from './walk.ts'

// The record beside the ledger that knows how far it once was: it guards against older copies, and never stops a sale itself.
let copies: Copies
let copy: Copy
beforeAll(async () => {
  copies = await makeCopies()
})
afterAll(() => copies.remove())
beforeEach(() => {
  copy = new Copy(copies.closed)
})
afterEach(() => copy.remove())

const told: string[] = []
beforeEach(() => {
  told.length = 0
})

it('goes with every fact, and may lag after a power cut', async () => {
  const ledger = await copy.open()
  const before = readFileSync(`${copy.file}.head`)
  const [added] = await ledger.append(sale('a', 99))
  expect(readFileSync(`${copy.file}.head`, 'latin1')).toContain('0000000000000263')
  await ledger.close()
  writeFileSync(`${copy.file}.head`, before)
  const again = await copy.open({ warn: says => void told.push(says) })
  expect(await again.head()).toMatchObject({ seq: 263 })
  expect(added?.seq).toBe(261)
  expect(readFileSync(`${copy.file}.head`, 'latin1')).toContain('0000000000000263')
  expect(told).toEqual([])
  await again.close()
})

it.each([
  ['torn', () => truncateSync(`${copy.file}.head`, 40)],
  ['flipped', () => copy.flip(28, 0, `${copy.file}.head`)],
  ['garbage', () => writeFileSync(`${copy.file}.head`, 'x'.repeat(9_000))],
])('that is %s stops nothing; it is told, and written again', async (_name, damage) => {
  const whole = readFileSync(`${copy.file}.head`, 'latin1')
  damage()
  await (await copy.open({ warn: says => void told.push(says) })).close()
  expect(told).toEqual([expect.stringMatching(/\.head is torn or damaged/)])
  expect(readFileSync(`${copy.file}.head`, 'latin1')).toBe(whole)
})

it('that was moved away by a person lets an older copy sell, and guards it from then on', async () => {
  cpSync(join(copies.yesterday, NAME), copy.file)
  expect((await copy.refusal()).what).toBe('older')
  renameSync(`${copy.file}.head`, `${copy.file}.head.away`)
  const ledger = await copy.open({ warn: says => void told.push(says) })
  expect(await verifyLedger(ledger)).toMatchObject({ sound: true, facts: 130 })
  expect(told).toEqual([
    expect.stringMatching(/no \S+\.head to compare with: the ledger is believed, and ends at fact 130/),
  ])
  await ledger.close()
  rmSync(copy.file)
  expect((await copy.refusal()).message).toMatch(/fact 130/)
})

it('is not made by whoever only reads, and not by a ledger without facts', async () => {
  rmSync(`${copy.file}.head`)
  await (await copy.open({ readOnly: true })).close()
  rmSync(copy.file)
  await (await copy.open()).close()
  expect(readdirSync(copy.dir)).not.toContain(`${NAME}.head`)
})

it('that cannot be written loses no fact and stops no sale', async () => {
  rmSync(`${copy.file}.head`)
  mkdirSync(`${copy.file}.head`)
  const ledger = await copy.open({ warn: says => void told.push(says) })
  await ledger.append(sale('a', 99))
  await ledger.append(sale('a', 100))
  expect(told.filter(says => /cannot be written/.test(says))).toHaveLength(1)
  expect(await verifyLedger(ledger)).toMatchObject({ sound: true })
  await ledger.close()
})
