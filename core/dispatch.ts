import { type CustomerMethod, customerApi, type InputOf } from '../shared/api.ts'
import type { Shop } from '../shared/checkout.ts'
import { fail, ok, type Result } from '../shared/result.ts'
import type { CheckoutService } from './checkout/service.ts'
import type { Log } from './log.ts'

/** Unknown call in, schema-checked result out. Never throws; a bug becomes `internal` with a reference to the log. */
export type Dispatch = (method: string, input: unknown) => Promise<Result<unknown>>

export function createDispatch(
  service: CheckoutService,
  shop: () => Shop,
  log: Log,
  newReference: () => string,
): Dispatch {
  const handlers: { [M in CustomerMethod]: (input: InputOf<M>) => Promise<Result<unknown>> } = {
    getShop: async () => ok(shop()),
    getLane: async ({ lane }) => ok(service.look(lane)),
    startCheckout: ({ lane, order, locale }) => service.start(lane, order, locale),
    stopCheckout: ({ lane, checkoutId, reason }) => service.stop(lane, checkoutId, reason),
    retryCheckout: ({ lane, checkoutId }) => service.retry(lane, checkoutId),
    checkNow: ({ lane, checkoutId }) => service.checkNow(lane, checkoutId),
    leaveCheckout: ({ lane, checkoutId }) => service.leave(lane, checkoutId),
    callStaff: ({ lane }) => service.callStaff(lane),
  }

  return async (method, input) => {
    if (!isMethod(method)) return fail({ kind: 'unknownMethod', method: method.slice(0, 64) })
    const parsed = customerApi[method].input.safeParse(input)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      return fail({
        kind: 'badInput',
        where: issue?.path.join('.') || 'input',
        expected: issue?.message ?? 'another shape',
      })
    }
    try {
      // The schema that parsed the input is the method's own, which the compiler cannot follow through the table.
      return await (handlers[method] as (input: unknown) => Promise<Result<unknown>>)(parsed.data)
    } catch (error) {
      const reference = newReference()
      log.error(
        { reference, method, error: String(error instanceof Error ? error.stack : error) },
        'a call failed: this is a bug',
      )
      return fail({ kind: 'internal', reference })
    }
  }
}

function isMethod(method: string): method is CustomerMethod {
  return Object.hasOwn(customerApi, method)
}
