import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Copies, Copy, makeCopies, NAME, SALES } from './copies.ts'
import { type Ledger, LedgerBroken, type StoredFact } from './ledger.ts'
import { verifyLedger } from './walk.ts'

// Wherever one bit is another, in a file or in its log.

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

it.each<[string, 'closed' | 'killed', string]>([
  ['the file', 'closed', NAME],
  ['the file under its log', 'killed', NAME],
  ['the log', 'killed', `${NAME}-wal`],
])(
  'any one flipped bit in %s: the ledger is sound to the last fact, or it is told in words and not a byte changes',
  async (_name, folder, name) => {
    const ledger = await copy.open({ readOnly: true })
    const facts = await ledger.stored(0, 1_000)
    await ledger.close()
    const openOnes = Array.from({ length: SALES / 3 }, (_, n) => `a-${3 * n + 3}`)
    const size = readFileSync(join(copies[folder], name)).length
    const tally = { sound: 0, refused: 0, found: 0 }
    await fc.assert(
      fc.asyncProperty(fc.nat(size - 1), fc.nat(7), async (offset, bit) => {
        copy.becomes(copies[folder])
        copy.flip(offset, bit, join(copy.dir, name))
        const before = copy.bytes()
        const opened = await copy.open().catch((error: unknown) => error)
        if (opened instanceof Error) {
          expect(opened).toBeInstanceOf(LedgerBroken)
          expect(copy.bytes()).toEqual(before)
          tally.refused += 1
        } else {
          const sound = await isSound(opened as Ledger, facts, openOnes)
          // A log is moved into its file by whoever closes it last; nothing else may change.
          if (!sound && folder === 'closed') expect(copy.bytes()).toEqual(before)
          tally[sound ? 'sound' : 'found'] += 1
        }
      }),
      { numRuns: 100, seed: 20_261_124, endOnFailure: true },
    )
    // What is expected above was met; in a log every bit counts.
    if (folder === 'closed') expect(tally.sound).toBeGreaterThan(0)
    expect(tally.refused).toBeGreaterThan(0)
  },
  60_000,
)

/** Whether the walk says so; then it has to be true, and no open checkout may be hidden. */
async function isSound(
  ledger: Ledger,
  facts: readonly StoredFact[],
  openOnes: readonly string[],
): Promise<boolean> {
  try {
    if (!(await verifyLedger(ledger)).sound) return false
    expect(await ledger.stored(0, 1_000)).toEqual(facts)
    expect(await ledger.openCheckouts()).toEqual(openOnes)
    for (const id of openOnes) expect(await ledger.factsOf(id)).toHaveLength(3)
    return true
  } finally {
    await ledger.close()
  }
}
