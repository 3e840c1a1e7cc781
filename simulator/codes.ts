import { type Book, type Code, codeOf, type Order, type OrderItem, wasPaid } from './book.ts'
import { epochS } from './businessTime.ts'
import { type Fields, readFields } from './fields.ts'
import { type Ruling, type Surroundings, says } from './paypay.ts'
import { type Random, randomCodeTail } from './random.ts'
import { failure, type Said, success } from './results.ts'

const PRODUCT_TYPES = ['VIRTUAL_BONUS_INVESTMENT', 'PAY_LATER_REPAYMENT', 'REAL_INVESTMENT', 'UTILITY_BILL']
const REDIRECT_TYPES = ['WEB_LINK', 'APP_DEEP_LINK']

/** POST /v2/codes: 201 with the code. A preauthorisation needs the contract (switch `preauth`). */
export function createCode(book: Book, body: unknown, at: Surroundings): Ruling {
  const fields = readFields(body, at.switches)
  const merchantPaymentId = fields.id('merchantPaymentId')
  const amountYen = fields.yen('amount', at.switches.zeroAmount === 'accepted' ? 0 : 1)
  const codeType = fields.requiredText('codeType')
  const isAuthorization = fields.flag('isAuthorization')
  const authorizationExpiryS = fields.epochS('authorizationExpiry')
  const order = readOrder(fields, epochS(at.nowMs))
  fields.text('userAgent')
  fields.text('ipAddress')
  const problem = fields.problem()
  if (problem) return says(problem)
  if (codeType !== 'ORDER_QR') return says(failure('DYNAMIC_QR_BAD_REQUEST', 'codeType has to be ORDER_QR'))
  const refusal = isAuthorization ? whyNotAuthorizable(authorizationExpiryS, at) : null
  if (refusal) return says(refusal)

  if (book.payments.get(merchantPaymentId)?.codeId === null)
    return says(failure('DUPLICATE_DYNAMIC_QR_REQUEST', 'a payment without a code has this id'))
  const previous = codeOf(book, merchantPaymentId)
  if (previous !== null)
    return at.switches.duplicateCreate === 'previousResult'
      ? says(success(201, createdCode(previous)))
      : says(failure('DUPLICATE_DYNAMIC_QR_REQUEST'))

  const code: Code = {
    ...freshCodeNames(book, at.random),
    merchantPaymentId,
    amountYen,
    createdAtMs: at.nowMs,
    expiryDateS: epochS(at.nowMs) + at.switches.codeLifetimeS,
    scannedAtMs: null,
    deletedAtMs: null,
    ...(isAuthorization && {
      authorizationExpiryS: authorizationExpiryS ?? epochS(at.nowMs) + at.switches.authorizationMostS,
    }),
    order,
  }
  return says(success(201, createdCode(code)), { kind: 'code', record: code })
}

/** Why this merchant cannot block money, or not for so long; also for a preauthorisation without a code. */
export function whyNotAuthorizable(expiryS: number | undefined, at: Surroundings): Said | null {
  if (at.switches.preauth === 'notContracted') return failure('PRE_AUTH_CAPTURE_UNSUPPORTED_MERCHANT')
  if (expiryS === undefined) return null
  const nowS = epochS(at.nowMs)
  const isAllowed = expiryS > nowS && expiryS <= nowS + at.switches.authorizationMostS
  return isAllowed ? null : failure('PRE_AUTH_CAPTURE_INVALID_EXPIRY_DATE')
}

/** DELETE /v2/codes/{codeId}: 200 DELETED. A payment that already happened stays. */
export function deleteCode(book: Book, codeId: string, at: Surroundings): Ruling {
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(codeId)) return says(failure('DYNAMIC_QR_BAD_REQUEST', 'codeId'))
  const code = book.codes.get(codeId)
  if (code === undefined || code.deletedAtMs !== null) return says(failure('DYNAMIC_QR_NOT_FOUND'))
  const paid = wasPaid(book.payments.get(code.merchantPaymentId) ?? null, at.nowMs)
  if (paid && at.switches.deletePaid === 'alreadyPaid') return says(failure('DYNAMIC_QR_ALREADY_PAID'))
  if (!paid && isExpired(code, at.nowMs)) return says(failure('DYNAMIC_QR_NOT_FOUND'))
  return says(success(200, { qrStatus: 'DELETED' }), {
    kind: 'code',
    record: { ...code, deletedAtMs: at.nowMs },
  })
}

export function isExpired(code: Code, atMs: number): boolean {
  return atMs >= code.expiryDateS * 1_000
}

export function yenOnTheWire(amountYen: number) {
  return { amount: amountYen, currency: 'JPY' }
}

/** What every order says besides its id and amount. */
export function readOrder(fields: Fields, nowS: number): Order {
  const items = fields.list('orderItems')?.map(readItem)
  return withoutAbsent({
    requestedAt: fields.epochS('requestedAt') ?? nowS,
    orderDescription: fields.text('orderDescription'),
    orderItems: items,
    storeInfo: fields.text('storeInfo'),
    storeId: fields.text('storeId'),
    terminalId: fields.text('terminalId'),
    productType: fields.oneOf('productType', PRODUCT_TYPES),
    redirectUrl: fields.text('redirectUrl'),
    redirectType: fields.oneOf('redirectType', REDIRECT_TYPES),
  })
}

function readItem(fields: Fields): OrderItem {
  return withoutAbsent({
    name: fields.requiredText('name'),
    quantity: fields.wholeNumber('quantity', 1),
    unitPriceYen: fields.yen('unitPrice', 0),
    category: fields.text('category'),
    productId: fields.text('productId'),
  })
}

/** The 201's data: the code, then the echo of the request. In this echo, and only here, PayPay writes `unit_price`. */
function createdCode(code: Code) {
  const { orderItems, ...order } = code.order
  return {
    codeId: code.codeId,
    url: code.url,
    deeplink: code.deeplink,
    expiryDate: code.expiryDateS,
    merchantPaymentId: code.merchantPaymentId,
    amount: yenOnTheWire(code.amountYen),
    codeType: 'ORDER_QR',
    isAuthorization: code.authorizationExpiryS !== undefined,
    ...(code.authorizationExpiryS !== undefined && { authorizationExpiry: code.authorizationExpiryS }),
    ...order,
    ...(orderItems && {
      orderItems: orderItems.map(({ unitPriceYen, ...item }) => ({
        ...item,
        unit_price: yenOnTheWire(unitPriceYen),
      })),
    }),
  }
}

/** As in the sandbox: codeId `04-` and 16 characters; the same 16 in the url and in the deeplink. */
function freshCodeNames(book: Book, random: Random) {
  for (;;) {
    const tail = randomCodeTail(random)
    const codeId = `04-${tail}`
    if (book.codes.has(codeId)) continue
    const url = `https://qr-stg.sandbox.paypay.ne.jp/28180104${tail}`
    return { codeId, url, deeplink: `paypay://payment?link_key=${encodeURIComponent(url)}` }
  }
}

type WithoutAbsent<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

function withoutAbsent<T extends object>(record: T): WithoutAbsent<T> {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== undefined),
  ) as WithoutAbsent<T>
}
