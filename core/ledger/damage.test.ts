import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Copies, Copy, makeCopies, NAME, SALES } from './copies.ts'
import type { LedgerBroken } from './ledger.ts'
import { takeLock } from './opening.ts'
import { openSqliteLedger } from './sqlite.ts'

// However a ledger was damaged: it is noticed, it is told in words, and its bytes stay as they were found.
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

type Kind = {
  readonly name: string
  readonly damage: () => void
  readonly what: LedgerBroken['what']
  readonly found: RegExp
  readonly todo?: RegExp
}
const PUT_BACK = /put .* back|Put .* back/
const kinds: readonly Kind[] = [
  {
    name: 'a flipped bit in the first bytes',
    damage: () => copy.flip(3),
    what: 'damaged',
    found: /does not begin like one, although fact 260 was written here/,
  },
  {
    name: 'a flipped bit in the mark of the first page',
    damage: () => copy.flip(68),
    what: 'damaged',
    found: /first page does not say/,
  },
  {
    name: 'a flipped bit in the size of a page',
    damage: () => copy.flip(16, 3),
    what: 'damaged',
    found: /cannot be read/,
  },
  {
    name: 'a flipped bit in the number of pages, which would let the next facts overwrite others',
    damage: () => copy.flip(31, 2),
    what: 'damaged',
    found: /bytes, and its first page says|cannot be read/,
  },
  {
    name: 'a flipped bit in the last fact',
    damage: () => copy.flipText(`code ${SALES}.`),
    what: 'damaged',
    found: /fact 260, the last one, is not what was written/,
  },
  {
    name: 'a flipped bit in the last hash',
    damage: () => copy.flipText(readFileSync(`${copy.file}.head`, 'latin1').split(' ')[2] ?? ''),
    what: 'damaged',
    found: /last fact is 260/,
  },
  ...[100, 2_000, 4_096, 40_000].map(
    (length): Kind => ({
      name: `only its first ${length} bytes`,
      damage: () => truncateSync(copy.file, length),
      what: 'damaged',
      found: /cannot be read/,
    }),
  ),
  {
    name: 'its last page missing',
    damage: () => truncateSync(copy.file, readFileSync(copy.file).length - 4_096),
    what: 'damaged',
    found: /cannot be read/,
  },
  {
    name: 'its last byte missing',
    damage: () => truncateSync(copy.file, readFileSync(copy.file).length - 1),
    what: 'damaged',
    found: /has \d+ bytes, and its first page says \d+/,
  },
  {
    name: 'something behind its end',
    damage: () => appendFileSync(copy.file, Buffer.alloc(4_096, 1)),
    what: 'damaged',
    found: /has \d+ bytes, and its first page says \d+/,
  },
  {
    name: 'tables missing',
    damage: () => copy.sql('DROP TABLE head'),
    what: 'damaged',
    found: /no such table: head/,
  },
  {
    name: 'an older copy',
    damage: () => cpSync(join(copies.yesterday, NAME), copy.file),
    what: 'older',
    found: /ends at fact 130 of 2023-11-15 07:43:20 JST, and fact 260 of 2023-11-15 08:13:20 JST was written/,
    todo: /Put the newer file back.*move \S+\.head away: whatever was sold after fact 130 must then be looked up/,
  },
  {
    name: 'its log deleted while it held facts',
    damage: () => {
      copy.becomes(copies.killed)
      rmSync(`${copy.file}-wal`)
    },
    what: 'older',
    found: /-wal is missing or damaged/,
  },
  {
    name: 'a flipped bit in its log',
    damage: () => {
      copy.becomes(copies.killed)
      copy.flip(30_000, 0, `${copy.file}-wal`)
    },
    what: 'older',
    found: /-wal is missing or damaged/,
  },
  {
    name: 'half of its log',
    damage: () => {
      copy.becomes(copies.killed)
      truncateSync(`${copy.file}-wal`, Math.floor(readFileSync(`${copy.file}-wal`).length / 2))
    },
    what: 'older',
    found: /-wal is missing or damaged/,
  },
  {
    name: 'the ledger of another till',
    damage: () => cpSync(join(copies.strange, NAME), copy.file),
    what: 'other',
    found: /fact 260 is another than the one that was written here/,
  },
  {
    name: 'no file',
    damage: () => rmSync(copy.file),
    what: 'missing',
    found: /is missing, although fact 260/,
  },
  {
    name: 'no copy.file, and no witness, but a log of facts',
    damage: () => {
      copy.becomes(copies.killed)
      rmSync(copy.file)
      rmSync(`${copy.file}.head`)
    },
    what: 'missing',
    found: /is missing, although \S+-wal beside it holds facts/,
  },
  {
    name: 'an empty file',
    damage: () => truncateSync(copy.file, 0),
    what: 'missing',
    found: /is empty, although fact 260/,
  },
  {
    name: 'an empty file beside its log, which SQLite would delete',
    damage: () => {
      copy.becomes(copies.killed)
      truncateSync(copy.file, 0)
    },
    what: 'missing',
    found: /is empty, although fact 260/,
  },
  {
    name: 'an empty database',
    damage: () => {
      rmSync(copy.file)
      copy.sql('PRAGMA journal_mode=WAL')
    },
    what: 'missing',
    found: /is empty, although fact 260/,
  },
  {
    name: 'a file of somebody else',
    damage: () => {
      rmSync(`${copy.file}.head`)
      writeFileSync(copy.file, 'a photo')
    },
    what: 'foreign',
    found: /is not a ledger of Kaikei/,
  },
  {
    name: 'a database of somebody else',
    damage: () => {
      rmSync(`${copy.file}.head`)
      rmSync(copy.file)
      copy.sql('CREATE TABLE songs (name TEXT)')
    },
    what: 'foreign',
    found: /is not a ledger of Kaikei/,
  },
  {
    name: 'a database of somebody else that has versions too',
    damage: () => {
      rmSync(`${copy.file}.head`)
      rmSync(copy.file)
      copy.sql('PRAGMA application_id=7; PRAGMA user_version=1; CREATE TABLE songs (name TEXT)')
    },
    what: 'foreign',
    found: /is not a ledger of Kaikei/,
  },
  {
    name: 'the ledger of a newer Kaikei',
    damage: () => copy.sql('PRAGMA user_version=99'),
    what: 'newer',
    found: /schema 99/,
  },
  {
    name: 'the ledger of another mode',
    damage: () => copy.sql("UPDATE meta SET value = 'production'"),
    what: 'otherMode',
    found: /holds production money/,
  },
]

describe.each(kinds)('$name', ({ damage, what, found, todo = PUT_BACK }) => {
  it.each([false, true])('is refused in words, and left as it is (read only: %s)', async readOnly => {
    damage()
    const before = copy.bytes()
    // A second look must say the same as the first: nothing was repaired on the way.
    for (const _look of [1, 2]) {
      const error = await copy.refusal({ readOnly })
      expect(error.what).toBe(what)
      expect(error.message).toContain(copy.file)
      expect(error.message).toMatch(found)
      expect(error.message).toMatch(/nothing was changed|It was left as it is/)
      expect(error.message).toMatch(
        what === 'foreign' || what === 'otherMode' || what === 'newer' ? /Move|Choose|Install/ : todo,
      )
      expect(error.message).not.toMatch(/\n|\bat .*\.ts:/)
      expect(copy.bytes()).toEqual(before)
    }
    takeLock(copy.file).close()
    expect(copy.bytes()).toEqual(before)
    // Where there was no log, a writer that refuses does not even leave an empty one.
    const leaves = readOnly || `${NAME}-wal` in before ? [] : readdirSync(copy.dir)
    expect(leaves.filter(name => /-wal$/.test(name))).toEqual([])
  })
})

it('a sound ledger that nobody sells on stays as it is, too', async () => {
  const before = copy.bytes()
  await (await copy.open()).close()
  await (await copy.open({ readOnly: true })).close()
  expect(copy.bytes()).toEqual(before)
})

describe('without a ledger', () => {
  it('a folder in its place is refused in words', async () => {
    rmSync(copy.file)
    rmSync(`${copy.file}.head`)
    mkdirSync(copy.file)
    expect(await copy.refusal()).toMatchObject({ what: 'unwritable' })
    takeLock(copy.file).close()
  })

  it('a place that cannot be written to is refused in words', async () => {
    const nowhere = openSqliteLedger({ file: '/proc/self/ledger.sqlite', mode: 'training' })
    await expect(nowhere).rejects.toMatchObject({
      what: 'unwritable',
      message: expect.stringMatching(/cannot be opened or written \(.+\)\. Check that the folder exists/),
    })
  })
})
