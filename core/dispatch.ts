import type * as z from 'zod/mini'
import { type CustomerMethod, customerApi, type InputOf } from '../shared/api.ts'
import { type AttendantMethod, attendantApi } from '../shared/attendant.ts'
import type { Shop } from '../shared/checkout.ts'
import type { Failure } from '../shared/failure.ts'
import { fail, ok, type Result } from '../shared/result.ts'
import { badInput, ruleInWords } from './badInput.ts'
import type { CheckoutService } from './checkout/service.ts'
import type { DeskHandlers } from './desk/desk.ts'
import type { Door, Inside } from './desk/door.ts'
import type { PaperBox } from './desk/paperBox.ts'
import { SALE } from './desk/papers.ts'
import { LedgerBroken } from './ledger/ledger.ts'
import type { Log } from './log.ts'

/** Unknown call in, schema-checked result out. Never throws; a bug becomes `internal` with a reference to the log. */
export type Dispatch = (method: string, input: unknown) => Promise<Result<unknown, unknown>>

type Ports = {
  readonly log: Log
  readonly newReference: () => string
  /** The ledger has refused a write: selling stops. */
  readonly ledgerFailed: (error: LedgerBroken) => void
}

/** The customer's contract. */
export function createDispatch(
  {
    service,
    door,
    papers,
    shop,
  }: { service: CheckoutService; door: Door; papers: PaperBox; shop: () => Shop },
  ports: Ports,
): Dispatch {
  /** Only while its customer is at the lane: the next one sees nothing of it. */
  const isHere = (lane: string, checkoutId: string): boolean =>
    service.view(lane).checkout?.checkoutId === checkoutId
  const handlers: {
    [M in CustomerMethod]: (input: InputOf<M>) => Promise<Result<unknown, unknown>>
  } = {
    getShop: async () => ok(shop()),
    getLane: async ({ lane }) => ok(service.look(lane)),
    async startCheckout({ lane, order, locale }) {
      // A customer at the lane: whoever left the desk open there is out.
      await door.leaveLane(lane, 'customer')
      return service.start(lane, order, locale)
    },
    stopCheckout: ({ lane, checkoutId, reason }) => service.stop(lane, checkoutId, reason),
    retryCheckout: ({ lane, checkoutId }) => service.retry(lane, checkoutId),
    checkNow: ({ lane, checkoutId }) => service.checkNow(lane, checkoutId),
    leaveCheckout: ({ lane, checkoutId }) => service.leave(lane, checkoutId),
    callStaff: ({ lane }) => service.callStaff(lane),
    async getReceipt({ lane, checkoutId }) {
      const found = isHere(lane, checkoutId) ? await papers.all(checkoutId) : []
      return found[0] ? ok(found[0].receipt) : fail({ kind: 'unknownCheckout', checkoutId })
    },
    async printReceipt({ lane, checkoutId }) {
      if (!isHere(lane, checkoutId)) return fail({ kind: 'unknownCheckout', checkoutId })
      const issued = await papers.issue(checkoutId, SALE, null)
      return issued.ok ? ok(issued.value.receipt) : fail({ kind: 'unknownCheckout', checkoutId })
    },
  }
  return (method, input) => {
    if (!isIn(customerApi, method)) return unknownMethod(method)
    return answer(method, ports, async () => {
      const parsed = parse(customerApi[method].input, input)
      if (!parsed.ok) return parsed
      // The schema that parsed the input is the method's own, which the compiler cannot follow through the table.
      return (handlers[method] as (input: unknown) => Promise<Result<unknown, unknown>>)(parsed.value)
    })
  }
}

/** The attendant's contract: without a session, or in the wrong role, nothing of it is done or even read, on any host. */
export function createDeskDispatch(handlers: DeskHandlers, door: Door, ports: Ports): Dispatch {
  return (method, input) => {
    if (!isIn(attendantApi, method)) return unknownMethod(method)
    return answer(method, ports, async () => {
      const { access, passive, input: schema } = attendantApi[method]
      const inside = access === 'anyone' ? null : await door.who(tokenIn(input), passive)
      if (access !== 'anyone' && !inside) return fail({ kind: 'signedOut' })
      if (access === 'manager' && inside?.user.role !== 'manager')
        return fail({ kind: 'notAllowed', needs: access })
      const parsed = parse(schema, input)
      if (!parsed.ok) return parsed
      const handle = handlers[method] as (
        input: unknown,
        inside: Inside | null,
      ) => Promise<Result<unknown, unknown>>
      return handle(parsed.value, inside)
    })
  }
}

/** `session` goes beside whatever else a method takes. */
function tokenIn(input: unknown): string {
  const token = (input as { session?: unknown } | null)?.session
  return typeof token === 'string' ? token : ''
}

/** The input as its method's schema has it, or which field broke which rule. */
export function parse(schema: z.ZodMiniType, input: unknown): Result<unknown, Failure> {
  try {
    const parsed = schema.safeParse(input, { reportInput: true, error: ruleInWords })
    return parsed.success ? ok(parsed.data) : fail(badInput(parsed.error.issues[0]))
  } catch {
    // The library measures whatever has a length, text or not, and a length may be something that cannot be compared.
    return fail(badInput(undefined))
  }
}

async function answer(
  method: CustomerMethod | AttendantMethod,
  { log, newReference, ledgerFailed }: Ports,
  handle: () => Promise<Result<unknown, unknown>>,
): Promise<Result<unknown, unknown>> {
  try {
    return await handle()
  } catch (error) {
    // Who comes and goes at the desk is written down too: a ledger that refuses that closes every lane, and is no bug.
    if (error instanceof LedgerBroken) {
      ledgerFailed(error)
      return fail({ kind: 'laneClosed', reason: 'ledgerBroken' })
    }
    const reference = newReference()
    log.error(
      { reference, method, error: String(error instanceof Error ? error.stack : error) },
      'a call failed: this is a bug',
    )
    return fail({ kind: 'internal', reference })
  }
}

async function unknownMethod(method: string): Promise<Result<never, unknown>> {
  return fail({ kind: 'unknownMethod', method: method.slice(0, 64) })
}

function isIn<Table extends object>(table: Table, method: string): method is Extract<keyof Table, string> {
  return Object.hasOwn(table, method)
}
