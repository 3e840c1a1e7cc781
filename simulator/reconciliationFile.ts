import iconv from 'iconv-lite'
import * as z from 'zod'
import { type Book, codeOf, methodTypeOf, type Payment, WALLET } from './book.ts'
import { jstDaySpan, jstText } from './businessTime.ts'
import type { Surroundings } from './paypay.ts'
import { preauthEntries } from './preauth/fileEntries.ts'

/** Which file, and what is wrong with it. */
export const fileWish = z.strictObject({
  /** JST. */
  day: z.iso.date({ error: 'expected a day such as 2026-11-24' }),
  form: z.enum(['instant', 'preauth']).default('instant'),
  /** In the preauth form: whether plain payments are in it too, as if they had been captured, for readers that know no others. */
  plain: z.enum(['left', 'asCaptured']).default('left'),
  flaw: z.enum(['none', 'cutOff', 'otherMerchant', 'otherDay', 'utf8']).default('none'),
})
export type FileWish = z.infer<typeof fileWish>

export type ReconciliationFile = { readonly name: string; readonly bytes: Uint8Array }

/** Where the simulator was given no merchant id. */
const MERCHANT_ID = '100000000000000001'
const OTHER_MERCHANT_ID = '200000000000000002'
const CUT_BYTES = 12

/**
 * PayPay's daily file (OPA, Transaction Recon File with Capture) of what the book has of that day so far: plain payments in the
 * instant form, preauthorisations in the other.
 */
export function reconciliationFile(
  book: Book,
  merchantId: string | null,
  { day, form, plain, flaw }: FileWish,
  at: Surroundings,
): ReconciliationFile {
  const merchant = flaw === 'otherMerchant' ? OTHER_MERCHANT_ID : (merchantId ?? MERCHANT_ID)
  const span = jstDaySpan(day, flaw === 'otherDay' ? -1 : 0)
  const isOfDay = (atMs: number) => atMs >= span.fromMs && atMs < span.toMs && atMs <= at.nowMs
  const isIn = (payment: Payment) =>
    payment.authorization === undefined ? form === 'instant' || plain === 'asCaptured' : form === 'preauth'
  const payments = [...book.payments.values()].filter(isIn)
  const entries = [
    ...payments.flatMap(payment =>
      payment.authorization === undefined
        ? paymentEntries(book, payment, at, isOfDay)
        : preauthEntries(entryOf(book, payment), payment, at.nowMs).filter(one => isOfDay(one.atMs)),
    ),
    ...refundEntries(book, isOfDay, isIn),
  ].toSorted((one, other) => one.atMs - other.atMs)
  const { header, cells } = forms[form]
  const lines = [header, ...entries.map(entry => cells(entry, merchant))]
  const text = lines.map(line => `${line.map(quoted).join(',')}\n`).join('')
  const whole = flaw === 'utf8' ? Buffer.from(text) : iconv.encode(text, 'shift_jis')
  const [from, to] = [span.fromMs, span.toMs - 1_000].map(ms => jstText(ms).replaceAll(/\D/g, ''))
  return {
    name: `${form === 'preauth' ? 'preauth_' : ''}transaction_${merchant}_${from}_${to}_v2.csv`,
    bytes: flaw === 'cutOff' ? whole.subarray(0, -CUT_BYTES) : whole,
  }
}

type EntryKind = 'payment' | 'paymentFailed' | 'refund' | 'authorized' | 'reverted' | 'expired'

/** One row, before it has a form. */
export type Entry = {
  readonly kind: EntryKind
  readonly paymentId: string
  readonly merchantPaymentId: string
  /** Of the capture, the revert or the refund that the row is about. */
  readonly ownId: string | null
  readonly amountYen: number
  readonly methodType: string
  readonly atMs: number
  readonly storeId: string
  readonly storeName: string
  readonly terminalId: string
}

/** A payment that was only declined has no paymentId, and no row. */
function paymentEntries(
  book: Book,
  payment: Payment,
  at: Surroundings,
  isOfDay: (atMs: number) => boolean,
): Entry[] {
  const paidAtMs = payment.history.find(change => change.status === 'COMPLETED')?.atMs ?? null
  if (paidAtMs === null) return []
  const failedAtMs =
    payment.history.find(change => change.status === 'FAILED' && change.atMs >= paidAtMs)?.atMs ?? null
  const isUndone = isOfDay(paidAtMs) && failedAtMs !== null && isOfDay(failedAtMs)
  const how = isUndone ? at.switches.cancelInFile : 'bothRows'
  if (how === 'notListed') return []
  const entry = entryOf(book, payment)
  return [
    ...(isOfDay(paidAtMs) && how === 'bothRows'
      ? [{ ...entry, kind: 'payment', atMs: paidAtMs } as const]
      : []),
    ...(failedAtMs !== null && isOfDay(failedAtMs)
      ? [{ ...entry, kind: 'paymentFailed', atMs: failedAtMs } as const]
      : []),
  ]
}

function refundEntries(
  book: Book,
  isOfDay: (atMs: number) => boolean,
  isIn: (payment: Payment) => boolean,
): Entry[] {
  return [...book.refunds.values()].flatMap(refund => {
    const payment = book.payments.get(refund.merchantPaymentId)
    if (payment === undefined || !isOfDay(refund.acceptedAtMs) || !isIn(payment)) return []
    const { merchantRefundId: ownId, amountYen, acceptedAtMs } = refund
    return [{ ...entryOf(book, payment), kind: 'refund', ownId, amountYen, atMs: acceptedAtMs } as const]
  })
}

function entryOf(book: Book, payment: Payment): Omit<Entry, 'kind' | 'atMs'> {
  const { merchantPaymentId, amountYen } = payment
  const order = payment.direct?.order ?? codeOf(book, merchantPaymentId)?.order
  return {
    paymentId: payment.paymentId ?? '',
    merchantPaymentId,
    ownId: null,
    amountYen,
    methodType: methodTypeOf(payment),
    storeId: order?.storeId ?? '',
    storeName: order?.storeInfo ?? '',
    terminalId: order?.terminalId ?? '',
  }
}

/** The files have words of their own for the wallet; for what else people pay with none is published. */
const wordOf = ({ methodType }: Entry, wallet: string): string =>
  methodType === WALLET ? wallet : methodType

const BRAND = '模擬の店'

/** The instant form has no words for what only the other has in it. */
const instantWords: Readonly<Record<EntryKind, string>> = {
  payment: '取引完了',
  paymentFailed: '取引失敗',
  refund: '返金完了',
  authorized: '',
  reverted: '',
  expired: '',
}
const preauthWords: Readonly<Record<EntryKind, string>> = {
  payment: 'COMPLETED',
  paymentFailed: 'FAILED',
  refund: 'REFUNDED',
  authorized: 'AUTHORIZED',
  reverted: 'CANCELED',
  expired: 'EXPIRED',
}

/** Columns and words as in PayPay's text; the times as in its help pages and its sample. */
const forms = {
  instant: {
    header:
      '決済番号,加盟店ID,屋号,店舗ID,店舗名,端末番号/PosID,取引ステータス,取引日時,取引金額,レシート番号,支払い方法,マーチャント決済ID,支払い詳細'.split(
        ',',
      ),
    cells(entry: Entry, merchant: string): string[] {
      const amount = String(entry.kind === 'refund' ? -entry.amountYen : entry.amountYen)
      return [
        entry.paymentId,
        merchant,
        BRAND,
        entry.storeId,
        entry.storeName,
        entry.terminalId,
        instantWords[entry.kind],
        jstText(entry.atMs).replaceAll('-', '/').replace('T', ' '),
        amount,
        '',
        wordOf(entry, 'PayPay残高'),
        entry.merchantPaymentId,
        `[{"paymentMethod":"${wordOf(entry, 'PayPay残高')}", "amount":${amount}}]`,
      ]
    },
  },
  preauth: {
    header:
      'orderId,merchantId,brandName,storeId,storeName,terminalId,transactionStatus,acceptedAt,amount,orderReceiptNumber,methodOfPayment,merchantPaymentId,paymentDetails'.split(
        ',',
      ),
    cells(entry: Entry, merchant: string): string[] {
      return [
        entry.paymentId,
        merchant,
        BRAND,
        entry.storeId,
        entry.storeName,
        entry.terminalId,
        preauthWords[entry.kind],
        `${jstText(entry.atMs)}+09:00`,
        String(entry.amountYen),
        '',
        wordOf(entry, 'wallet'),
        entry.ownId ?? entry.merchantPaymentId,
        // Only for COMPLETED and REFUNDED.
        entry.kind !== 'payment' && entry.kind !== 'refund'
          ? ''
          : `[{"paymentMethod":"${entry.methodType}", "amount":${entry.amountYen}}]`,
      ]
    },
  },
} as const

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
