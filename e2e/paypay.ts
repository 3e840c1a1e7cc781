export type PaypayCode = {
  readonly codeId: string
  readonly merchantPaymentId: string
  readonly url: string
  readonly amount: number
  readonly status: string
  readonly scanned: boolean
  readonly live: boolean
}
export type PaypayBook = {
  readonly capturedYen: number
  readonly returnedYen: number
  readonly keptYen: number
}
export type PaypayRequest = {
  readonly method: string
  readonly path: string
  readonly faults: readonly string[]
}

/** PayPay's side, over the simulator's control endpoints. */
export class Paypay {
  readonly url: string

  constructor(url: string) {
    this.url = url
  }

  async get<T>(path: string): Promise<T> {
    return (await fetch(`${this.url}/_simulator/${path}`)).json() as Promise<T>
  }

  /** Newest first. */
  codes(): Promise<PaypayCode[]> {
    return this.get('codes')
  }

  book(): Promise<PaypayBook> {
    return this.get('book')
  }

  /** Oldest first: everything that PayPay was asked. */
  requests(): Promise<PaypayRequest[]> {
    return this.get('requests')
  }

  /** What the customer's phone does with the newest code, or with the one that it read. */
  async press(act: 'scan' | 'approve' | 'decline', url?: string): Promise<void> {
    const code = (await this.codes()).find(one => url === undefined || one.url === url)
    if (!code) throw new Error(`PayPay has no code${url === undefined ? '' : ` ${url}`}`)
    const response = await fetch(`${this.url}/_simulator/codes/${code.codeId}/${act}`, { method: 'POST' })
    if (!response.ok) throw new Error(`${act}: ${await response.text()}`)
  }

  async put(path: 'faults' | 'switches', body: unknown): Promise<void> {
    const response = await fetch(`${this.url}/_simulator/${path}`, {
      method: 'PUT',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
    if (!response.ok) throw new Error(await response.text())
  }

  /** From now on these go wrong, and nothing else. */
  faults(...faults: readonly object[]): Promise<void> {
    return this.put('faults', faults)
  }
}
