import { yen } from '../linkedTill.ts'
import { TestTill } from '../testTill.ts'

/** For tests: a merchant whose contract covers preauthorisations. */
export class PreauthTill extends TestTill {
  constructor(switches: object = {}) {
    super()
    this.switch({ preauth: 'contracted', ...switches })
  }

  /** A code that blocks money, approved. */
  async authorize(merchantPaymentId: string, amountYen = 1_000, more: object = {}): Promise<string> {
    await this.createCode(merchantPaymentId, amountYen, { isAuthorization: true, ...more })
    const { outcome } = this.phone('approve')
    if (outcome !== 'authorized') throw new Error(`the phone says ${outcome}`)
    return String((await this.getPayment(merchantPaymentId)).data?.paymentId)
  }

  capture(merchantPaymentId: string, amountYen: number, more: object = {}) {
    return this.post('/v2/payments/capture', {
      merchantPaymentId,
      amount: yen(amountYen),
      merchantCaptureId: 'c1',
      requestedAt: Math.floor(this.nowMs / 1_000),
      orderDescription: '発送しました',
      ...more,
    })
  }

  reauthorize(paymentId: string, amountYen: number, more: object = {}) {
    return this.post('/v2/payments/reauthorize', {
      requestId: 'ra1',
      paymentId,
      updatedAmount: yen(amountYen),
      redirectUrl: 'https://shop.example/back',
      redirectType: 'WEB_LINK',
      userAgent: 'test',
      ...more,
    })
  }

  revert(paymentId: string, more: object = {}) {
    const requestedAt = Math.floor(this.nowMs / 1_000)
    return this.post('/v2/payments/preauthorize/revert', {
      merchantRevertId: 'v1',
      paymentId,
      requestedAt,
      ...more,
    })
  }

  async status(merchantPaymentId: string) {
    return (await this.getPayment(merchantPaymentId)).data?.status
  }

  openAsk(): string {
    return this.simulator.asks().find(ask => ask.isOpen)?.askId ?? ''
  }
}
