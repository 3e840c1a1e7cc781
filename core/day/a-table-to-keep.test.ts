import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { expect, it } from 'vitest'
import { csvFile } from './csv.ts'

const windows = { record_delimiter: '\r\n' }

async function bytesOf(table: (string | number | null)[][], encoding: 'utf8' | 'sjis'): Promise<Buffer> {
  return Buffer.from((await csvFile('kaikei-a.csv', table, encoding)).base64, 'base64')
}

it('UTF-8 begins with its mark, and its lines end as Windows has them', async () => {
  const table = [
    ['商品', 1],
    ['緑茶', -160],
  ]
  expect((await bytesOf(table, 'utf8')).toString('hex')).toBe(
    `efbbbf${Buffer.from('商品,1\r\n緑茶,-160\r\n').toString('hex')}`,
  )
})

it.each(['=HYPERLINK("http://x")', '+1', '-1+cmd', '@SUM(A1)', '\tx', '＝1', '＋1', '－1', '＠x'])(
  'a product called %s is no formula',
  async name => {
    for (const encoding of ['utf8', 'sjis'] as const) {
      const bytes = await bytesOf([[name, -5]], encoding)
      const text = encoding === 'utf8' ? bytes.toString('utf8') : iconv.decode(bytes, 'shift_jis')
      const [row] = parse(text, { bom: true }) as string[][]
      expect(row).toEqual([`'${name}`, '-5'])
    }
  },
)

it('what Shift_JIS lacks is counted and shown, and what Windows only numbers otherwise is not', async () => {
  const { base64, replaced } = await csvFile('kaikei-a.csv', [['🍵抹茶〜¥100−①髙﨑', '고카게']], 'sjis')
  expect(iconv.decode(Buffer.from(base64, 'base64'), 'shift_jis')).toBe('〓抹茶～\uFFE5100－①髙﨑,〓〓〓\r\n')
  expect(replaced).toBe(4)
})

it('any text comes back as it was from UTF-8, and from Shift_JIS but for what was replaced', async () => {
  const cell = fc.string({ unit: 'binary' }).filter(text => !/^[=+\-@\t\r＝＋－＠]/.test(text))
  await fc.assert(
    fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 4 }), async cells => {
      const row = ['first', ...cells]
      const [back] = parse((await bytesOf([row], 'utf8')).toString('utf8').slice(1), windows) as string[][]
      expect(back).toEqual(row.map(text => text.toWellFormed()))
      const { base64, replaced } = await csvFile('kaikei-a.csv', [row], 'sjis')
      const [written] = parse(iconv.decode(Buffer.from(base64, 'base64'), 'shift_jis'), windows) as string[][]
      const marks = (texts: readonly string[] = []): number => texts.join('').split('〓').length - 1
      expect(marks(written) - marks(row)).toBe(replaced)
    }),
  )
})
