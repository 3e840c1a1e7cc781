import * as z from 'zod'
import { paymentMethodStatuses } from '../../core/paypay/wire.ts'
import { WALLET } from '../book.ts'

const flag = z.boolean().default(false)
const words = z.string().min(1).max(255)

/** One way to pay beside the wallet, as PayPay tells of it. */
export const paymentMethod = z.strictObject({
  paymentMethodType: z.string().regex(/^[A-Z_]{1,64}$/, 'capitals and underscores, such as CREDIT_CARD'),
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

/** PayPay's word for what the user pays with, where a request names a method by its type, its id or both; null: they cannot. */
export function payingMethodType(
  methods: readonly PaymentMethod[],
  type: string | undefined,
  id: string | undefined,
): string | null {
  if (id === undefined && (type === undefined || type === WALLET)) return WALLET
  const named = methods.find(
    one => (type === undefined || one.paymentMethodType === type) && (id === undefined || one.id === id),
  )
  const canPay = named?.paymentMethodStatus === 'ACTIVATED' && !named.disabled && !named.underMaintenance
  return canPay ? named.paymentMethodType : null
}
