import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { caseWhyOf } from '../checkout/caseReason.ts'
import { everything } from './ledger.ts'
import { openSqliteLedger } from './sqlite.ts'

// A ledger from before the codes says in English why a person has to look: it is read as the code, and its rows are not damage.

const started = {
  lane: 'a',
  businessDay: '2026-11-24',
  claimNumber: 1,
  totalYen: 100,
  lines: [],
}

it.each([
  ['the goods could not be handed over', { code: 'notHandedOver' }],
  ['PayPay refuses the refund', { code: 'refundRefused' }],
  ['PayPay refuses to give the money back', { code: 'moneyBackRefused' }],
  ['the money could not be given back yet', { code: 'notBackYet' }],
  ['PayPay has not said what became of the payment', { code: 'unanswered' }],
  ['notBackYet', { code: 'notBackYet' }],
  ['the moon is full', { code: 'inWords', says: 'the moon is full' }],
  ['toString', { code: 'inWords', says: 'toString' }],
])('"%s" of a ledger is read', async (why, read) => {
  const dir = mkdtempSync(join(tmpdir(), 'kaikei-reason-'))
  const file = join(dir, 'ledger.sqlite')
  try {
    const ledger = await openSqliteLedger({ file, mode: 'training' })
    const fact = (type: string, data: object) => ({ checkoutId: 'c1', type, atMs: 1_000, data })
    await ledger.append([fact('checkoutStarted', started), fact('caseOpened', { why, money: 'paid' })])
    // The row as the older version wrote it.
    const older = new DatabaseSync(file)
    older.prepare('UPDATE checkouts SET case_why = ?').run(why)
    older.close()
    const [row] = await ledger.find({ ...everything, words: ['case'], limit: 1 })
    expect(caseWhyOf(row?.openCase?.why ?? '')).toEqual(read)
    expect(await ledger.stored(0, 10)).toHaveLength(2)
    await ledger.close()
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
})
