import type { FileForm } from '../../shared/reconciliation.ts'
import { jstDay, jstTime } from '../jst.ts'

export type FileName = {
  readonly form: FileForm
  readonly merchantId: string
  /** JST days, both included. */
  readonly fromDay: string
  readonly toDay: string
}

/**
 * `transaction_<merchant_id>_<from>_<to>_v2.csv` (OPA, Transaction Recon File with Capture), where PayPay's sample has
 * `20200130000000` and `20200130235959`. What browsers and file managers add to a second copy is passed over. Null for any
 * other name.
 */
export function readFileName(name: string): FileName | null {
  const found = NAME.exec(name.trim())?.groups
  const fromMs = timeOf(found?.from)
  const toMs = timeOf(found?.to)
  if (!found || fromMs === null || toMs === null || toMs < fromMs) return null
  return {
    form: found.preauth === undefined ? 'instant' : 'preauth',
    merchantId: found.merchantId ?? '',
    fromDay: jstDay(fromMs),
    toDay: jstDay(toMs),
  }
}

/** Behind it: ` (1)`, ` - Copy`, ` のコピー` and the like. */
const NAME =
  /^(?<preauth>preauth_)?transaction_(?<merchantId>[A-Za-z0-9-]+)_(?<from>\d{8}|\d{14})_(?<to>\d{8}|\d{14})(?:_v\d+)?(?:[ ( -].*|のコピー.*)?\.csv$/i

function timeOf(digits = ''): number | null {
  return jstTime(digits.padEnd(14, '0'))
}
