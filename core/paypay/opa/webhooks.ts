import * as z from 'zod'

/**
 * Events that PayPay posts (OPA, Webhook). PayPay signs none of them, so an event is a hint and no more: it names what to read
 * (`reads`), and only that read, signed and from PayPay's own host, says what is true. Answer it with 200 within 1.5 s.
 */
export type WebhookEvent =
  | ({ readonly kind: 'transaction' } & z.infer<typeof transaction>)
  | ({ readonly kind: 'customer' } & z.infer<typeof customer>)
  | ({ readonly kind: 'file' } & z.infer<typeof file>)

/** `dedupeKey`: the same for every delivery of one event, as PayPay repeats what was answered too late. */
export type ReadWebhook =
  | {
      readonly ok: true
      readonly event: WebhookEvent
      readonly dedupeKey: string
      readonly reads: WhatToRead
    }
  | { readonly ok: false; readonly says: string }

/**
 * The only thing that an event may start. `download`: the address is good for 2 h, and nothing but the event says that it is PayPay's:
 * fetch it only after `isFromPaypay`, and hold what is in it against reads of your own.
 */
export type WhatToRead =
  | { readonly call: 'getPayment'; readonly merchantPaymentId: string }
  | { readonly call: 'getUserAuthorization'; readonly userAuthorizationId: string }
  | { readonly call: 'download'; readonly url: string }
  /** Nothing in it leads to anything that could be read. */
  | { readonly call: 'nothing' }

/** ISO 8601, in UTC. */
const instant = z.string().nullish()

const transaction = z.looseObject({
  notification_type: z.literal('Transaction'),
  merchant_id: z.string(),
  store_id: z.string().nullish(),
  /** The terminalId of the code. */
  pos_id: z.string().nullish(),
  /** PayPay's paymentId. */
  order_id: z.string(),
  /** Ours; may be empty. */
  merchant_order_id: z.string().nullish(),
  /** A string in PayPay's documentation, a number in what some have seen. */
  order_amount: z.union([z.string(), z.int()]),
  state: z.enum(['AUTHORIZED', 'COMPLETED', 'CANCELED', 'EXPIRED', 'FAILED']),
  authorized_at: instant,
  expires_at: instant,
  paid_at: instant,
  reauth_request_id: z.string().nullish(),
  confirmation_expires_at: instant,
})

/** PayPay's own spelling, to the letter. */
const customerEvents = [
  'customer.authroization.succeeded',
  'customer.authroization.failed',
  'customer.authroization.revoked',
  'customer.authroization.extended',
  'customer.authroization.canceled',
] as const

const customer = z.looseObject({
  notification_type: z.enum(customerEvents),
  notification_id: z.string(),
  createdAt: z.union([z.string(), z.int()]).nullish(),
  referenceId: z.string().nullish(),
  nonce: z.string().nullish(),
  scopes: z.union([z.string(), z.array(z.string())]).nullish(),
  userAuthorizationId: z.string().nullish(),
  profileIdentifier: z.string().nullish(),
  /** Epoch s. */
  expiry: z.union([z.int(), z.string()]).nullish(),
  result: z.string().nullish(),
  reason: z.string().nullish(),
})

const file = z.looseObject({
  notification_type: z.literal('file.created'),
  notification_id: z.string(),
  fileType: z.string(),
  path: z.string(),
  requestedAt: z.union([z.int(), z.string()]).nullish(),
})

const anyEvent = z.discriminatedUnion('notification_type', [transaction, customer, file])

/** `body`: the bytes of the request as text. Never throws. */
export function readWebhook(body: string): ReadWebhook {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return { ok: false, says: 'The event is no JSON, so it is not PayPay’s. Nothing is done about it.' }
  }
  const parsed = anyEvent.safeParse(json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return {
      ok: false,
      says: `The event is none that PayPay documents: ${issue?.path.join('.') || 'its form'}. Nothing is done about it.`,
    }
  }
  const { data } = parsed
  switch (data.notification_type) {
    case 'Transaction': {
      const { order_id, state, reauth_request_id, merchant_order_id } = data
      return {
        ok: true,
        event: { kind: 'transaction', ...data },
        // Such an event has no id of its own.
        dedupeKey: ['Transaction', order_id, state, reauth_request_id ?? ''].join('|'),
        reads: merchant_order_id
          ? { call: 'getPayment', merchantPaymentId: merchant_order_id }
          : { call: 'nothing' },
      }
    }
    case 'file.created':
      return {
        ok: true,
        event: { kind: 'file', ...data },
        dedupeKey: `file.created|${data.notification_id}`,
        reads: data.path.startsWith('https://') ? { call: 'download', url: data.path } : { call: 'nothing' },
      }
    default: {
      const { userAuthorizationId } = data
      return {
        ok: true,
        event: { kind: 'customer', ...data },
        dedupeKey: `${data.notification_type}|${data.notification_id}`,
        reads: userAuthorizationId
          ? { call: 'getUserAuthorization', userAuthorizationId }
          : { call: 'nothing' },
      }
    }
  }
}
