import * as z from 'zod'

/** Switches about linked users: consents, payments without a code, requests for money, cashbacks. */
export const accountsSwitches = {
  accounts: z
    .enum(['contracted', 'notContracted'])
    .default('contracted')
    .describe(
      'Whether the merchant may use what needs a linked user; without the contract those calls are refused with OP_OUT_OF_SCOPE.',
    ),
  createdStatus: z
    .union([z.literal(200), z.literal(201)], { error: 'expected 200 or 201' })
    .default(201)
    .describe(
      'HTTP status of a payment, preauthorisation, continuous payment or request for money that was made for a linked user: 201 in recorded fixtures (which say 201 of everything), 200 in the README’s list of codes.',
    ),
  similarWithinS: z
    .int()
    .min(0)
    .max(86_400)
    .default(300)
    .describe(
      'How long the same amount of the same user counts as SUSPECTED_DUPLICATE_PAYMENT. Only “soon after” is known.',
    ),
  userDailyLimitYen: z
    .int()
    .min(1)
    .max(99_999_999_999)
    .default(500_000)
    .describe(
      'The most that a user can pay within 24 hours, then LIMIT_EXCEEDED. A figure of third parties.',
    ),
  userMonthlyLimitYen: z
    .int()
    .min(1)
    .max(99_999_999_999)
    .default(2_000_000)
    .describe('The most that a user can pay within 30 days, then LIMIT_EXCEEDED. A figure of third parties.'),
  authorizationLifetimeS: z
    .int()
    .min(1)
    .max(315_360_000)
    .default(31_536_000)
    .describe('How long a user’s consent lasts. Not published; a fixture spans more than a year.'),
  linkLifetimeS: z
    .int()
    .min(1)
    .max(86_400)
    .default(300)
    .describe('How long a user can answer the code of an account link. Not published.'),
  relink: z
    .enum(['sameId', 'newId'])
    .default('sameId')
    .describe(
      'A user who links again: the same userAuthorizationId with one more of referenceIds (which is a list), or a new id. Not documented.',
    ),
  unlinkAnswer: z
    .enum(['accepted', 'success'])
    .default('accepted')
    .describe('resultInfo.code of an unlink: REQUEST_ACCEPTED in a recorded fixture, SUCCESS in the README.'),
  redirectUrl: z
    .enum(['httpsOrLoopback', 'httpsOnly'])
    .default('httpsOrLoopback')
    .describe(
      'Where an account link may lead back to. PayPay asks for https on a registered domain; a merchant’s server beside the simulator has neither.',
    ),
  legacyAuthorization: z
    .enum(['redirects', 'gone'])
    .default('redirects')
    .describe(
      'GET /v2/user_authorization, which the SDK still has: 302 to the page for a good token, or 404. What it answers today is not published.',
    ),
  paymentMethodsScope: z
    .enum(['directDebit', 'none'])
    .default('directDebit')
    .describe(
      'What GET /v4/paymentMethods needs of a user’s consent: the scope of the payments that it is for, in whose document the Java SDK looks it up, or any consent at all. Not documented.',
    ),
  requestLifetimeS: z
    .int()
    .min(1)
    .max(31_536_000)
    .default(21_601)
    .describe(
      'How long a request for money can be paid where no expiryDate was asked for; as in recorded fixtures.',
    ),
  declinedRequest: z
    .enum(['FAILED', 'CANCELED'])
    .default('FAILED')
    .describe('What a request for money reads that its user has declined. Not documented.'),
  cancelPaidRequest: z
    .enum(['refused', 'reverses'])
    .default('refused')
    .describe(
      'A request for money that is deleted after it was paid: ORDER_NOT_CANCELABLE, or 202 and the money goes back. Not documented.',
    ),
  cashbackBudgetYen: z
    .int()
    .min(0)
    .max(99_999_999_999)
    .default(1_000_000)
    .describe(
      'What the merchant’s campaign has to give; a cashback above what is left ends as NOT_ENOUGH_MONEY.',
    ),
  cashbackTakesMs: z
    .int()
    .min(0)
    .max(60_000)
    .default(0)
    .describe('How long after its 202 a cashback, or its reversal, has no result yet. Not published.'),
  pendingCashback: z
    .enum(['accepted', 'notFound'])
    .default('accepted')
    .describe('What a read finds before there is a result: 202 REQUEST_ACCEPTED, or 404. Not documented.'),
} as const
