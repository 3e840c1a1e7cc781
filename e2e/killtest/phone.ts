import type { Paypay } from '../paypay.ts'

/** A customer's phone. It goes on whatever becomes of the till and its screen. */
export class Phone {
  readonly #paypay: Paypay
  readonly #codeIds = new Map<string, string>()

  constructor(paypay: Paypay) {
    this.#paypay = paypay
  }

  /** What PayPay's app answers: `scanned`, `paid`, `declined`, or why not. */
  async press(act: 'scan' | 'approve' | 'decline', url: string): Promise<string> {
    const codeId = await this.#codeIdOf(url)
    if (codeId === null) return 'unknownCode'
    const response = await fetch(`${this.#paypay.url}/_simulator/codes/${codeId}/${act}`, { method: 'POST' })
    return ((await response.json()) as { outcome: string }).outcome
  }

  async #codeIdOf(url: string): Promise<string | null> {
    const known = this.#codeIds.get(url)
    if (known !== undefined) return known
    const codeId = (await this.#paypay.codes()).find(code => code.url === url)?.codeId
    if (codeId !== undefined) this.#codeIds.set(url, codeId)
    return codeId ?? null
  }
}
