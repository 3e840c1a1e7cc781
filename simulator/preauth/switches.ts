import * as z from 'zod'

/** Switches about money that is blocked first. */
export const preauthSwitches = {
  preauth: z
    .enum(['notContracted', 'contracted'])
    .default('notContracted')
    .describe(
      'Whether the merchant may block money and capture it later; without the contract isAuthorization is refused with PRE_AUTH_CAPTURE_UNSUPPORTED_MERCHANT.',
    ),
  authorizationMostS: z
    .int()
    .min(60)
    .max(31_622_400)
    .default(31_536_000)
    .describe(
      'How long money may stay blocked, and how long it does where no authorizationExpiry was asked for. It is granted to each merchant apart; a sandbox fixture shows 365 days.',
    ),
  higherCapture: z
    .enum(['asksUser', 'refused'])
    .default('asksUser')
    .describe(
      'A capture above what is blocked: 202 USER_CONFIRMATION_REQUIRED, or 400 HIGHER_CAPTURE_NOT_PERMITTED, which only the SDK README has.',
    ),
  sameCaptureId: z
    .enum(['alreadyCaptured', 'previousResult'])
    .default('alreadyCaptured')
    .describe(
      'A merchantCaptureId that comes again after its capture: 400 ALREADY_CAPTURED, or the previous result. The documents only ask for another id at each retry.',
    ),
  merchantLimitYen: z
    .int()
    .min(1)
    .max(99_999_999_999)
    .default(99_999_999_999)
    .describe(
      'A capture above it is refused with UNACCEPTABLE_OP 00400035 (total transaction limit exceeds merchant limit). The real limit is part of the contract.',
    ),
  tooCloseToExpiryS: z
    .int()
    .min(0)
    .max(86_400)
    .default(600)
    .describe(
      'A capture that needs the customer’s word so shortly before the end of the preauthorisation is refused with TOO_CLOSE_TO_EXPIRY. How shortly is not published.',
    ),
  confirmationLifetimeS: z
    .int()
    .min(1)
    .max(86_400)
    .default(21_600)
    .describe(
      'How long the customer can answer. Six hours are documented for a reauthorisation; for a capture nothing is, and it is taken to be the same.',
    ),
  reauthorizeExpiresAt: z
    .enum(['ofOrder', 'ofConfirmation'])
    .default('ofOrder')
    .describe(
      'What expiresAt of a reauthorisation’s 201 tells: the end of the preauthorisation, as its schema says, or of the question to the customer.',
    ),
  reauthorizingMs: z
    .int()
    .min(0)
    .max(60_000)
    .default(0)
    .describe(
      'How long a payment reads REAUTHORIZING between the customer’s yes to a higher capture and COMPLETED. Documented without a time.',
    ),
} as const
