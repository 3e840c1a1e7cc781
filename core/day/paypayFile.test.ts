import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import type { FileFault, FileFaultKind } from '../../shared/reconciliation.ts'
import { type ExpectedFile, MAX_FILE_BYTES, readPaypayFile } from './paypayFile.ts'

const HEADER =
  '決済番号,加盟店ID,屋号,店舗ID,店舗名,端末番号/PosID,取引ステータス,取引日時,取引金額,レシート番号,支払い方法,マーチャント決済ID,支払い詳細'
const PREAUTH_HEADER =
  'orderId,merchantId,brandName,storeId,storeName,terminalId,transactionStatus,acceptedAt,amount,orderReceiptNumber,methodOfPayment,merchantPaymentId,paymentDetails'
const NAME = 'transaction_000000000000008181_20261124000000_20261124235959_v2.csv'
const PREAUTH_NAME = `preauth_${NAME}`
const DETAILS = '"[{""paymentMethod"":""PayPay残高"",""amount"":160}]"'

type Cells = { id: string; merchant: string; status: string; at: string; amount: string; details: string }

function line(changes: Partial<Cells> = {}): string {
  const { id, merchant, status, at, amount, details } = {
    id: '01234567890123456789',
    merchant: '000000000000008181',
    status: '取引完了',
    at: '2026/11/24 12:36:23',
    amount: '160',
    details: DETAILS,
    ...changes,
  }
  return `${id},${merchant},表参道ソース,store,本店～1号,kaikei,${status},${at},${amount},,PayPay残高,order-1,${details}`
}

const text = (...lines: string[]) => [HEADER, ...lines].map(one => `${one}\n`).join('')
const sjis = (content: string) => iconv.encode(content, 'shift_jis')
const expected = (changes: Partial<ExpectedFile> = {}): ExpectedFile => ({
  day: '2026-11-24',
  merchantId: '000000000000008181',
  form: 'instant',
  ...changes,
})
const read = (bytes: Uint8Array, name = NAME, what = expected()) => readPaypayFile(bytes, name, what)
const faultOf = async (bytes: Uint8Array, name = NAME, what = expected()): Promise<FileFault | null> => {
  const result = await read(bytes, name, what)
  return result.ok ? null : result.fault
}

it('reads PayPay’s file as PayPay writes it', async () => {
  const refund = line({ status: '返金完了', at: '2026/11/24 13:00:00', amount: '-60' })
  const file = await read(sjis(text(line(), refund)))
  expect(file).toEqual({
    ok: true,
    file: {
      form: 'instant',
      merchantId: '000000000000008181',
      fromDay: '2026-11-24',
      toDay: '2026-11-24',
      rows: [
        {
          kind: 'payment',
          paymentId: '01234567890123456789',
          merchantPaymentId: 'order-1',
          amountYen: 160,
          atMs: Date.parse('2026-11-24T12:36:23+09:00'),
          storeId: 'store',
          terminalId: 'kaikei',
          method: 'PayPay残高',
        },
        expect.objectContaining({ kind: 'refund', amountYen: 60 }),
      ],
    },
  })
})

describe('what a shop owner may do to the file and still use it', async () => {
  const whole = await read(sjis(text(line())))
  it.each([
    ['saved as UTF-8', Buffer.from(text(line()))],
    ['saved as UTF-8 with a byte order mark', Buffer.from(`\uFEFF${text(line())}`)],
    ['saved with CRLF', sjis(text(line()).replaceAll('\n', '\r\n'))],
    ['saved with an empty line and a line of commas', sjis(`${text(line())}\n,,,,,,,,,,,,\n`)],
    ['its merchant id without the zeros before it', sjis(text(line({ merchant: '8181' })))],
    ['no end of the last line', sjis(text(line()).trimEnd())],
    ['JSON whose quotes are not doubled', sjis(text(line({ details: '"[{"a":"b","c":1}]"' })))],
  ])('%s', (_, bytes) => expect(read(bytes)).resolves.toEqual(whole))

  it.each([
    `transaction_000000000000008181_20261124_20261124.csv`,
    NAME.replace('.csv', ' (1).csv'),
    NAME.replace('.csv', ' - コピー.csv'),
  ])('the name %s', name => expect(read(sjis(text(line())), name)).resolves.toEqual(whole))

  it.each(['2026-11-24 12:36:23', '2026/11/24 12:36:23', '20261124123623', '2026-11-24T03:36:23Z'])(
    'the time %s',
    at => expect(read(sjis(text(line({ at }))))).resolves.toEqual(whole),
  )

  it('a time without seconds, as a spreadsheet program shows it', async () => {
    const result = await read(sjis(text(line({ at: '2026/11/24 9:05' }))))
    expect(result.ok && result.file.rows[0]?.atMs).toBe(Date.parse('2026-11-24T09:05:00+09:00'))
  })
})

it.each([
  ['with the end of its line', text()],
  ['without it', HEADER],
])('a day without sales has no rows, %s', async (_, content) => {
  const result = await read(sjis(content))
  expect(result.ok && result.file.rows).toEqual([])
})

it('reads the preauth form, whose amounts have no sign, or PayPay’s sample’s minus', async () => {
  const row = (status: string, amount: string) =>
    `0123,000000000000008181,店,store,店,kaikei,${status},2026-11-24T10:53:25+09:00,${amount},,wallet,a-1,\n`
  const content = `${PREAUTH_HEADER}\n${row('AUTHORIZED', '480')}${row('COMPLETED', '480')}${row('REFUNDED', '80')}${row('REFUNDED', '-80')}${row('EXPIRED', '480')}`
  const result = await read(sjis(content), PREAUTH_NAME, expected({ form: 'preauth' }))
  expect(result.ok && result.file.rows.map(({ kind, amountYen }) => [kind, amountYen])).toEqual([
    ['authorized', 480],
    ['payment', 480],
    ['refund', 80],
    ['refund', 80],
    ['paymentFailed', 480],
  ])
})

const whole = sjis(text(line(), line({ id: '1', status: '返金完了', amount: '-1' })))

const faults: Readonly<
  Record<
    FileFaultKind,
    readonly (readonly [what: string, found: () => Promise<FileFault | null>, fault: object])[]
  >
> = {
  tooLarge: [
    [
      'more than 5 MB',
      () => faultOf(new Uint8Array(MAX_FILE_BYTES + 1)),
      { bytes: MAX_FILE_BYTES + 1, maxBytes: MAX_FILE_BYTES },
    ],
  ],
  unknownName: [
    ['a name of its own', () => faultOf(whole, 'sales.csv'), { name: 'sales.csv' }],
    [
      'a day that does not exist',
      () => faultOf(whole, NAME.replaceAll('20261124', '20261131')),
      { name: expect.stringContaining('20261131') },
    ],
  ],
  empty: [['no bytes', () => faultOf(new Uint8Array()), {}]],
  unreadable: [
    ['UTF-16', () => faultOf(Buffer.from(`\uFEFF${text(line())}`, 'utf16le')), { looksLike: 'utf16' }],
    ['a workbook', () => faultOf(Buffer.from('PK\u0003\u0004')), { looksLike: 'workbook' }],
    ['EUC-JP', () => faultOf(iconv.encode(text(line()), 'euc-jp')), { looksLike: 'other' }],
  ],
  cutOff: [
    [
      'in the middle of a character',
      () => faultOf(sjis(`${HEADER}\n0123,000000000000008181,表`).subarray(0, -1)),
      { line: 2, why: 'brokenCharacter' },
    ],
    [
      'in the middle of the JSON',
      () => faultOf(sjis(text(line()).trimEnd().slice(0, -12))),
      { line: 2, why: 'openQuote' },
    ],
    [
      'in the middle of the header',
      () => faultOf(sjis('決済番号,加盟店')),
      { line: 1, why: 'tooFewColumns' },
    ],
    [
      'in the middle of a line',
      () => faultOf(sjis(text(line(), line({ id: '2' }).slice(0, 40)))),
      { line: 3, why: 'tooFewColumns' },
    ],
    [
      'before the JSON',
      () => faultOf(sjis(text(line({ details: '' })).trimEnd())),
      { line: 2, why: 'noLineEnd' },
    ],
    [
      'a file from before v2, in its last id',
      () =>
        faultOf(
          sjis(
            text(line({ details: '' }))
              .replaceAll(/,(支払い詳細)?$/gm, '')
              .trimEnd()
              .slice(0, -1),
          ),
        ),
      { line: 2, why: 'noLineEnd' },
    ],
  ],
  tooManyColumns: [
    [
      'a comma in the name of the shop',
      () => faultOf(sjis(text(line({ id: '0,123', details: '' })))),
      { line: 2, found: 14, expected: 13 },
    ],
  ],
  columnMissing: [
    [
      'two of those that are read',
      () => faultOf(sjis(text(line()).replace('取引金額', '金額').replace('店舗ID', '店'))),
      { columns: ['店舗ID', '取引金額'] },
    ],
  ],
  otherForm: [
    [
      'the preauth form under the other name',
      () => faultOf(sjis(`${PREAUTH_HEADER}\n`)),
      { found: 'preauth', expected: 'instant', by: 'name' },
    ],
    [
      'the instant form under the preauth name',
      () => faultOf(whole, PREAUTH_NAME, expected({ form: null })),
      { found: 'instant', expected: 'preauth', by: 'name' },
    ],
    [
      'the preauth file where the other was asked for',
      () => faultOf(sjis(`${PREAUTH_HEADER}\n`), PREAUTH_NAME),
      { found: 'preauth', expected: 'instant', by: 'asked' },
    ],
  ],
  mangledIds: [
    [
      'in the form of a spreadsheet',
      () => faultOf(sjis(text(line({ id: '2', merchant: '8.181E+15' }), line({ id: '2.85739E+19' })))),
      { line: 3, column: '決済番号', text: '2.85739E+19' },
    ],
    [
      'the merchant’s',
      () => faultOf(sjis(text(line({ merchant: '8.181E+15' })))),
      { line: 2, column: '加盟店ID', text: '8.181E+15' },
    ],
    [
      'shown as whole numbers',
      () => faultOf(sjis(text(line({ id: '28573912345678900000' }), line({ id: '1234567890123450000' })))),
      { line: 2, column: '決済番号', text: '28573912345678900000' },
    ],
  ],
  otherMerchant: [
    [
      'by its name',
      () => faultOf(whole, NAME, expected({ merchantId: '9' })),
      { found: '000000000000008181', expected: '9', line: null },
    ],
    [
      'in a row',
      () => faultOf(sjis(text(line(), line({ id: '2', merchant: '77' })))),
      { found: '77', expected: '000000000000008181', line: 3 },
    ],
  ],
  otherDay: [
    [
      'by its name',
      () => faultOf(whole, NAME, expected({ day: '2026-11-25' })),
      { expectedDay: '2026-11-25', fromDay: '2026-11-24', toDay: '2026-11-24' },
    ],
  ],
  rowOfOtherDay: [
    [
      'a second after midnight',
      () => faultOf(sjis(text(line({ at: '2026-11-25 00:00:00' })))),
      { line: 2, text: '2026-11-25 00:00:00', fromDay: '2026-11-24', toDay: '2026-11-24' },
    ],
  ],
  badAmount: ['160.5', '1.6E+02', '', '-160', '100000000000', '１６０'].map(amount => [
    `a payment of “${amount}”`,
    () => faultOf(sjis(text(line({ amount })))),
    { line: 2, text: amount },
  ]),
  badTime: ['2026-11-31 12:00:00', '2026-11-24 24:00:00', '11/24 12:00', ''].map(at => [
    `“${at}”`,
    () => faultOf(sjis(text(line({ at })))),
    { line: 2, text: at },
  ]),
  unknownStatus: ['取引中', 'constructor', 'COMPLETED'].map(status => [
    status,
    () => faultOf(sjis(text(line({ status })))),
    { line: 2, text: status },
  ]),
  idMissing: [['of a payment', () => faultOf(sjis(text(line({ id: '' })))), { line: 2, column: '決済番号' }]],
  paymentTwice: [
    [
      'two files put together',
      () => faultOf(sjis(text(line(), line()))),
      { line: 3, firstLine: 2, paymentId: '01234567890123456789' },
    ],
  ],
}

describe.each(Object.entries(faults))('%s', (kind, cases) => {
  it.each(cases)('%s', (_, found, fault) => expect(found()).resolves.toEqual({ kind, ...fault }))
})

it('a payment that failed may have no id', async () => {
  const result = await read(sjis(text(line({ id: '', status: '取引失敗' }))))
  expect(result.ok && result.file.rows).toMatchObject([{ kind: 'paymentFailed', paymentId: '' }])
})

it('a file that ends anywhere is refused, unless it ends behind a line', async () => {
  const lines = [line({ id: '1' }), line({ id: '2' }), line({ id: '3' })]
  const bytes = sjis(text(...lines))
  /** How many rows are whole there, with or without the end of the last line. */
  const rowsAt = new Map<number, number>()
  for (const count of [0, 1, 2, 3]) {
    const end = sjis(text(...lines.slice(0, count))).length
    rowsAt.set(end, count).set(end - 1, count)
  }
  for (let end = 0; end <= bytes.length; end += 1) {
    const result = await read(bytes.subarray(0, end))
    const found = result.ok ? result.file.rows.length : result.fault.kind
    expect([end, found]).toEqual([end, rowsAt.get(end) ?? (end === 0 ? 'empty' : 'cutOff')])
  }
})
