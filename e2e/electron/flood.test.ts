import { MANAGER_PIN } from '../attendant.ts'
import { Customer, expect } from '../kiosk.ts'
import { residentBytes } from '../soak/measures.ts'
import { type Exposed, type Kiosk, test } from './kiosk.ts'

// A page that was taken over calls main without end, and waits for no answer.

const FLOODED_MS = 4_000
/** A flood's messages that main has not read yet, and what the collector has not seen to, differ by so much from one to the next. */
const MOST_MORE_BYTES = 128 * 1024 * 1024
/** Of PayPay: the till's own polls, and what was answered while it was slow. */
const MOST_ASKED = 40

test('a flood of calls: main’s memory stays bounded, PayPay is not flooded, and the till sells on', async ({
  kiosk,
}) => {
  test.setTimeout(150_000)
  const answers = await kiosk.page.evaluate(burst, { calls: 200, pin: MANAGER_PIN })
  expect(answers.answered + answers.refused).toBe(200)
  // Some are answered while others still arrive.
  expect(answers.refused).toBeGreaterThan(100)

  const customer = new Customer(kiosk.page)
  await customer.choosesLunch()
  await customer.asksForCode()
  const [code] = await kiosk.paypay.codes()
  const checkoutId = await kiosk.page.evaluate(async () => {
    const lane = await (globalThis as Exposed).kaikei.call('getLane', { lane: 'main' })
    return (lane as { value: { checkout: { checkoutId: string } } }).value.checkout.checkoutId
  })
  const asked = (await kiosk.paypay.requests()).length
  await kiosk.paypay.faults({ endpoint: 'getPayment', what: { kind: 'delay', ms: 3_000 } })

  const first = await mostWhileFlooded(kiosk, checkoutId)
  // What is kept of each call would come on top.
  expect((await mostWhileFlooded(kiosk, checkoutId)) - first).toBeLessThan(MOST_MORE_BYTES)
  expect((await kiosk.paypay.requests()).length - asked).toBeLessThan(MOST_ASKED)
  expect(await kiosk.paypay.codes()).toHaveLength(1)

  await kiosk.paypay.faults()
  const after = new Customer(kiosk.page)
  await after.seesCode()
  expect(await after.scans()).toBe(code?.url)
  await kiosk.paypay.press('approve')
  await after.reads('お支払いが済みました')
  expect(await kiosk.paypay.book()).toMatchObject({ capturedYen: 850, keptYen: 850 })
})

/** Main's memory, bytes. */
async function mostWhileFlooded(kiosk: Kiosk, checkoutId: string): Promise<number> {
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, residentBytes(kiosk.standin.pid))
  }, 100)
  const next = kiosk.standin.nextPage().catch(() => null)
  const ended = await kiosk.page.evaluate(flood, { forMs: FLOODED_MS, checkoutId }).then(
    () => 'by itself',
    () => 'with its page',
  )
  // A page that answers nobody for three seconds is replaced.
  if (ended === 'with its page') await next
  clearInterval(watch)
  return most
}

type Sent = { readonly answered: number; readonly refused: number }

/** Runs in the page, as `flood` does. Complete in itself. A PIN takes its time to be looked at, so that calls pile up. */
async function burst(given: { readonly calls: number; readonly pin: string }): Promise<Sent> {
  const { kaikei } = globalThis as Exposed
  const { calls, pin } = given
  const lane = 'main'
  await kaikei.callDesk('setUp', { lane, name: '店長', pin })
  const ends = await Promise.allSettled(
    Array.from({ length: calls }, () => kaikei.callDesk('signIn', { lane, pin })),
  )
  const refused = ends.filter(({ status }) => status === 'rejected').length
  return { answered: calls - refused, refused }
}

async function flood(given: { readonly forMs: number; readonly checkoutId: string }): Promise<void> {
  const { kaikei } = globalThis as Exposed
  const { forMs, checkoutId } = given
  const lane = 'main'
  const untilMs = performance.now() + forMs
  const heavy = 'x'.repeat(100_000)
  let underWay = 0
  const make = (call: Promise<unknown>): void => {
    underWay += 1
    call.catch(() => undefined).finally(() => (underWay -= 1))
  }
  while (performance.now() < untilMs) {
    for (let time = 0; time < 50; time += 1) {
      make(kaikei.call('checkNow', { lane, checkoutId }))
      make(kaikei.call('getLane', { lane }))
      make(kaikei.call('startCheckout', { lane, locale: 'ja', order: { kind: 'cart', lines: [] } }))
      make(kaikei.callDesk('getDoor', {}))
    }
    make(kaikei.callDesk('signIn', { lane, pin: heavy }))
    await new Promise(resolve => setTimeout(resolve, 0))
  }
  // Whatever was asked comes to an end.
  while (underWay > 0) await new Promise(resolve => setTimeout(resolve, 50))
}
