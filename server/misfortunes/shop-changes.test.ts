import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Settings } from '../../core/config.ts'
import type { ShopFiles } from '../../core/desk/shopFiles.ts'
import { tillIds } from '../../core/desk/tillIds.ts'
import { shopFolder } from '../../core/shopFolder.ts'
import type { LaneView } from '../../shared/checkout.ts'
import { WEEKDAYS } from '../../shared/weekday.ts'
import { catalogue, World } from './world.ts'

let world: World
let manager: string
/** What the disk does instead, for one kill or one refusal. */
let instead: Partial<ShopFiles>
const never = new Promise<never>(() => undefined)

beforeEach(async () => {
  instead = {}
  world = await World.open({
    more: ({ dataDir }) => {
      const files = filesIn(dataDir)
      mkdirSync(join(dataDir, 'shop'), { recursive: true })
      if (!existsSync(files.catalogue)) writeFileSync(files.catalogue, JSON.stringify(catalogue))
      return { shopFiles: { ...shopFolder(files), watch: () => () => undefined, ...instead } }
    },
  })
  manager = await world.manager()
})
afterEach(() => world.end())

const filesIn = (dataDir: string) => ({
  catalogue: join(dataDir, 'shop/catalogue.json'),
  settings: join(dataDir, 'settings.json'),
})
const onDisk = () => JSON.parse(readFileSync(filesIn(world.dataDir).catalogue, 'utf8'))
const byHand = (document: unknown) =>
  writeFileSync(
    filesIn(world.dataDir).catalogue,
    typeof document === 'string' ? document : JSON.stringify(document),
  )
const reboot = async (): Promise<void> => {
  await world.crash()
  await world.boot()
  await world.clock.pass(1_000)
  manager = await world.signIn('271828')
}

async function getCatalogue() {
  const answer = await world.desk('getCatalogue', {}, manager)
  if (!answer.ok) throw new Error(answer.failure.kind)
  return answer.value
}
async function getSettings() {
  const answer = await world.desk('getSettings', {}, manager)
  if (!answer.ok) throw new Error(answer.failure.kind)
  return answer.value
}
type Catalogue = Awaited<ReturnType<typeof getCatalogue>>['document']
const withTea = (document: Catalogue, changes: object): Catalogue => ({
  ...document,
  products: document.products.map(one => (one.id === 'tea' ? { ...one, ...changes } : one)),
})
async function priceTea(priceYen: number) {
  const { revision, document } = await getCatalogue()
  return world.desk('setCatalogue', { revision, document: withTea(document, { priceYen }) }, manager)
}
const changesIn = async (stream = 'shop-catalogue') =>
  (await world.ledger.factsOf(stream)).map(({ type, data }) => ({ type, ...(data as object) }))
const teaPrice = async () => {
  const shop = await world.call('getShop', {})
  return shop.ok
    ? (shop.value as unknown as { products: { id: string; priceYen: number }[] }).products[0]?.priceYen
    : 0
}

it('a price is in the file, in force for the next checkout, and a fact says who changed what', async () => {
  const before = await getCatalogue()
  expect(await priceTea(170)).toMatchObject({ ok: true, value: { fault: null } })
  expect(onDisk().products[0].priceYen).toBe(170)
  expect(await changesIn()).toMatchObject([
    {
      type: 'shopChanged',
      document: 'catalogue',
      by: 'u1',
      from: before.revision,
      changes: [{ path: 'products.tea.priceYen', before: 160, after: 170 }],
    },
  ])
  expect((await world.sell()).totalYen).toBe(170)
})

it('whoever is paying pays what they were told; a customer who reviews gets the price of the start', async () => {
  const paying = await world.sell('a')
  const { shopRevision } = await world.view('b')
  await priceTea(170)
  expect((await world.checkout('a')).totalYen).toBe(160)
  // The screen is told to read the shop again.
  expect((await world.view('b')).shopRevision).not.toBe(shopRevision)
  expect((await world.sell('b')).totalYen).toBe(170)
  world.simulator.phone(world.simulator.codes().find(code => code.amount === 160)?.codeId ?? '', 'approve')
  await world.clock.pass(3_000)
  expect(await world.status('a')).toBe('paid')
  expect(paying.totalYen).toBe(160)
})

it('an order whose customer looked at another price is refused, although the total is the same, and nothing is written', async () => {
  const start = (teaYen: number, bagYen: number) => {
    const lines = [
      { productId: 'tea', quantity: 1, seenPriceYen: teaYen },
      { productId: 'bag', quantity: 1, seenPriceYen: bagYen },
    ]
    return world.call('startCheckout', { lane: 'b', order: { kind: 'cart', lines }, locale: 'ja' })
  }
  const { revision, document } = await getCatalogue()
  const by: Readonly<Record<string, number>> = { tea: 10, bag: -10 }
  const products = document.products.map(one => ({ ...one, priceYen: one.priceYen + (by[one.id] ?? 0) }))
  await world.desk('setCatalogue', { revision, document: { ...document, products } }, manager)
  const { seq } = await world.ledger.head()
  expect(await start(160, 220)).toEqual({ ok: false, failure: { kind: 'priceChanged', productId: 'tea' } })
  expect(await start(170, 220)).toEqual({ ok: false, failure: { kind: 'priceChanged', productId: 'bag' } })
  expect((await world.ledger.head()).seq).toBe(seq)
  expect(world.simulator.codes()).toEqual([])
  expect(await start(170, 210)).toMatchObject({ value: { checkout: { totalYen: 380 } } })
})

it('what is sold out is refused from then on', async () => {
  const { revision, document } = await getCatalogue()
  await world.desk('setCatalogue', { revision, document: withTea(document, { available: false }) }, manager)
  const order = { kind: 'cart', lines: [{ productId: 'tea', quantity: 1 }] }
  expect(await world.call('startCheckout', { lane: 'main', order, locale: 'ja' })).toMatchObject({
    failure: { kind: 'unavailableProduct' },
  })
})

it('each wrong field is told by its path, and nothing changes', async () => {
  const { revision, document } = await getCatalogue()
  const [tea, ...others] = document.products
  const wrong = {
    ...document,
    products: [{ ...tea, priceYen: 1.5, taxRate: 9, colour: 'green' }, ...others],
  }
  const answer = await world.desk('setCatalogue', { revision, document: wrong }, manager)
  expect(answer).toMatchObject({ failure: { kind: 'badDocument' } })
  const faults = !answer.ok && answer.failure.kind === 'badDocument' ? answer.failure.faults : []
  expect(faults.map(fault => fault.path).toSorted()).toEqual([
    'products[0]',
    'products[0].priceYen',
    'products[0].taxRate',
  ])
  const twice = { ...document, products: [...document.products, { ...tea, category: 'soup' }] }
  expect(await world.desk('setCatalogue', { revision, document: twice }, manager)).toMatchObject({
    failure: { faults: [{ path: 'products[3].category' }, { path: 'products[3].id' }] },
  })
  expect(await world.desk('setCatalogue', { revision, document: 'x' }, manager)).toMatchObject({
    failure: { faults: [{ path: 'the whole file' }] },
  })
  expect((await getCatalogue()).revision).toBe(revision)
  expect(await changesIn()).toEqual([])
})

describe('two who change', () => {
  it('at the desk: the second is told, and nothing of the first is lost', async () => {
    const { revision, document } = await getCatalogue()
    const both = await Promise.all(
      [170, 180].map(priceYen =>
        world.desk('setCatalogue', { revision, document: withTea(document, { priceYen }) }, manager),
      ),
    )
    expect(both).toMatchObject([{ ok: true }, { ok: false, failure: { kind: 'changedMeanwhile' } }])
    expect(await teaPrice()).toBe(170)
  })

  it('one of them in the file, which nobody has looked at yet: the hand’s edit stands, and is a fact without a name', async () => {
    const { revision, document } = await getCatalogue()
    byHand(withTea(document, { priceYen: 150 }))
    expect(
      await world.desk('setCatalogue', { revision, document: withTea(document, { priceYen: 170 }) }, manager),
    ).toMatchObject({ failure: { kind: 'changedMeanwhile' } })
    expect(await teaPrice()).toBe(150)
    expect(await changesIn()).toMatchObject([
      { by: null, changes: [{ path: 'products.tea.priceYen', before: 160, after: 150 }] },
    ])
  })
})

it('a file that a hand has broken is told, the last good one stays in use, and the desk can mend it', async () => {
  byHand('{"categories": [')
  const { fault, document, revision } = await getCatalogue()
  expect(fault).toMatch(/catalogue\.json: the whole file: it is not JSON/)
  expect(world.told.join('\n')).toMatch(/the catalogue has a fault, so the last good one stays in use/)
  expect(await teaPrice()).toBe(160)
  expect(await world.desk('setCatalogue', { revision, document }, manager)).toMatchObject({
    value: { fault: null },
  })
  expect(onDisk().products).toHaveLength(3)
})

describe('a kill', () => {
  const changeAndDie = async (reached: Promise<unknown>): Promise<void> => {
    await reboot()
    const { revision, document } = await getCatalogue()
    const changed = withTea(document, { priceYen: 170 })
    world.kiosk.desk('setCatalogue', { revision, document: changed, session: manager }).catch(() => undefined)
    await reached
  }

  it('before the fact: nothing has happened, and the draft is gone', async () => {
    const reached = Promise.withResolvers<null>()
    instead = {
      async draft(name, text) {
        writeFileSync(`${filesIn(world.dataDir)[name]}.new`, text)
        reached.resolve(null)
        return never
      },
    }
    await changeAndDie(reached.promise)
    expect(existsSync(`${filesIn(world.dataDir).catalogue}.new`)).toBe(true)
    instead = {}
    await reboot()
    expect(existsSync(`${filesIn(world.dataDir).catalogue}.new`)).toBe(false)
    expect(await teaPrice()).toBe(160)
    expect(await changesIn()).toEqual([])
  })

  it('between the fact and the file: the next start finishes it', async () => {
    const reached = Promise.withResolvers<null>()
    instead = {
      promote() {
        reached.resolve(null)
        return never
      },
    }
    await changeAndDie(reached.promise)
    expect(await changesIn()).toMatchObject([{ by: 'u1' }])
    expect(onDisk().products[0].priceYen).toBe(160)
    instead = {}
    await reboot()
    expect(onDisk().products[0].priceYen).toBe(170)
    expect(await teaPrice()).toBe(170)
    expect(await changesIn()).toHaveLength(1)
  })
})

it('a file that cannot be replaced stays, and the fact is taken back', async () => {
  instead = { promote: async () => Promise.reject(new Error('EPERM')) }
  await reboot()
  expect(await priceTea(170)).toMatchObject({
    failure: { kind: 'notKept', says: expect.stringMatching(/EPERM/) },
  })
  expect(await teaPrice()).toBe(160)
  expect(await changesIn()).toMatchObject([{ type: 'shopChanged' }, { type: 'shopChangeUndone' }])
  instead = {}
  await reboot()
  expect(await teaPrice()).toBe(160)
  expect(await changesIn()).toHaveLength(2)
})

it.skipIf(process.getuid?.() === 0)('a folder that may not be written to is told in words', async () => {
  chmodSync(join(world.dataDir, 'shop'), 0o500)
  expect(await priceTea(170)).toMatchObject({ failure: { kind: 'notKept' } })
  chmodSync(join(world.dataDir, 'shop'), 0o700)
})

it('an edit by hand while Kaikei does not run is noticed at the start', async () => {
  await priceTea(170)
  const { document } = await getCatalogue()
  await world.crash()
  byHand(withTea(document, { priceYen: 150 }))
  await world.boot()
  expect(await changesIn()).toMatchObject([{ by: 'u1' }, { by: null, changes: null }])
})

describe('settings', () => {
  const set = async (changes: object) => {
    const { revision, document } = await getSettings()
    return world.desk('setSettings', { revision, document: { ...document, ...changes } }, manager)
  }

  it('hold at once: the limit of an attendant, the languages, the shop’s name', async () => {
    expect(
      await set({
        moneyBack: { attendantYen: 100, secondPersonAboveYen: null },
        languages: ['en', 'ja'],
      }),
    ).toMatchObject({ ok: true })
    const shop = await world.call('getShop', {})
    expect(shop).toMatchObject({ value: { locales: ['en', 'ja'] } })
    await world.desk('addUser', { name: '佐藤', role: 'attendant', pin: '161803' }, manager)
    const attendant = await world.signIn('161803', 'b')
    expect(await world.desk('getDesk', {}, attendant)).toMatchObject({ value: { limitYen: 100 } })
    await reboot()
    expect((await getSettings()).document.languages).toEqual(['en', 'ja'])
  })

  it('every one holds for the next checkout, without a start: its ids, its keypad, its logo, its receipt', async () => {
    const receipt = { ...(await getSettings()).document.receipt, message: { ja: 'またどうぞ' } }
    const keypad = { description: { ja: '駐車料金' }, taxRate: 8 }
    await set({
      storeId: 'ekimae',
      terminalId: 'left',
      receipt,
      keypad,
      till: 'keypad',
      paypayLogo: 'logo.png',
    })
    expect(await world.call('getShop', {})).toMatchObject({
      value: { till: 'keypad', keypadDescription: { ja: '駐車料金' }, paypayLogo: '/media/logo.png' },
    })
    const order = { kind: 'amount', amountYen: 500 }
    const started = await world.call('startCheckout', { lane: 'main', order, locale: 'ja' })
    const checkout = started.ok ? (started.value as LaneView).checkout : null
    await world.clock.pass(1_000)
    world.simulator.phone(world.code(), 'approve')
    await world.clock.pass(3_000)
    const [asked] = world.simulator.seen.filter(one => one.path === '/v2/codes')
    expect(asked?.body).toMatchObject({ storeId: 'ekimae', terminalId: 'left' })
    const paper = await world.call('getReceipt', { lane: 'main', checkoutId: checkout?.checkoutId })
    expect(paper).toMatchObject({ value: { message: { ja: 'またどうぞ' } } })
  })

  it('sales under an earlier store id are still this till’s when the day is compared', async () => {
    const before = (await getSettings()).document
    await set({ storeId: 'ekimae', terminalId: 'left' })
    await set({ storeId: 'honten', terminalId: '' })
    expect(await tillIds(world.ledger, (await getSettings()).document as Settings)).toEqual({
      storeIds: ['honten', before.storeId, 'ekimae'],
      terminalIds: [before.terminalId, 'left'],
    })
  })

  it.each([
    [{ languages: [] }, 'languages'],
    [{ languages: ['en'] }, 'languages'],
    [{ languages: ['ja', 'ja'] }, 'languages'],
    [{ languages: ['ja', 'fr'] }, 'languages[1]'],
    [{ pollIntervalMs: 1_000 }, 'pollIntervalMs'],
    [{ paypayLogo: '../secret.txt' }, 'paypayLogo'],
    [{ storeId: 'x'.repeat(256) }, 'storeId'],
    [{ openingHours: { mon: { opens: '25:00', closes: '19:00' } } }, 'openingHours.mon.opens'],
  ])('%j is told by its field', async (changes, path) => {
    const answer = await set(changes)
    const faults = !answer.ok && answer.failure.kind === 'badDocument' ? answer.failure.faults : []
    expect(faults.map(fault => fault.path)).toContain(path)
  })

  it('outside the hours lanes are shut and say when they open; who is paying goes on', async () => {
    // It is a Tuesday, 12:00.
    await world.sell('a')
    const hours = Object.fromEntries(WEEKDAYS.map(day => [day, { opens: '10:00', closes: '13:00' }]))
    await set({ openingHours: { ...hours, wed: null } })
    expect((await world.view('b')).selling).toEqual({ open: true })
    await world.clock.pass(60 * 60_000)
    expect((await world.view('b')).selling).toEqual({
      open: false,
      reason: 'outsideHours',
      opens: { time: '10:00', weekday: 'thu' },
    })
    const order = { kind: 'cart', lines: [{ productId: 'tea', quantity: 1 }] }
    expect(await world.call('startCheckout', { lane: 'b', order, locale: 'ja' })).toMatchObject({
      failure: { kind: 'laneClosed', reason: 'outsideHours' },
    })
  })

  it('a checkout that began before the shop closed is paid, and may have a second code', async () => {
    const hours = Object.fromEntries(WEEKDAYS.map(day => [day, { opens: '10:00', closes: '12:02' }]))
    await set({ openingHours: hours })
    const checkout = await world.sell('a')
    await world.clock.pass(60_000)
    await world.act('stopCheckout', checkout, { reason: 'customer' }, 'a')
    await world.clock.pass(60_000)
    expect((await world.view('a')).selling).toMatchObject({ reason: 'outsideHours' })
    expect(await world.status('a')).toBe('unpaid')
    expect(await world.act('retryCheckout', checkout, {}, 'a')).toMatchObject({ ok: true })
    await world.clock.pass(1_000)
    world.simulator.phone(world.code(), 'approve')
    await world.clock.pass(3_000)
    expect(await world.status('a')).toBe('paid')
  })

  it('screens are told within seconds of the minute', async () => {
    const hours = Object.fromEntries(WEEKDAYS.map(day => [day, { opens: '12:01', closes: '12:02' }]))
    await set({ openingHours: hours })
    const seen: unknown[] = []
    world.kiosk.watchLane('c', view => seen.push(view.selling))
    await world.clock.pass(125_000)
    const told = seen.filter((one, index) => JSON.stringify(one) !== JSON.stringify(seen[index - 1]))
    expect(told).toEqual([
      { open: false, reason: 'outsideHours', opens: { time: '12:01', weekday: null } },
      { open: true },
      { open: false, reason: 'outsideHours', opens: { time: '12:01', weekday: 'wed' } },
    ])
  })
})

describe('pictures', () => {
  /** One pixel. */
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg==',
    'base64',
  )
  const put = (name: string, bytes: Buffer) =>
    world.desk('addPicture', { name, base64: bytes.toString('base64') }, manager)

  it('lies beside the catalogue under a name of its own, and can be named', async () => {
    const answer = await put('../../緑茶 2.PNG', png)
    expect(answer).toMatchObject({
      ok: true,
      value: { name: expect.stringMatching(/^[\w-]+-[0-9a-f]{8}\.png$/) },
    })
    const name = answer.ok ? answer.value.name : ''
    expect(readdirSync(join(world.dataDir, 'shop'))).toContain(name)
    const { revision, document, pictures } = await getCatalogue()
    expect(pictures).toContain(name)
    expect(
      await world.desk('setCatalogue', { revision, document: withTea(document, { image: name }) }, manager),
    ).toMatchObject({ ok: true })
    expect(await changesIn('shop-pictures')).toMatchObject([{ type: 'pictureAdded', name, by: 'u1' }])
  })

  it.each([
    ['a program', 'x.png', Buffer.from('<svg onload="x()">'), 'notAPicture'],
    ['nothing', 'x.png', Buffer.alloc(0), 'notAPicture'],
    ['a PNG that was cut off', 'x.png', png.subarray(0, -12), 'broken'],
    ['a JPEG that was cut off', 'x.jpg', Buffer.from('ffd8ffe000104a464946ffda0008', 'hex'), 'broken'],
    [
      'a WebP that says it is longer',
      'x.webp',
      Buffer.from('RIFF\xff\xff\x00\x00WEBPVP8 ', 'latin1'),
      'broken',
    ],
    ['a picture of more than 2 MiB', 'x.png', Buffer.concat([png, Buffer.alloc(2 * 1024 * 1024)]), 'tooBig'],
  ])('%s is refused', async (_what, name, bytes, why) => {
    expect(await put(name, bytes)).toEqual({ ok: false, failure: { kind: 'badPicture', why } })
    expect(readdirSync(join(world.dataDir, 'shop'))).toEqual(['catalogue.json'])
  })

  it('what is no base64 is no picture', async () => {
    expect(await world.desk('addPicture', { name: 'x', base64: '💥' }, manager)).toMatchObject({
      failure: { kind: 'badPicture' },
    })
  })
})
