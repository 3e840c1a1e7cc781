import * as z from 'zod'
import { paymentMethodStatuses } from '../../core/paypay/wire.ts'

const flag = z.boolean().default(false)
const words = z.string().min(1).max(255)

/** One way to pay beside the wallet, as PayPay tells of it. */
export const paymentMethod = z.strictObject({
  paymentMethodType: words,
  id: words,
  issuerName: words,
  accountNo: words.nullable().default(null),
  logoUrl: words.nullable().default(null),
  disabled: flag,
  underMaintenance: flag,
  authenticated: z.boolean().nullable().default(null),
  limited: flag,
  paymentMethodStatus: z.enum(paymentMethodStatuses).default('ACTIVATED'),
})
export type PaymentMethod = z.output<typeof paymentMethod>
