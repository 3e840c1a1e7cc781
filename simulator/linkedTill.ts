import { Buffer } from 'node:buffer'
import { scopes } from '../core/paypay/wire.ts'
import { TestTill } from './testTill.ts'

export const yen = (amount: number) => ({ amount, currency: 'JPY' })

/** For tests: a merchant with a linked user. */
export class LinkedTill extends TestTill {
  async link(userId = 'user-1'): Promise<string> {
    await this.post('/v1/qr/sessions', {
      scopes,
      nonce: 'n-1',
      redirectUrl: 'https://shop.example/',
      referenceId: 'ref-1',
    })
    const askId = this.simulator.asks().find(ask => ask.isOpen)?.askId ?? ''
    const { redirectUrl } = this.simulator.answer(askId, 'accept', userId)
    const token = new URL(redirectUrl ?? '').searchParams.get('responseToken') ?? ''
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    return (claims as { userAuthorizationId: string }).userAuthorizationId
  }

  balance(userId = 'user-1') {
    return this.simulator.users().find(user => user.id === userId)?.balanceYen
  }

  get = (path: string) => this.call('GET', path)
}
