import { expect, it } from 'vitest'
import { csvFile, csvText } from './day/csv.ts'
import { inTurns, ROWS_A_TURN } from './turn.ts'

// A manager exports the largest table that there is while somebody pays: the till does not stand still for it.

const table = Array.from({ length: 8 * ROWS_A_TURN + 1 }, (_, row) => [row, `=品"${row}`, null, 'a,b\r\nc'])

/** How often somebody else was served while this was under way. */
async function servedDuring<T>(work: Promise<T>): Promise<{ result: T; served: number }> {
  let served = 0
  let goesOn = true
  const serve = (): void => {
    served += 1
    if (goesOn) setImmediate(serve)
  }
  setImmediate(serve)
  const result = await work
  goesOn = false
  return { result, served }
}

it('a long table is made in turns, and comes out as if it were made at once', async () => {
  const { result, served } = await servedDuring(csvText(table))
  // Between nine parts there are eight turns; whoever waits for the last of them may be served after it.
  expect(served).toBeGreaterThanOrEqual(7)
  expect(Buffer.from(result).toString('base64')).toBe(csvFile('kaikei-a.csv', table, 'utf8').base64)
})

it.each([0, 1, ROWS_A_TURN, ROWS_A_TURN + 1])('of %i items none is lost or taken twice', async length => {
  const items = Array.from({ length }, (_, index) => index)
  const parts = await inTurns(items, some => [...some])
  expect(parts.flat()).toEqual(items)
  expect(parts).toHaveLength(Math.ceil(length / ROWS_A_TURN))
})

it('what fails in a later turn fails as a whole', async () => {
  const items = Array.from({ length: ROWS_A_TURN + 1 }, (_, index) => index)
  const failing = inTurns(items, some => {
    if (some.includes(ROWS_A_TURN)) throw new Error('the ledger is closed')
  })
  await expect(failing).rejects.toThrow('the ledger is closed')
})
