import type { ReactNode } from 'react'
import type { CheckoutLine, Locale, PaypayMode, Shop } from '../../shared/checkout.ts'
import { sumYen, taxInside, yen } from '../../shared/money.ts'
import type { AnyReceipt, Receipt, ReceiptIssuer, ReceiptLine, ReturnReceipt } from '../../shared/receipt.ts'
import { ReceiptCard } from '../receipt/card.tsx'
import type { PaperMm } from '../receipt/receipt.tsx'
import type { Basket, ScreenProps } from '../screens/props.ts'
import { basketOf, demoCart, longNamed } from './shop.ts'
import './receipts.css'

/** Made-up papers of every kind, by the name of their shot. The number is the tax office's own. */
type Draw = (shop: Shop, locale: Locale, mode: PaypayMode) => AnyReceipt

const papers: Readonly<Record<string, readonly [PaperMm, Draw]>> = {
  'receipt-58': [58, sale],
  'receipt-80': [80, sale],
  'receipt-reissued-58': [58, (...of) => ({ ...sale(...of), printedBefore: 2 })],
  'receipt-training-58': [58, (shop, locale) => sale(shop, locale, 'training')],
  'receipt-training-80': [80, (shop, locale) => sale(shop, locale, 'training')],
  'receipt-plain-58': [58, plain],
  'receipt-plain-80': [80, plain],
  'receipt-names-58': [58, longNames],
  'receipt-names-80': [80, longNames],
  'receipt-long-58': [58, thirtyLines],
  'receipt-long-80': [80, thirtyLines],
  'return-whole-58': [58, (...of) => giveBack(sale(...of), 'whole')],
  'return-whole-80': [80, (...of) => giveBack(sale(...of), 'whole')],
  'return-lines-58': [58, (...of) => giveBack(sale(...of), 'lines')],
  'return-amount-58': [58, (...of) => giveBack(sale(...of), 'amount')],
  'return-amount-80': [80, (...of) => giveBack(sale(...of), 'amount')],
  'return-plain-58': [58, (...of) => giveBack(plain(...of), 'whole')],
}

export const receiptShots = Object.fromEntries(
  Object.keys(papers).map(name => [name, (common: ScreenProps) => <Shown common={common} name={name} />]),
)

/** The paper of a shot, or null. */
export function paperOf(
  name: string,
  shop: Shop,
  locale: Locale,
  mode: PaypayMode,
): { readonly receipt: AnyReceipt; readonly paperMm: PaperMm } | null {
  const paper = papers[name]
  return paper ? { receipt: paper[1](shop, locale, mode), paperMm: paper[0] } : null
}

function Shown({ common, name }: { common: ScreenProps; name: string }): ReactNode {
  const paper = paperOf(name, common.shop, common.locale, common.mode)
  return (
    <main className="gallery-receipt">
      <h1 className="hidden">{name}</h1>
      {paper && <ReceiptCard {...paper} />}
    </main>
  )
}

const issuer: ReceiptIssuer = {
  name: '株式会社こかげ',
  shop: 'こかげ 駅前店',
  address: '東京都千代田区霞が関3-1-1',
  phone: '03-0000-0000',
  registrationNumber: 'T7000012050002',
}

function sale(shop: Shop, locale: Locale, mode: PaypayMode): Receipt {
  return saleOf(basketOf(shop, demoCart), locale, mode)
}

function saleOf(basket: Basket, locale: Locale, mode: PaypayMode): Receipt {
  return {
    kind: 'sale',
    checkoutId: '0199a6f2-4c1e-7b1a-9d3e-5f60718293a4',
    claimNumber: '012',
    issuer,
    receiptNumber: '20261125-012',
    saleDate: '2026-11-25',
    issuedAtMs: Date.UTC(2026, 10, 25, 1, 31),
    lines: basket.lines.map(receiptLine),
    taxes: basket.taxes,
    totalYen: basket.totalYen,
    paymentId: '04712345678901234567',
    mode,
    printedBefore: 0,
    locale,
    message: {
      ja: 'ありがとうございました。またお待ちしております。',
      en: 'Thank you. We hope to see you again.',
    },
  }
}

function plain(shop: Shop, locale: Locale, mode: PaypayMode): Receipt {
  const nobody = { name: 'こかげ', shop: null, address: null, phone: null, registrationNumber: null }
  return { ...sale(shop, locale, mode), issuer: nobody, message: null }
}

function longNames(shop: Shop, locale: Locale, mode: PaypayMode): Receipt {
  const long = longNamed(shop)
  const everything = Object.fromEntries(long.products.slice(0, 5).map(product => [product.id, 9]))
  return {
    ...saleOf(basketOf(long, everything), locale, mode),
    issuer: {
      ...issuer,
      name: '有限会社お弁当と珈琲のこかげホールディングス',
      shop: long.names.ja,
      address: '北海道札幌市中央区北一条西二丁目一番地 こかげ第二ビルディング 地下一階 B1-07号室',
    },
  }
}

function thirtyLines(shop: Shop, locale: Locale, mode: PaypayMode): Receipt {
  const { lines } = basketOf(shop, Object.fromEntries(shop.products.map(product => [product.id, 3])))
  const many = Array.from({ length: 30 }, (_, index) => lines[index % lines.length]).flatMap(
    line => line ?? [],
  )
  return saleOf(basketOfLines(many), locale, mode)
}

function basketOfLines(lines: readonly CheckoutLine[]): Basket {
  const taxes = ([8, 10] as const).flatMap(ratePercent => {
    const at = lines.filter(line => line.taxRatePercent === ratePercent).map(line => line.lineYen)
    const totalYen = sumYen(at)
    return at.length === 0 ? [] : [{ ratePercent, totalYen, taxYen: taxInside(totalYen, ratePercent) }]
  })
  return { lines, count: lines.length, totalYen: sumYen(lines.map(line => line.lineYen)), taxes }
}

function receiptLine(line: CheckoutLine): ReceiptLine {
  return { ...line, isReducedRate: line.taxRatePercent === 8 }
}

function giveBack(receipt: Receipt, what: ReturnReceipt['what']): ReturnReceipt {
  const { kind, lines, message, ...paper } = receipt
  const all = lines.map((line, lineIndex) => ({ ...line, lineIndex }))
  const [first] = all
  const back =
    what === 'lines' && first
      ? { lines: [first], ...atReducedRate(first.lineYen) }
      : what === 'amount'
        ? { lines: all.filter(line => line.isReducedRate), ...atReducedRate(100) }
        : { lines: all }
  return {
    ...paper,
    ...back,
    kind: 'return',
    what,
    returnNumber: '20261126-R003',
    returnDate: '2026-11-26',
    issuedAtMs: Date.UTC(2026, 10, 26, 3, 5),
  }
}

function atReducedRate(amountYen: number): Pick<ReturnReceipt, 'taxes' | 'totalYen'> {
  const totalYen = yen(amountYen)
  return { totalYen, taxes: [{ ratePercent: 8, totalYen, taxYen: taxInside(totalYen, 8) }] }
}
