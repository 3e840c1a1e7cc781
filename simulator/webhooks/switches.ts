import * as z from 'zod'

/** Switches about what the merchant’s server is told. */
export const webhooksSwitches = {
  transactionEventTries: z
    .enum(['threeRetries', 'tenRetries', 'noRetry'])
    .default('threeRetries')
    .describe(
      'How PayPay tries a webhook about a transaction: 2.0 s and 3 retries 100 ms apart, 1.5 s and 10 retries 500 ms apart, or 1.5 s once. The three are published, and which class has which is lost.',
    ),
  customerEventTries: z
    .enum(['threeRetries', 'tenRetries', 'noRetry'])
    .default('tenRetries')
    .describe('The same for a webhook about a user’s consent.'),
  fileEventTries: z
    .enum(['threeRetries', 'tenRetries', 'noRetry'])
    .default('noRetry')
    .describe('The same for a webhook about the daily file.'),
  failedEvent: z
    .enum(['notSent', 'sent'])
    .default('notSent')
    .describe(
      'Whether a payment that did not go through is told as FAILED: “Depending on the type of error, you may not be notified” (OPA, Transaction Events).',
    ),
  unlinkEvent: z
    .enum(['none', 'revoked'])
    .default('none')
    .describe('Whether a merchant who unlinks a user is told of it as well. Not documented.'),
  fileRequestedAt: z
    .enum(['text', 'number'])
    .default('text')
    .describe(
      'requestedAt of file.created: epoch seconds in quotes, as in the documents’ example, or as a number.',
    ),
} as const
