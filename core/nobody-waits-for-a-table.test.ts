import iconv from 'iconv-lite'
import { expect, it } from 'vitest'
import { csvFile, csvText } from './day/csv.ts'
import { readPaypayFile } from './day/paypayFile.ts'
import { atOnce, inTurns, partly, ROWS_A_TURN, Stopped, withTurns } from './turn.ts'

// A manager exports the largest table that there is, or compares PayPay's largest file, while somebody pays: the till does not stand
// still for it.

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
  expect(Buffer.from(result).toString('base64')).toBe((await csvFile('kaikei-a.csv', table, 'utf8')).base64)
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

it('a long table in Shift_JIS is made in turns: every row once, and every replaced character counted', async () => {
  const rows = table.map((_, row) => [row, `品〜${row}`, row % 2 === 0 ? '🍵' : '〓'])
  const { result, served } = await servedDuring(csvFile('kaikei-a.csv', rows, 'sjis'))
  expect(served).toBeGreaterThanOrEqual(7)
  const written = rows.map(([number], row) => `${number},品～${row},〓\r\n`).join('')
  expect(iconv.decode(Buffer.from(result.base64, 'base64'), 'shift_jis')).toBe(written)
  expect(result.replaced).toBe(4 * ROWS_A_TURN + 1)
})

const HEADER =
  '決済番号,加盟店ID,屋号,店舗ID,店舗名,端末番号/PosID,取引ステータス,取引日時,取引金額,レシート番号,支払い方法,マーチャント決済ID,支払い詳細'
const line = (index: number, id = `04${String(index).padStart(18, '0')}`): string =>
  `${id},8181,会計,store,本店,kaikei,取引完了,2026/11/24 12:36:23,${index},,PayPay残高,order-${index},"[]"`

/** Long enough for two pieces of text, with a character of Shift_JIS's two bytes at every place. */
const lines = Array.from({ length: 2 * ROWS_A_TURN + 1 }, (_, index) => line(index + 1))
const readLines = (some: readonly string[], encoding: string) =>
  readPaypayFile(
    iconv.encode([HEADER, ...some, ''].join('\n'), encoding),
    'transaction_8181_20261124_20261124_v2.csv',
    {
      day: '2026-11-24',
      merchantId: null,
      form: null,
    },
  )

it.each(['shift_jis', 'utf8'])(
  'a long file of PayPay in %s is read in turns, every row of it',
  async encoding => {
    const { result, served } = await servedDuring(readLines(lines, encoding))
    expect(served).toBeGreaterThanOrEqual(10)
    if (!result.ok) throw new Error(JSON.stringify(result.fault))
    expect(result.file.rows.map(row => row.amountYen)).toEqual(lines.map((_, index) => index + 1))
  },
)

it('a payment that is in a long file twice is found over the turns, with both lines', async () => {
  const again = line(1)
  expect(await readLines([...lines, again], 'utf8')).toMatchObject({
    ok: false,
    fault: { kind: 'paymentTwice', firstLine: 2, line: lines.length + 2 },
  })
})

it('an id in powers of ten is told before anything else, however far behind it is', async () => {
  const spoilt = [line(1, ''), ...lines.slice(1), line(9, '4.04E+18')]
  expect(await readLines(spoilt, 'utf8')).toMatchObject({
    fault: { kind: 'mangledIds', text: '4.04E+18', line: spoilt.length + 1 },
  })
})

it('work in steps gives the same at once and with turns, and ends where it is stopped', async () => {
  const items = Array.from({ length: 3 * ROWS_A_TURN + 1 }, (_, index) => index)
  const doubled = () => partly(items, some => some.flatMap(one => [one, one]))
  const once = items.flatMap(one => [one, one])
  expect(atOnce(doubled())).toEqual(once)
  const { result, served } = await servedDuring(withTurns(doubled(), () => false))
  expect(result).toEqual(once)
  expect(served).toBeGreaterThanOrEqual(2)

  let asked = 0
  const begun: number[] = []
  const stopped = withTurns(
    partly(items, some => {
      begun.push(some.length)
      return some
    }),
    () => ++asked > 2,
  )
  await expect(stopped).rejects.toBeInstanceOf(Stopped)
  expect(begun).toEqual([ROWS_A_TURN, ROWS_A_TURN])
})
