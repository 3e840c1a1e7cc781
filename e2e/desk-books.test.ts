import { MANAGER_PIN } from './attendant.ts'
import { booksAgree } from './books.ts'
import { expect, type Till, test } from './kiosk.ts'

// A day at the desk without a page: whole, in part, and part after part, through the contract alone. In the end the till's book and
// PayPay's say the same to the yen.

const LUNCH = [
  { productId: 'karaage-bento', quantity: 1 },
  { productId: 'hojicha', quantity: 1 },
]

type LaneValue = { value: { checkout: { checkoutId: string; status: string } | null } }
type Moved = { value: { moneyBacks: { state: string }[] } }

/** ¥850, paid and taken along. */
async function sells(till: Till): Promise<string> {
  const order = { kind: 'cart', lines: LUNCH }
  await till.call('startCheckout', { lane: 'main', order, locale: 'ja' })
  const lane = async () => ((await till.call('getLane', { lane: 'main' })) as LaneValue).value.checkout
  await expect.poll(async () => (await lane())?.status).toBe('awaitingPayment')
  await till.paypay.press('approve')
  await expect.poll(async () => (await lane())?.status).toBe('paid')
  const checkoutId = (await lane())?.checkoutId ?? ''
  await till.call('leaveCheckout', { lane: 'main', checkoutId })
  return checkoutId
}

test('whole, a part, and part after part: each return is in both books, by its own amount', async ({
  till,
}) => {
  test.setTimeout(150_000)
  await till.paypay.put('switches', { multipleRefunds: true })
  const [whole, part, parts] = [await sells(till), await sells(till), await sells(till)]
  await sells(till)
  // Whoever is in at a lane is out when the next customer begins there.
  const { value } = await till.callDesk('setUp', { lane: 'main', name: '店長', pin: MANAGER_PIN })
  const session = (value as { token: string }).token
  let decisions = 0
  const givesBack = async (checkoutId: string, what: object): Promise<void> => {
    decisions += 1
    const wish = { checkoutId, decisionId: `decision-${decisions}`, what, reason: 'soldOut', note: '' }
    expect(await till.callDesk('giveBack', { ...wish, secondPin: null, session })).toMatchObject({
      ok: true,
    })
    const look = async () => (await till.callDesk('getCheckout', { checkoutId, session })) as Moved
    await expect.poll(async () => (await look()).value.moneyBacks.at(-1)?.state).toBe('done')
  }
  await givesBack(whole, { kind: 'whole' })
  await givesBack(part, { kind: 'lines', lines: [{ line: 1, quantity: 1 }] })
  await givesBack(parts, { kind: 'amount', amountYen: 300 })
  await givesBack(parts, { kind: 'amount', amountYen: 49 })
  await booksAgree(till, 4 * 850 - 850 - 170 - 349, 0, 850 + 170 + 349)
  // What is left of it, as a refund after refunds.
  await givesBack(parts, { kind: 'whole' })
  await booksAgree(till, 4 * 850 - 850 - 170 - 850, 0, 850 + 170 + 850)
})
