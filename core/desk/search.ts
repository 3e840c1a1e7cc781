import { RECEIPT_CODE_PREFIX } from '../../shared/receipt.ts'
import type { CheckoutKey } from '../ledger/ledger.ts'

/**
 * What somebody may mean by what they typed or scanned: a claim number (012), an amount (680, ¥1,240), PayPay's id, our id for PayPay,
 * or a receipt. Null: nothing was typed. An empty list: it can be nothing of ours.
 */
export function keysOf(text: string): readonly CheckoutKey[] | null {
  const typed = halfWidth(text).trim()
  if (typed === '') return null
  // A scanner types what a receipt's QR says.
  if (typed.toUpperCase().startsWith(RECEIPT_CODE_PREFIX))
    return [{ by: 'checkoutId', checkoutId: typed.slice(RECEIPT_CODE_PREFIX.length) }]
  const digits = typed.replace(/^[¥\\]|[,円\s]/g, '')
  const keys: CheckoutKey[] = []
  if (/^\d{1,11}$/.test(digits)) {
    const number = Number(digits)
    if (/^\d{1,3}$/.test(typed) && number > 0) keys.push({ by: 'claimNumber', claimNumber: number })
    // 012 is a number to be called, not an amount.
    if (!digits.startsWith('0')) keys.push({ by: 'totalYen', totalYen: number })
  }
  if (/^\d{12,32}$/.test(digits)) keys.push({ by: 'paymentId', paymentId: digits })
  if (/^[A-Za-z0-9_-]{6,64}$/.test(typed)) {
    keys.push({ by: 'merchantPaymentId', merchantPaymentId: typed })
    keys.push({ by: 'checkoutId', checkoutId: typed })
  }
  return keys
}

/** A Japanese keyboard types １２３ as readily as 123. */
function halfWidth(text: string): string {
  return text.normalize('NFKC')
}
