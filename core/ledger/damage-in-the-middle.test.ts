import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Copies, Copy, makeCopies, sale } from './copies.ts'
import { everything } from './ledger.ts'
import { verifyLedger } from './walk.ts'

// What opening cannot see, because it must not read history, is found by the walk, or by whoever meets it first.
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

describe('in the middle, where opening does not look', () => {
  it.each([
    [
      'a fact',
      () => copy.flipText('answer 40 answer 40'),
      /^fact \d+ \((createIntended|codeCreated)\) is not what was written/,
    ],
    [
      'a row that would hide an open checkout',
      () => copy.sql("UPDATE checkouts SET outcome = 'delivered', at_lane = 0 WHERE checkout_id = 'a-30'"),
      /^the row of checkout a-30 is not what its facts say/,
    ],
    [
      'an index that leaves a fact out',
      () =>
        copy.sql(`PRAGMA writable_schema = ON; DROP INDEX facts_of_checkout;
          CREATE INDEX facts_of_checkout ON facts (checkout_id, seq) WHERE seq <> 150;
          UPDATE sqlite_schema SET sql = replace(sql, ' WHERE seq <> 150', '') WHERE name = 'facts_of_checkout'`),
      /^fact 150 is missing in the index of its checkout$/,
    ],
    [
      'a row that is gone',
      () => copy.sql("DELETE FROM checkouts WHERE checkout_id = 'a-30'"),
      /^the row of checkout a-30/,
    ],
  ])('%s is found by the walk, in words', async (_name, damage, what) => {
    damage()
    const ledger = await copy.open()
    const verdict = await verifyLedger(ledger)
    expect(verdict).toMatchObject({ sound: false, what: expect.stringMatching(what) })
    await ledger.close()
  })

  it('nobody goes on from a fact that was never written', async () => {
    copy.flipText('code 30.')
    const ledger = await copy.open()
    expect(await ledger.openCheckouts()).toContain('a-30')
    await expect(ledger.factsOf('a-30')).rejects.toMatchObject({ what: 'damaged' })
    expect(await ledger.factsOf('a-33')).toHaveLength(3)
    await ledger.close()
  })

  it('rows are not folded again from facts that are not what was written', async () => {
    copy.flipText('code 30.')
    const ledger = await copy.open()
    const rows = await ledger.find({ ...everything, limit: 100 })
    await expect(ledger.rebuild()).rejects.toMatchObject({ what: 'damaged' })
    expect(await ledger.find({ ...everything, limit: 100 })).toEqual(rows)
    await ledger.close()
  })
})

describe('while it is open', () => {
  it.each([
    ['the file', ''],
    ['its log', '-wal'],
  ])('%s is moved away: nothing more is written to where nobody would find it', async (_name, which) => {
    const ledger = await copy.open()
    await ledger.append(sale('a', 99))
    renameSync(copy.file + which, `${copy.file}${which}.away`)
    await expect(ledger.append(sale('a', 100))).rejects.toMatchObject({ what: 'missing' })
    expect(await verifyLedger(ledger)).toMatchObject({
      sound: false,
      what: expect.stringMatching(/was moved, deleted or replaced while Kaikei wrote to it/),
    })
    renameSync(`${copy.file}${which}.away`, copy.file + which)
    await expect(ledger.append(sale('a', 100))).rejects.toMatchObject({ what: 'missing' })
    await ledger.close()
    const again = await copy.open()
    expect(await verifyLedger(again)).toMatchObject({ sound: true, facts: 263 })
    await again.close()
  })

  it('pages that turn bad are told as damage by whoever meets them, and stop the writer', async () => {
    const ledger = await copy.open()
    const whole = readFileSync(copy.file)
    writeFileSync(
      copy.file,
      Buffer.concat([whole.subarray(0, 4_096), Buffer.alloc(whole.length - 4_096, 0xff)]),
    )
    await expect(ledger.append(sale('a', 99))).rejects.toMatchObject({ what: 'damaged' })
    await expect(ledger.append(sale('a', 99))).rejects.toMatchObject({ what: 'damaged' })
    await expect(ledger.factsOf('a-3')).rejects.toMatchObject({ what: 'damaged' })
    await expect(ledger.lastClaimNumber('2023-11-15')).rejects.toMatchObject({ what: 'damaged' })
    expect(await verifyLedger(ledger)).toMatchObject({ sound: false, atSeq: 1 })
    await ledger.close()
  })
})
