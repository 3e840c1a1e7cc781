/** The same id with another body. Nothing was sent. */
export class SentOtherwise extends Error {}

/** A till settles a checkout within minutes; what is older than this many is guarded by the ledger alone. */
const MOST_REMEMBERED = 1_000

/**
 * What was sent under which id: the second line of defence for "the same id with another body is refused locally" (I5),
 * behind the ledger. A retry gets the bytes of the first time, `requestedAt` included, so that PayPay sees one request.
 */
export class SentBodies {
  readonly #what: string
  readonly #most: number
  readonly #sent = new Map<string, { readonly requestedAtS: number; readonly bytes: Buffer }>()

  /** `what` names the id in the error: `merchantPaymentId`. */
  constructor(what: string, most: number = MOST_REMEMBERED) {
    this.#what = what
    this.#most = most
  }

  /** The bytes to sign and send. Throws when the id was used with another body; then nothing may be sent. */
  bytesFor(id: string, nowS: number, bodyAt: (requestedAtS: number) => object): Buffer {
    const before = this.#sent.get(id)
    const requestedAtS = before?.requestedAtS ?? nowS
    const bytes = Buffer.from(JSON.stringify(bodyAt(requestedAtS)))
    if (before && !before.bytes.equals(bytes)) {
      throw new SentOtherwise(
        `${this.#what} ${id} was sent before with another body, and PayPay might take either. Nothing was sent: use a new id.`,
      )
    }
    this.#sent.delete(id)
    this.#sent.set(id, { requestedAtS, bytes })
    const [oldest] = this.#sent.keys()
    if (this.#sent.size > this.#most && oldest !== undefined) this.#sent.delete(oldest)
    return bytes
  }
}
