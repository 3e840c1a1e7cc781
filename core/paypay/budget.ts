import type { Clock } from '../clock.ts'
import type { Transport, WireAnswer, WireRequest } from './transport.ts'

/** PayPay names no limit and throttles; one till with many lanes stays far below what a busy shop's cash registers send. */
export const BUDGET = { perSecond: 10, burst: 20 } as const

/**
 * One budget of requests for all lanes. What is over it waits its turn: effects first, as money hangs on them, then reads.
 * A driver has one request under way at a time, so no more wait than there are checkouts.
 */
export function budgeted(transport: Transport, clock: Clock, budget = BUDGET): Transport {
  const effects: (() => void)[] = []
  const reads: (() => void)[] = []
  let tokens: number = budget.burst
  let filledAtMs = clock.monotonicMs()
  let isWaiting = false

  const fill = (): void => {
    const nowMs = clock.monotonicMs()
    tokens = Math.min(budget.burst, tokens + ((nowMs - filledAtMs) * budget.perSecond) / 1000)
    filledAtMs = nowMs
  }
  const serve = (): void => {
    fill()
    while (tokens >= 1) {
      const next = effects.shift() ?? reads.shift()
      if (!next) return
      tokens -= 1
      next()
    }
    if (isWaiting || effects.length + reads.length === 0) return
    isWaiting = true
    clock.after(Math.ceil(((1 - tokens) * 1000) / budget.perSecond), () => {
      isWaiting = false
      serve()
    })
  }

  return {
    send(request: WireRequest): Promise<WireAnswer> {
      fill()
      if (tokens >= 1 && effects.length + reads.length === 0) {
        tokens -= 1
        return transport.send(request)
      }
      return new Promise(resolve => {
        const queue = request.method === 'GET' ? reads : effects
        queue.push(() => void transport.send(request).then(resolve))
        serve()
      })
    },
    close: () => transport.close(),
  }
}
