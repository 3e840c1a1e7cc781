import { epochS } from '../businessTime.ts'
import type { Surroundings } from '../paypay.ts'
import { randomUuid } from '../random.ts'
import type { Asked, Authorization } from './authorization.ts'

/** A question to the customer, open until its time is over or the preauthorisation ends. */
export function freshQuestion(
  authorization: Authorization,
  redirectUrl: string | null,
  at: Surroundings,
): Asked {
  return {
    askId: randomUuid(at.random),
    expiresAtS: Math.min(epochS(at.nowMs) + at.switches.confirmationLifetimeS, authorization.expiresAtS),
    answer: null,
    answeredAtMs: null,
    redirectUrl,
  }
}

/** Where a browser finds a question: the phone of this simulator, or, without a server, an address as PayPay's. */
export function questionUrl(askId: string, at: Surroundings): string {
  return `${at.phoneUrl ?? 'https://www.sandbox.paypay.ne.jp/app'}/wallet?ask=${askId}`
}
