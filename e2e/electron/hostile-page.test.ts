import { readFileSync } from 'node:fs'
import { forgedInvoke } from '../../electron/standin/forged.ts'
import { Attendant, MANAGER_PIN } from '../attendant.ts'
import { KEYS, type Program, startSimulator } from '../host.ts'
import { Customer, expect } from '../kiosk.ts'
import { Paypay } from '../paypay.ts'
import { Kiosk, root, test } from './kiosk.ts'

// Somebody has got a script into the page and owns its JavaScript. They may spoil this screen; they may not get goods without money,
// money out of the till, another price, or a secret.

/** What a page of ours has of its host, for code that runs in it. */
type Exposed = typeof globalThis & {
  readonly kaikei: {
    call(method: string, input: unknown): Promise<unknown>
    callDesk(method: string, input: unknown): Promise<unknown>
    watchLane(lane: unknown, onView: unknown): unknown
  }
}

/** Every name in the contract, from its own text: a new method is attacked from its first day. */
function methodsIn(file: string): string[] {
  return [...readFileSync(`${root}shared/${file}`, 'utf8').matchAll(/^ {2}(\w+): method</gm)].map(
    ([, name]) => name ?? '',
  )
}
const customerMethods = methodsIn('api.ts')
const deskMethods = [...methodsIn('attendant.ts'), ...methodsIn('shopApi.ts')]

const hostile = test.extend<{ paypay: Paypay; taken: Kiosk }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
  paypay: async ({}, use) => {
    // A PayPay whose secret the test knows, so that it can be looked for.
    const simulator: Program = startSimulator()
    const { paypayUrl } = await simulator.ready<{ paypayUrl: string }>()
    await use(new Paypay(paypayUrl))
    await simulator.end()
  },
  taken: async ({ paypay }, use) => {
    const kiosk = new Kiosk()
    await kiosk.start({ args: [`--paypay-url=${paypay.url}`], env: KEYS })
    await use(kiosk)
    await kiosk.end()
  },
})

hostile(
  'a page that was taken over gets no goods, no money, no other price and no secret',
  async ({ taken, paypay }) => {
    hostile.setTimeout(120_000)
    const { page } = taken
    const customer = new Customer(page)
    // A till with people, one sale that is paid, and one code that nobody has paid.
    const attendant = new Attendant(page)
    await customer.reads('いらっしゃいませ')
    await attendant.setsUp()
    await page.reload()
    await customer.choosesLunch()
    await customer.press('PayPayで支払う')
    await customer.seesCode()
    await paypay.press('approve')
    await customer.reads('お支払いが済みました')
    await customer.press('おわる')
    await customer.choosesLunch()
    await customer.press('PayPayで支払う')
    await customer.seesCode()
    const view = () =>
      page.evaluate(
        async () =>
          (await (globalThis as Exposed).kaikei.call('getLane', { lane: 'main' })) as {
            value: { checkout: { checkoutId: string; status: string; totalYen: number } }
          },
      )
    const before = {
      book: await bookOf(paypay),
      shop: await shopOf(taken),
      checkout: (await view()).value.checkout,
    }
    expect(before.book).toMatchObject({ capturedYen: 850, keptYen: 850 })

    const answers = await page.evaluate(attack, {
      customerMethods,
      deskMethods,
      checkoutId: before.checkout.checkoutId,
    })
    expect(answers.made).toBeGreaterThan(1_500)

    // Past the preload, and from a frame.
    await page.evaluate(() => document.body.append(document.createElement('iframe')))
    const frame = page.mainFrame().childFrames()[0]
    if (!frame) throw new Error('no frame')
    const forged: unknown[] = []
    for (const channel of ['kaikei:call:startCheckout', 'kaikei:desk:giveBack', 'kaikei:desk:getDoor'])
      forged.push(
        await forgedInvoke(frame, channel, { lane: 'main', checkoutId: before.checkout.checkoutId }),
      )
    for (const channel of [
      'kaikei:call:__proto__',
      'kaikei:desk:toString',
      'kaikei:call:getKeys',
      'electron',
      '',
    ])
      forged.push(await forgedInvoke(page.mainFrame(), channel, {}))
    forged.push(await forgedInvoke(page.mainFrame(), 'kaikei:call:callStaff', { lane: 'other' }))
    expect(forged.map(one => (one as { kind: string }).kind)).toEqual(forged.map(() => 'refusal'))

    // Nothing that money is made of has moved.
    expect(await bookOf(paypay)).toEqual(before.book)
    expect(await shopOf(taken)).toBe(before.shop)
    const written = answers.texts.join('\n')
    expect(answers.texts.filter(text => /"status":"paid"/.test(text))).toEqual([])
    for (const secret of [KEYS.KAIKEI_API_SECRET, MANAGER_PIN, 'pinHash', 'saltHex', taken.userDataDir])
      expect(written).not.toContain(secret)
    expect(written).not.toMatch(/"token"| {4}at /)
    expect((await paypay.requests()).filter(one => /refund/i.test(one.path))).toEqual([])
  },
)

/** All of PayPay's book but its clock. */
async function bookOf(paypay: Paypay): Promise<object> {
  return { ...(await paypay.book()), nowMs: 0 }
}

async function shopOf(kiosk: Kiosk): Promise<string> {
  return readFileSync(`${kiosk.userDataDir}/till/shop/catalogue.json`, 'utf8')
}

/** Runs in the page. Complete in itself. */
async function attack({
  customerMethods,
  deskMethods,
  checkoutId,
}: {
  customerMethods: readonly string[]
  deskMethods: readonly string[]
  checkoutId: string
}): Promise<{ made: number; texts: string[] }> {
  const { kaikei } = globalThis as Exposed
  const texts: string[] = []
  let made = 0
  const note = async (call: () => Promise<unknown>): Promise<void> => {
    made += 1
    try {
      texts.push(JSON.stringify(await call()) ?? 'nothing')
    } catch (error) {
      texts.push(`refused: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const deep = (depth: number): unknown => {
    let value: unknown = 'x'
    for (let level = 0; level < depth; level += 1) value = { value }
    return value
  }
  const poisoned = JSON.parse(
    '{"__proto__":{"access":"anyone","role":"manager","session":"x"},"constructor":{"prototype":{"isAdmin":true}},"lane":"main"}',
  )
  const cyclic: Record<string, unknown> = { lane: 'main' }
  cyclic.self = cyclic
  const lane = 'main'
  const money = { kind: 'whole' }
  const values: readonly unknown[] = [
    ...[undefined, null, true, 0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, '', 'main', 10n],
    ...[
      [],
      [[]],
      {},
      new Date(0),
      new Map([['lane', 'main']]),
      new Set([1]),
      new Uint8Array(64),
      () => lane,
      Symbol('x'),
    ],
    ...[
      deep(200),
      poisoned,
      cyclic,
      'x'.repeat(100_000),
      { lane: 'x'.repeat(100_000) },
      { lane: '../main' },
      { lane: ['main'] },
    ],
    ...[
      { lane, checkoutId },
      { lane, checkoutId, status: 'paid', outcome: 'delivered' },
      { lane, checkoutId: '__proto__' },
    ],
    { lane, checkoutId, reason: 'paid' },
    { lane: 'other', checkoutId, reason: 'customer' },
    {
      lane,
      locale: 'ja',
      order: {
        kind: 'cart',
        lines: [{ productId: 'karaage-bento', quantity: 1, priceYen: 1, seenPriceYen: 1 }],
      },
      totalYen: 1,
    },
    {
      lane,
      locale: 'ja',
      order: { kind: 'cart', lines: [{ productId: 'karaage-bento', quantity: -1, seenPriceYen: 1 }] },
    },
    { lane, locale: 'ja', order: { kind: 'amount', amountYen: 1, seenPriceYen: 1 } },
    { checkoutId, decisionId: 'decision-1', what: money, reason: 'other', note: '', secondPin: null },
    ...[
      '',
      'undefined',
      '__proto__',
      'constructor',
      '0'.repeat(24),
      { toString: () => 'x' },
      ['x'],
      true,
    ].flatMap(session => [
      {
        session,
        lane,
        checkoutId,
        decisionId: 'decision-1',
        what: money,
        reason: 'other',
        note: '',
        secondPin: null,
      },
      {
        session,
        userId: 'x',
        role: 'manager',
        pin: '1',
        active: true,
        name: 'x',
        revision: '1',
        document: { products: [] },
      },
      {
        session,
        keys: { apiKey: 'x', apiSecret: 'y', merchantId: null },
        lane,
        checkoutId,
        reason: 'because',
      },
    ]),
    { lane, pin: '000000', name: 'Mallory', role: 'manager' },
  ]
  // What stops this checkout is the customer's right, and is left out, so that it is there afterwards.
  const ends = new Set(['stopCheckout', 'leaveCheckout'])
  for (const value of values) {
    await Promise.all([
      ...customerMethods.filter(name => !ends.has(name)).map(name => note(() => kaikei.call(name, value))),
      ...deskMethods.map(name => note(() => kaikei.callDesk(name, value))),
    ])
  }
  for (const name of ['getKeys', 'giveBack', '__proto__', 'constructor', 'toString', 'kaikei:watch', ''])
    await note(() => kaikei.call(name, poisoned))
  for (const value of values) {
    made += 1
    try {
      kaikei.watchLane(value, value)
    } catch {
      // The stand-in's bridge refuses what cannot be copied, as Electron's does.
    }
  }
  // Replays of what was right once.
  for (let time = 0; time < 40; time += 1)
    await note(() =>
      kaikei.call('startCheckout', {
        lane,
        locale: 'ja',
        order: { kind: 'cart', lines: [{ productId: 'karaage-bento', quantity: 1 }] },
      }),
    )
  for (let time = 0; time < 15; time += 1)
    await note(() => kaikei.callDesk('signIn', { lane, pin: String(100_000 + time) }))
  // Its own objects, bent: main and the preload have others.
  Object.defineProperty(Object.prototype, 'access', { value: 'anyone', configurable: true })
  Object.defineProperty(Object.prototype, 'session', { value: 'x', configurable: true })
  await Promise.all(deskMethods.map(name => note(() => kaikei.callDesk(name, { lane, checkoutId }))))
  Reflect.deleteProperty(Object.prototype, 'access')
  Reflect.deleteProperty(Object.prototype, 'session')
  return { made, texts }
}
