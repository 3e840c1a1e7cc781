/** One request, complete: what is in here is what leaves. `body` is the exact bytes that were signed. */
export type WireRequest = {
  /** The endpoint's name, for those who count or delay. */
  readonly api: string
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Signed; without host and query. */
  readonly path: string
  /** Not signed. */
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | null
  readonly timeoutMs: number
}

/** Whatever came back, uninterpreted. `none` is: no complete answer; nothing is known of what PayPay did. */
export type WireAnswer =
  | {
      readonly kind: 'answer'
      readonly status: number
      /** Lower-case names. */
      readonly headers: Readonly<Record<string, string>>
      readonly body: string
    }
  | { readonly kind: 'none'; readonly why: 'timeout' | 'network'; readonly detail: string }

/** The network as a port. Never throws: every way to fail is a `none`. */
export type Transport = {
  send(request: WireRequest): Promise<WireAnswer>
  /** Closes idle connections. */
  close(): Promise<void>
}

/** Does this detail of a `none` speak of a certificate or of TLS, rather than of a way that is not there? */
export const isTlsFault = (detail: string): boolean =>
  /\b(CERT|TLS|SSL|EPROTO|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ERR_TLS)|certificate/i.test(detail)
