import type { PaypayMode } from '../../shared/checkout.ts'
import type { DeskFailure, Paper } from '../../shared/desk.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { PlacedFact } from '../checkout/proof.ts'
import type { CheckoutService } from '../checkout/service.ts'
import type { Settings } from '../config.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { papersOf } from './papers.ts'

/** Receipts and return receipts, for the customer's screen and for the desk. */
export class PaperBox {
  readonly #ports: {
    readonly ledger: Ledger
    readonly service: CheckoutService
    readonly settings: () => Settings
    readonly mode: PaypayMode
    readonly nowMs: () => number
  }

  constructor(ports: {
    ledger: Ledger
    service: CheckoutService
    settings: () => Settings
    mode: PaypayMode
    nowMs: () => number
  }) {
    this.#ports = ports
  }

  async all(checkoutId: string): Promise<readonly Paper[]> {
    const { ledger, mode, nowMs, settings } = this.#ports
    const facts = (await ledger.factsOf(checkoutId)) as unknown as PlacedFact[]
    if (facts[0]?.type !== 'checkoutStarted') return []
    const papers = papersOf(checkoutId, facts, { settings: settings(), mode, nowMs: nowMs() })
    return [...papers].map(([of, receipt]) => ({ of, receipt }))
  }

  /** One at a time: of two in the same moment one is the copy. */
  #issuing: Promise<unknown> = Promise.resolve()

  /** Writes down that a paper goes out, and answers it. `by` null: the customer's own. */
  issue(checkoutId: string, of: string, by: string | null): Promise<Result<Paper, DeskFailure>> {
    const issued = this.#issuing.then(() => this.#issue(checkoutId, of, by))
    this.#issuing = issued.catch(() => undefined)
    return issued
  }

  async #issue(checkoutId: string, of: string, by: string | null): Promise<Result<Paper, DeskFailure>> {
    const paper = (await this.all(checkoutId)).find(one => one.of === of)
    if (!paper) return fail({ kind: 'noPaper' })
    const atMs = this.#ports.nowMs()
    const issued = await this.#ports.service.propose(checkoutId, () =>
      ok([{ type: 'receiptIssued', atMs, data: { of, by } }]),
    )
    return issued.ok ? ok(paper) : issued
  }
}
