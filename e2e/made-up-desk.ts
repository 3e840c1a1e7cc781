import type { Page, Route } from '@playwright/test'

/** The desk's side of a host, made up in the browser's network; the customer's side is the real one. PIN: 246810. */
export type MadeUpDesk = {
  /** What was asked, oldest first. */
  readonly asked: { readonly method: string; readonly input: Readonly<Record<string, unknown>> }[]
  /** Methods that get no answer, as if the host were away. */
  readonly away: Set<string>
}

const user = { userId: 'u1', name: '店長', role: 'manager' }
const state = {
  user,
  mode: 'training',
  shopNames: { ja: 'こかげ' },
  selling: { open: true },
  lanes: ['main'],
  staffCalledAt: [],
  cases: 0,
  underWay: 0,
  today: { businessDay: '2026-11-24', sales: 1, salesYen: 1_240 },
  limitYen: null,
  secondPersonAboveYen: null,
  revision: 1,
}
const row = {
  checkoutId: 'c1',
  claimNumber: '012',
  lane: 'main',
  startedAtMs: Date.parse('2026-11-24T12:36:00+09:00'),
  businessDay: '2026-11-24',
  totalYen: 1_240,
  returnedYen: 0,
  word: 'delivered',
  openCase: null,
}
const checkout = {
  ...row,
  lines: [
    {
      productId: 'bento',
      names: { ja: '唐揚げ弁当' },
      quantity: 1,
      unitPriceYen: 1_240,
      lineYen: 1_240,
      taxRatePercent: 8,
    },
  ],
  taxes: [{ ratePercent: 8, totalYen: 1_240, taxYen: 91 }],
  payments: [{ merchantPaymentId: 'm1', paymentId: 'p1', amountYen: 1_240, paidAtMs: row.startedAtMs }],
  timeline: [],
  moneyBacks: [],
  giveBack: { possible: true, leftYen: 1_240, leftOfLines: [1], way: 'cancel', untilMs: row.startedAtMs },
  caseMoves: [],
}
const givenBack = {
  ...checkout,
  moneyBacks: [
    {
      merchantRefundId: 'r1',
      merchantPaymentId: 'm1',
      amountYen: 1_240,
      reason: 'soldOut',
      note: '',
      by: '店長',
      approvedBy: null,
      decidedAtMs: row.startedAtMs,
      way: 'cancel',
      state: 'done',
      code: null,
      doneAtMs: row.startedAtMs,
    },
  ],
  giveBack: { possible: false, because: 'allReturned' },
}

export async function makeUpDesk(page: Page): Promise<MadeUpDesk> {
  const desk: MadeUpDesk = { asked: [], away: new Set() }
  await page.route('**/desk/*', route => answer(desk, route))
  return desk
}

async function answer(desk: MadeUpDesk, route: Route): Promise<void> {
  const method = new URL(route.request().url()).pathname.split('/').at(-1) ?? ''
  const input = route.request().postDataJSON() as Record<string, unknown>
  desk.asked.push({ method, input })
  if (desk.away.has(method)) return route.abort()
  await route.fulfill({ json: resultOf(method, input) })
}

function resultOf(method: string, input: Readonly<Record<string, unknown>>): unknown {
  const ok = (value: unknown) => ({ ok: true, value })
  const no = (failure: unknown) => ({ ok: false, failure })
  if (method === 'getDoor') return ok({ firstStart: false, waitMs: 0, shopNames: state.shopNames })
  if (method === 'signIn')
    return input.pin === '246810'
      ? ok({ token: 'a-token', user, idleMs: 120_000 })
      : no({ kind: 'wrongPin', waitMs: 0 })
  if (input.session !== 'a-token') return no({ kind: 'signedOut' })
  const answers: Readonly<Record<string, unknown>> = {
    getDesk: state,
    findCheckouts: { rows: input.text === '' || input.text === '012' ? [row] : [], next: null },
    getCheckout: checkout,
    giveBack: givenBack,
    signOut: null,
  }
  return ok(answers[method])
}
