import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { yen } from '../../shared/money.ts'
import type { AnyReceipt, Receipt, ReturnReceipt } from '../../shared/receipt.ts'
import { ReceiptPaper } from './receipt.tsx'

// What the law asks for has to be on the paper, and what a shop may not claim must not be.

const receipt: Receipt = {
  kind: 'sale',
  checkoutId: 'c-1',
  claimNumber: '012',
  issuer: {
    name: '株式会社こかげ',
    shop: 'こかげ',
    address: '東京都千代田区霞が関3-1-1',
    phone: '03-0000-0000',
    registrationNumber: 'T7000012050002',
  },
  receiptNumber: '20261125-012',
  saleDate: '2026-11-25',
  // 00:05 on the 26th in Japan.
  issuedAtMs: Date.UTC(2026, 10, 25, 15, 5),
  lines: [
    {
      names: { ja: 'ほうじ茶', en: 'Roasted green tea', ko: '호지차' },
      quantity: 2,
      unitPriceYen: yen(540),
      lineYen: yen(1_080),
      taxRatePercent: 8,
      isReducedRate: true,
    },
    {
      names: { ja: '保冷バッグ' },
      quantity: 1,
      unitPriceYen: yen(220),
      lineYen: yen(220),
      taxRatePercent: 10,
      isReducedRate: false,
    },
  ],
  taxes: [
    { ratePercent: 8, totalYen: yen(1_080), taxYen: yen(80) },
    { ratePercent: 10, totalYen: yen(220), taxYen: yen(20) },
  ],
  totalYen: yen(1_300),
  paymentId: '04712345678901234567',
  mode: 'production',
  printedBefore: 0,
  locale: 'ja',
  message: { ja: 'ありがとうございました' },
}

const { kind: _kind, message: _message, lines, ...paper } = receipt
const returned: ReturnReceipt = {
  ...paper,
  kind: 'return',
  what: 'amount',
  returnNumber: '20261126-R003',
  returnDate: '2026-11-26',
  lines: lines.map((line, lineIndex) => ({ ...line, lineIndex })),
  taxes: [
    { ratePercent: 8, totalYen: yen(83), taxYen: yen(6) },
    { ratePercent: 10, totalYen: yen(17), taxYen: yen(1) },
  ],
  totalYen: yen(100),
}

/** Its text, with a bar between elements. */
function textOf(shown: AnyReceipt): string {
  const markup = renderToStaticMarkup(<ReceiptPaper receipt={shown} paperMm={58} />)
  return markup
    .replace(/<[^>]+>/g, '|')
    .replace(/\|+/g, '|')
    .replaceAll('\u00a0', ' ')
}

it('says everything that a simplified qualified invoice has to say', () => {
  const text = textOf(receipt)
  for (const said of [
    '|領収書|適格簡易請求書|',
    '|株式会社こかげ|',
    '|登録番号 |T7000012050002|',
    '|取引日|2026年11月25日|',
    '|発行日時|2026年11月26日 00:05|',
    '|ほうじ茶 ※|¥540 × 2|¥1,080|',
    '|保冷バッグ|¥220|',
    '|8%対象|¥1,080|内消費税等|¥80|',
    '|10%対象|¥220|内消費税等|¥20|',
    '|合計|¥1,300|',
    '|※は軽減税率対象|',
    '|PayPayでお支払い|¥1,300|PayPay決済番号|04712345678901234567|',
  ])
    expect(text).toContain(said)
  expect(text).not.toMatch(/再発行|領収書ではありません/)
})

it('says everything that a qualified return invoice has to say', () => {
  const text = textOf(returned)
  for (const said of [
    '|返金明細書|適格返還請求書|',
    '|登録番号 |T7000012050002|',
    '|返金日|2026年11月26日|元の取引日|2026年11月25日|',
    '|返金番号|20261126-R003|元の領収書番号|20261125-012|',
    // An amount is no price of the things, but they have to be named.
    '|一部の返金（下記の品物の値引き）|ほうじ茶 ※|保冷バッグ|返金合計|¥100|',
    '|8%対象|¥83|内消費税等|¥6|10%対象|¥17|内消費税等|¥1|',
    '|PayPayへ返金|¥100|',
  ])
    expect(text).toContain(said)
  expect(textOf({ ...returned, what: 'lines' })).toContain('|返品による返金|ほうじ茶 ※|¥540 × 2|¥1,080|')
  expect(textOf({ ...returned, what: 'whole' })).toContain('|全額の返金|')
})

it.each([receipt, returned])('claims nothing and names no tax without a registration number', shown => {
  const text = textOf({ ...shown, issuer: { ...shown.issuer, registrationNumber: null } })
  expect(text).not.toMatch(/適格|請求書|登録番号|消費税/)
  expect(text).toContain('|8%対象|')
})

it.each([receipt, returned])('is nothing to be taken for a receipt in training, at either end', shown => {
  for (const mode of ['training', 'sandbox'] as const) {
    const text = textOf({ ...shown, mode })
    expect(text).not.toContain('適格')
    expect(text.startsWith('|練習用・領収書ではありません|')).toBe(true)
    expect(text.endsWith('|練習用・領収書ではありません|')).toBe(true)
  }
})

it('says that it is a copy', () => {
  expect(textOf({ ...receipt, printedBefore: 2 })).toContain('|再発行 2回目|')
})

it('has English beside the Japanese for every other language, and names as the customer reads them', () => {
  const english = textOf({ ...receipt, locale: 'en', printedBefore: 1 })
  for (const said of [
    '|領収書 |Receipt|適格簡易請求書 |Simplified qualified invoice|再発行 1回目 |Reprint no. 1|',
    '|取引日 |Date of sale|2026-11-25|',
    '|ほうじ茶 ※|Roasted green tea|¥540 × 2|¥1,080|保冷バッグ|¥220|',
    '|合計 |Total|¥1,300|',
    '|8%対象 |Items at 8%|¥1,080|内消費税等 |of which tax|¥80|',
  ])
    expect(english).toContain(said)
  const korean = renderToStaticMarkup(<ReceiptPaper receipt={{ ...receipt, locale: 'ko' }} paperMm={80} />)
  expect(korean).toContain('<small lang="ko" class="below">호지차</small>')
  expect(korean).toContain('<small lang="en" class="beside">Total</small>')
  const chinese = renderToStaticMarkup(<ReceiptPaper receipt={{ ...receipt, locale: 'zh' }} paperMm={80} />)
  expect(chinese).toContain('<small lang="en" class="below">Roasted green tea</small>')
})
