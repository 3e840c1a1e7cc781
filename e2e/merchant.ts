import { signature } from '../simulator/testTill.ts'
import { KEYS } from './host.ts'

/** A merchant that signs for itself, beside any till. */
export class Merchant {
  readonly #url: string
  #requests = 0

  /** `url`: where PayPay is. */
  constructor(url: string) {
    this.#url = url
  }

  /** `data` of PayPay's answer. Rejects for whatever PayPay refuses. */
  async call<T>(method: string, path: string, body: object | null = null): Promise<T> {
    this.#requests += 1
    const bytes = body === null ? null : Buffer.from(JSON.stringify(body))
    const by = {
      apiKey: KEYS.KAIKEI_API_KEY,
      apiSecret: KEYS.KAIKEI_API_SECRET,
      nonce: `n${this.#requests}`,
      epochS: Math.floor(Date.now() / 1_000),
    }
    const contentType = 'application/json'
    const authorization = signature({ method, path, body: bytes, contentType }, by)
    const answer = await fetch(`${this.#url}${path}`, {
      method,
      headers: { authorization, ...(bytes === null ? {} : { 'content-type': contentType }) },
      ...(bytes === null ? {} : { body: bytes }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${text}`)
    return (JSON.parse(text) as { data: T }).data
  }
}
