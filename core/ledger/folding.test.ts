import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { plan, tell } from '../day/made-up-days.ts'
import type { Ledger, NewFact } from './ledger.ts'
import { openSqliteLedger } from './sqlite.ts'

// All rows are folded again at once, in a quicker way than while the till sells: nothing may come out otherwise, numbers included.

let dir: string
let file: string
let ledger: Ledger
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'kaikei-folding-'))
  await begin()
})
afterEach(async () => {
  await ledger.close()
  rmSync(dir, { recursive: true, force: true })
})

async function begin(): Promise<void> {
  file = join(dir, `${Math.random()}.sqlite`)
  ledger = await openSqliteLedger({ file, mode: 'training' })
}

/** Every row as it is, the indices in their order, and what SQLite says of them. */
function everyRow(): unknown {
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    const of = (sql: string): unknown[] => db.prepare(sql).all()
    return {
      checkouts: of('SELECT * FROM checkouts ORDER BY number'),
      payments: of('SELECT * FROM payments ORDER BY number'),
      backs: of('SELECT * FROM backs ORDER BY number'),
      audit: of('SELECT * FROM audit ORDER BY seq'),
      indices: of(
        "SELECT tbl_name, name, sql FROM sqlite_schema WHERE type = 'index' ORDER BY tbl_name, rowid",
      ),
      integrity: of('PRAGMA integrity_check'),
    }
  } finally {
    db.close()
  }
}

async function comesOutTheSame(): Promise<void> {
  const before = everyRow()
  expect(before).toMatchObject({ integrity: [{ integrity_check: 'ok' }] })
  await ledger.rebuild()
  expect(everyRow()).toEqual(before)
}

const someStories = fc.array(plan, { minLength: 1, maxLength: 25 })
const mixed = fc.infiniteStream(fc.nat())

it('whatever customers and staff do, and in whatever order lanes take turns', async () => {
  await fc.assert(
    fc.asyncProperty(someStories, mixed, async (plans, draws) => {
      await ledger.close()
      await begin()
      // Each checkout's own facts stay in order; whose is next is drawn.
      const waiting = plans.map((one, index) => tell(one, index).facts)
      const facts: NewFact[] = []
      while (waiting.length > 0) {
        const index = (draws.next().value ?? 0) % waiting.length
        const fact = waiting[index]?.shift()
        if (fact) facts.push(fact)
        else waiting.splice(index, 1)
      }
      await ledger.append(facts)
      await comesOutTheSame()
    }),
    { numRuns: 25 },
  )
}, 60_000)

const fact = (checkoutId: string, type: string, data: object = {}): NewFact => ({
  checkoutId,
  type,
  atMs: 1_000,
  data,
})
const started = (id: string, lane = 'main'): NewFact =>
  fact(id, 'checkoutStarted', { lane, businessDay: '2026-11-24', claimNumber: 7, totalYen: 160, lines: [] })
const code = (id: string, merchantPaymentId: string, amountYen = 160): NewFact =>
  fact(id, 'createIntended', { merchantPaymentId, attempt: 1, amountYen })

it('more checkouts at once than are held in memory', async () => {
  const ids = Array.from({ length: 1_002 }, (_, index) => `c${index}`)
  await ledger.append(ids.flatMap(id => [started(id), code(id, `${id}-1`)]))
  await ledger.append(ids.map(id => code(id, `${id}-2`)))
  await ledger.append(ids.map(id => fact(id, 'customerLeft')))
  await comesOutTheSame()
}, 60_000)

it('facts that no engine writes twice, twice', async () => {
  await ledger.append([started('a'), code('a', 'a-1'), started('b'), code('b', 'b-1')])
  await ledger.append([code('a', 'a-1', 170), code('a', 'a-2'), started('a', 'terrace'), code('b', 'b-2')])
  await ledger.append([code('a', 'a-3'), fact('a', 'customerLeft'), fact('nobody', 'customerLeft')])
  const before = everyRow()
  await ledger.rebuild()
  expect(everyRow()).toEqual(before)
})
