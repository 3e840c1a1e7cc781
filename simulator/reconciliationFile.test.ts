import iconv from 'iconv-lite'
import { expect, it } from 'vitest'
import { startSimulator } from './http.ts'
import { fileWish } from './reconciliationFile.ts'
import { TestTill } from './testTill.ts'

const DAY = '2026-11-24'
const wish = (changes: object = {}) => fileWish.parse({ day: DAY, ...changes })

function linesOf(till: TestTill, changes: object = {}): string[] {
  const { bytes } = till.simulator.reconciliationFile(wish(changes))
  return iconv.decode(Buffer.from(bytes), 'shift_jis').split('\n')
}

it('writes the day as PayPay’s text says: the instant form', async () => {
  const till = new TestTill({ merchantId: '8181' })
  await till.createCode('order-1', 160, { storeId: 's', terminalId: 't', storeInfo: '表参道, 本店' })
  till.phone('approve')
  const paymentId = till.simulator.bookReport().payments[0]?.paymentId
  await till.pass(60_000)
  await till.refund('refund-1', paymentId ?? '', 60)
  const { name } = till.simulator.reconciliationFile(wish())
  expect(name).toBe('transaction_8181_20261124000000_20261124235959_v2.csv')
  const same = `${paymentId},8181,模擬の店,s,"表参道, 本店",t`
  expect(linesOf(till)).toEqual([
    '決済番号,加盟店ID,屋号,店舗ID,店舗名,端末番号/PosID,取引ステータス,取引日時,取引金額,レシート番号,支払い方法,マーチャント決済ID,支払い詳細',
    `${same},取引完了,2026/11/24 12:00:00,160,,PayPay残高,order-1,"[{""paymentMethod"":""PayPay残高"", ""amount"":160}]"`,
    `${same},返金完了,2026/11/24 12:01:00,-60,,PayPay残高,order-1,"[{""paymentMethod"":""PayPay残高"", ""amount"":-60}]"`,
    '',
  ])
})

it('and the preauth form, with amounts without a sign and the refund’s own id', async () => {
  const till = new TestTill({ merchantId: '8181' })
  const { paymentId } = await till.sell('order-1', 160)
  await till.refund('refund-1', paymentId, 60)
  const { name } = till.simulator.reconciliationFile(wish({ form: 'preauth', plain: 'asCaptured' }))
  expect(name).toBe('preauth_transaction_8181_20261124000000_20261124235959_v2.csv')
  const [header, ...rows] = linesOf(till, { form: 'preauth', plain: 'asCaptured' })
  expect(header).toBe(
    'orderId,merchantId,brandName,storeId,storeName,terminalId,transactionStatus,acceptedAt,amount,orderReceiptNumber,methodOfPayment,merchantPaymentId,paymentDetails',
  )
  expect(rows.map(row => row.split(',').slice(6, 12).join())).toEqual([
    'COMPLETED,2026-11-24T12:00:00+09:00,160,,wallet,order-1',
    'REFUNDED,2026-11-24T12:00:00+09:00,60,,wallet,refund-1',
    '',
  ])
})

it.each([
  ['bothRows', ['取引完了', '取引失敗']],
  ['failedRow', ['取引失敗']],
  ['notListed', []],
] as const)('a cancelled payment, with the switch cancelInFile at %s', async (cancelInFile, words) => {
  const till = new TestTill({ switches: { cancelInFile } })
  await till.sell('order-1')
  await till.pass(1_000)
  await till.cancel('order-1')
  const rows = linesOf(till).slice(1, -1)
  expect(rows.map(row => row.split(',')[6])).toEqual(words)
})

it('a cancel after midnight is the next day’s, however it is listed', async () => {
  const till = new TestTill({ switches: { cancelInFile: 'notListed' } })
  await till.pass(12 * 3_600_000 - 1_000)
  await till.sell('order-1')
  await till.pass(60_000)
  await till.cancel('order-1')
  expect(linesOf(till)[1]).toContain('取引完了')
  expect(linesOf(till, { day: '2026-11-25' })[1]).toContain('取引失敗')
})

it('midnight belongs to the day that begins', async () => {
  const till = new TestTill()
  await till.pass(12 * 3_600_000)
  await till.sell('order-1')
  expect(linesOf(till)).toHaveLength(2)
  expect(linesOf(till, { day: '2026-11-25' })[1]).toContain('2026/11/25 00:00:00')
})

it('a decline before the payment is no row of it', async () => {
  const till = new TestTill({ switches: { decline: 'failedPayableAgain' } })
  await till.createCode('order-1')
  till.phone('decline')
  await till.pass(1_000)
  till.phone('approve')
  expect(linesOf(till).slice(1, -1)).toEqual([expect.stringContaining('取引完了')])
})

it('is offered by control, with its name and its flaws', async () => {
  const running = await startSimulator({ port: 0, apiKey: 'k', apiSecret: 's' })
  try {
    const ask = (query: string) => fetch(`${running.paypayUrl}/_simulator/reconciliation-file?${query}`)
    const plain = await ask(`day=${DAY}`)
    expect(plain.headers.get('content-type')).toBe('text/csv; charset=Shift_JIS')
    expect(plain.headers.get('content-disposition')).toBe(
      'attachment; filename="transaction_100000000000000001_20261124000000_20261124235959_v2.csv"',
    )
    const whole = Buffer.from(await plain.arrayBuffer())
    const cut = Buffer.from(await (await ask(`day=${DAY}&flaw=cutOff`)).arrayBuffer())
    expect(cut).toEqual(whole.subarray(0, -12))
    const other = await ask(`day=${DAY}&flaw=otherMerchant`)
    expect(other.headers.get('content-disposition')).toContain('_200000000000000002_')
    const yesterday = await ask(`day=${DAY}&flaw=otherDay&form=preauth`)
    expect(yesterday.headers.get('content-disposition')).toContain('preauth_transaction_')
    expect(yesterday.headers.get('content-disposition')).toContain('_20261123235959_')
    const utf8 = await ask(`day=${DAY}&flaw=utf8`)
    expect(utf8.headers.get('content-type')).toBe('text/csv; charset=UTF-8')
    expect(await utf8.text()).toContain('決済番号')
  } finally {
    await running.close()
  }
})

it.each([
  ['', 'day: expected a day such as 2026-11-24'],
  ['day=yesterday', 'day: expected a day such as 2026-11-24'],
  [`day=${DAY}&flaw=torn`, 'flaw: '],
  [`day=${DAY}&from=x`, 'the query: '],
])('says what is wrong with the query “%s”', async (query, sentence) => {
  const running = await startSimulator({ port: 0, apiKey: 'k', apiSecret: 's' })
  try {
    const answer = await fetch(`${running.paypayUrl}/_simulator/reconciliation-file?${query}`)
    expect(answer.status).toBe(400)
    expect(((await answer.json()) as { error: string }).error).toContain(sentence)
  } finally {
    await running.close()
  }
})
