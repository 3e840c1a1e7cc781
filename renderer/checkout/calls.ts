import { fromPromise } from 'xstate'
import type { CustomerMethod, InputOf, OutputOf } from '../../shared/api.ts'
import type { AnyReceipt } from '../../shared/receipt.ts'
import { fail, type Result } from '../../shared/result.ts'
import type { PaperMm, Ports } from './context.ts'

/** What a state of the conversation may ask for. Each is answered with a result; none of them rejects. */

type Asked<M extends CustomerMethod> = { readonly ports: Ports; readonly input: InputOf<M> }

/** A method as an actor. The transport never rejects; if it did, that is a bug and is told as one. */
export function asking<M extends CustomerMethod>(method: M) {
  return fromPromise<Result<OutputOf<M>>, Asked<M>>(async ({ input }) => {
    try {
      return await input.ports.api.call(method, input.input)
    } catch {
      return fail({ kind: 'internal', reference: `screen/${method}` })
    }
  })
}

/** The receipt, and what draws it: without either there is nothing to show. */
export const openReceipt = fromPromise<Result<AnyReceipt>, Asked<'getReceipt'>>(async ({ input }) => {
  try {
    await input.ports.loadReceipts()
  } catch {
    return fail({ kind: 'hostAway' })
  }
  try {
    return await input.ports.api.call('getReceipt', input.input)
  } catch {
    return fail({ kind: 'internal', reference: 'screen/getReceipt' })
  }
})

/**
 * The receipt on paper. One call for both halves: once core has written a printing down, it is printed, also when the customer has
 * closed the card meanwhile, or the next paper would be called a copy of one that nobody has.
 */
export const printReceipt = fromPromise<
  Result<AnyReceipt>,
  Asked<'printReceipt'> & { readonly paperMm: PaperMm }
>(async ({ input }) => {
  const { ports, paperMm } = input
  try {
    const printer = await ports.loadReceipts()
    const answer = await ports.api.call('printReceipt', input.input)
    if (answer.ok) await printer.printReceipt(answer.value, paperMm)
    return answer
  } catch {
    return fail({ kind: 'internal', reference: 'screen/printReceipt' })
  }
})
