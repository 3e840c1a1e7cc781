import { LinkedTill, yen } from '../linkedTill.ts'
import { readJwt } from './jwt.ts'

export const SECRET = 'test-secret'
/** What users are asked to agree to, unless a test asks for something else. */
export const scopes = [
  'direct_debit',
  'preauth_capture_native',
  'continuous_payments',
  'pending_payments',
  'get_balance',
]

/** For tests: a merchant with users, each of their wishes and answers in its own hand. */
export class LinkedShop extends LinkedTill {
  wish(more: object = {}) {
    return this.post('/v1/qr/sessions', {
      scopes,
      nonce: 'n-1',
      redirectUrl: 'https://shop.example/back?x=1',
      referenceId: 'ref-1',
      ...more,
    })
  }

  openAsk(): string {
    return this.simulator.asks().find(ask => ask.isOpen)?.askId ?? ''
  }

  claimsOf(redirectUrl: string | null | undefined) {
    const token = new URL(redirectUrl ?? '').searchParams.get('responseToken') ?? ''
    return readJwt(token, SECRET, this.nowMs)
  }

  override async link(userId = 'user-1', more: object = {}): Promise<string> {
    await this.wish(more)
    const { redirectUrl } = this.simulator.answer(this.openAsk(), 'accept', userId)
    return String(this.claimsOf(redirectUrl)?.userAuthorizationId)
  }

  pay(
    merchantPaymentId: string,
    userAuthorizationId: string,
    amountYen: number,
    path = '/v2/payments',
    query = {},
  ) {
    const body = {
      merchantPaymentId,
      userAuthorizationId,
      amount: yen(amountYen),
      orderDescription: '定期便',
    }
    return this.call('POST', path, JSON.stringify(body), query)
  }
}
