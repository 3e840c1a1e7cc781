import type { AttendantMethod, AttendantOutputOf } from '../../shared/attendant.ts'
import type { AuditEntry, AuditPage, AuditWhat } from '../../shared/audit.ts'
import { yen } from '../../shared/money.ts'
import type { SettingsDocument } from '../../shared/shopDocuments.ts'
import type { HealthReport } from '../../shared/upkeep.ts'
import { WEEKDAYS } from '../../shared/weekday.ts'
import { NOW_MS } from './desk-data.ts'

/** A shop, made up: what the pages that run it are drawn from. */
export type UpkeepAnswers = { readonly [M in AttendantMethod]?: AttendantOutputOf<M> }

const product = (id: string, ja: string, en: string, priceYen: number, more: object = {}) => ({
  id,
  names: { ja, en },
  priceYen,
  taxRate: 8 as const,
  category: 'drink',
  image: null,
  available: true,
  ...more,
})

const catalogue: AttendantOutputOf<'getCatalogue'> = {
  revision: 'r1',
  fault: null,
  pictures: ['coffee.svg', 'hojicha.svg', 'karaage.svg'],
  document: {
    categories: [
      { id: 'bento', names: { ja: 'お弁当', en: 'Bento' } },
      { id: 'drink', names: { ja: '飲みもの', en: 'Drinks' } },
      { id: 'other', names: { ja: 'そのほか', en: 'Other' } },
    ],
    products: [
      product('karaage', '唐揚げ弁当', 'Fried chicken bento', 680, {
        category: 'bento',
        image: 'karaage.svg',
      }),
      product('salmon', '焼き鮭弁当', 'Grilled salmon bento', 720, { category: 'bento', available: false }),
      product('coffee', '珈琲', 'Coffee', 320, { image: 'coffee.svg' }),
      product('hojicha', 'ほうじ茶', 'Roasted tea', 170, { image: 'hojicha.svg' }),
      product('bag', '保冷バッグ', 'Cool bag', 220, { category: 'other', taxRate: 10 }),
    ],
  },
}

/** A thousand products, with long names. */
export const longCatalogue: AttendantOutputOf<'getCatalogue'> = {
  ...catalogue,
  fault: 'catalogue.json: products[3].priceYen: a whole number of yen',
  document: {
    ...catalogue.document,
    products: Array.from({ length: 1_000 }, (_, index) =>
      product(
        `p${index}`,
        `国産若鶏のじっくり揚げ唐揚げ弁当（ごはん大盛り・タルタルソース付き） ${index}`,
        `Slowly fried Japanese chicken bento with extra rice and tartar sauce ${index}`,
        99_999_990 + index,
      ),
    ),
  },
}

const document: SettingsDocument = {
  mode: 'training',
  shop: {
    names: { ja: 'こかげ', en: 'Kokage', zh: '木荫', ko: '고카게' },
    noren: 'こかげ',
    tagline: { ja: 'お弁当と珈琲。お支払いは PayPay です。', en: 'Bento and coffee. Pay with PayPay.' },
  },
  till: 'menu',
  keypad: { description: { ja: 'お会計' }, taxRate: 10 },
  capYen: 100_000,
  maxQuantity: 20,
  moneyBack: { attendantYen: 3_000, secondPersonAboveYen: 5_000 },
  pollIntervalMs: 2_500,
  storeId: 'store',
  terminalId: 'kaikei',
  paypayLogo: null,
  receipt: {
    issuer: null,
    registrationNumber: null,
    address: null,
    phone: null,
    paperMm: 58,
    message: null,
  },
  languages: ['ja', 'en', 'zh', 'ko'],
  openingHours: null,
  network: {
    enabled: false,
    port: 8_443,
    address: null,
    names: [],
    certificateFile: null,
    keyFile: null,
  },
  secondScreen: { shows: 'nothing', display: null, lane: null },
  updates: { enabled: false, feed: null, from: '03:00', to: '05:00' },
}
const settings = { revision: 'r1', document, fault: null }

export const settingsWithHours: AttendantOutputOf<'getSettings'> = {
  ...settings,
  document: {
    ...document,
    openingHours: Object.fromEntries(
      WEEKDAYS.map(day => [
        day,
        day === 'wed' ? null : { opens: '10:00', closes: day === 'fri' ? '01:00' : '19:30' },
      ]),
    ) as NonNullable<SettingsDocument['openingHours']>,
  },
}

const person = (userId: string, name: string) => ({ userId, name })
const manager = person('u1', '店長')
const sato = person('u2', '佐藤')
const did: readonly (readonly [AuditEntry['who'], AuditWhat])[] = [
  [sato, { kind: 'moneyBackDecided', amountYen: 1_240, reason: 'soldOut', note: '', approvedBy: '店長' }],
  [manager, { kind: 'pinAccepted', lane: 'main', second: true }],
  [null, { kind: 'pinTried', lane: 'main', tries: 2 }],
  [
    manager,
    {
      kind: 'shopChanged',
      document: 'catalogue',
      changes: [{ path: 'products.coffee.priceYen', before: 300, after: 320 }],
      more: 0,
    },
  ],
  [null, { kind: 'shopChanged', document: 'settings', changes: null, more: 0 }],
  [manager, { kind: 'staffChanged', of: '佐藤', name: null, role: 'manager', active: null, newPin: true }],
  [manager, { kind: 'staffAdded', name: '佐藤', role: 'attendant' }],
  [manager, { kind: 'keysSet', last4: '0042' }],
  [manager, { kind: 'caseClosed', reason: '現金でお返ししました' }],
  [sato, { kind: 'signedOut', why: 'customer' }],
]
const audit: AuditPage = {
  entries: Array.from({ length: 100 }, (_, index): AuditEntry => {
    const [who, what] = did[index % did.length] ?? [null, { kind: 'handedOver' }]
    return { seq: 1_000 - index, atMs: NOW_MS - index * 240_000, who, what, checkoutId: null }
  }),
  next: null,
  chain: { last: { sound: true, facts: 41_320, atMs: NOW_MS - 180_000 }, walking: null },
}

const health: HealthReport = {
  mode: 'production',
  selling: { open: true },
  says: '',
  paypay: {
    reachable: true,
    clockAheadMs: 320,
    latency: [
      { api: 'createCode', answers: 12, lastMs: 214, p50Ms: 190, p95Ms: 410 },
      { api: 'getPayment', answers: 84, lastMs: 96, p50Ms: 88, p95Ms: 180 },
      { api: 'refundPayment', answers: 4, lastMs: 620, p50Ms: 540, p95Ms: 620 },
    ],
  },
  diskFreeBytes: 51_200_000_000,
  diskLeastBytes: 67_108_864,
  ledger: { facts: 41_320, bytes: 38_400_000, chain: audit.chain },
  openMoney: { checkouts: 2, totalYen: yen(1_840) },
  version: { app: '0.9.0', schema: 3, node: '24.11.1' },
  upMs: 11_232_000,
  lanes: [
    { lane: 'main', watched: true, seenAtMs: NOW_MS },
    { lane: 'counter-2', watched: false, seenAtMs: NOW_MS - 95_000 },
  ],
  troubles: [],
  dataFolder: 'till',
  updates: {
    stands: 'notQuietHours',
    found: { is: 'upToDate', version: '0.9.0', atMs: NOW_MS - 30_000_000 },
    last: { end: 'installed', version: '0.9.0', atMs: NOW_MS - 900_000_000, says: '' },
    bad: [],
  },
  hardening: [
    { check: 'runsAs', state: 'hardened', because: 'ownUser', detail: null },
    { check: 'sandbox', state: 'hardened', because: 'shutIn', detail: null },
    { check: 'dataFolder', state: 'hardened', because: 'ownerOnly', detail: null },
    { check: 'keysFile', state: 'hardened', because: 'ownerOnly', detail: null },
    { check: 'coreDumps', state: 'hardened', because: 'off', detail: null },
    { check: 'swap', state: 'hardened', because: 'notForTheTill', detail: null },
    { check: 'clock', state: 'hardened', because: 'synchronised', detail: null },
    { check: 'disk', state: 'hardened', because: 'room', detail: '51.2 GB' },
    { check: 'autologin', state: 'hardened', because: 'none', detail: null },
    { check: 'kioskSession', state: 'hardened', because: 'alone', detail: 'tty1' },
    { check: 'browserPolicies', state: 'hardened', because: 'inPlace', detail: null },
    { check: 'updates', state: 'hardened', because: 'installed', detail: '0.9.0' },
  ],
  mayClose: false,
}

export const troubledHealth: HealthReport = {
  ...health,
  selling: { open: false, reason: 'paypayUnreachable' },
  says: 'PayPay cannot be reached (ECONNREFUSED). Check the network of this machine.',
  paypay: { reachable: false, clockAheadMs: null, latency: [] },
  diskFreeBytes: 60_000_000,
  ledger: {
    ...health.ledger,
    chain: { last: { sound: false, facts: 9_321, atMs: NOW_MS - 60_000 }, walking: { at: 500, of: 41_320 } },
  },
  lanes: [],
  updates: {
    stands: 'openingHours',
    found: { is: 'signature', version: '0.10.0', atMs: NOW_MS - 30_000_000 },
    last: {
      end: 'rolledBack',
      version: '0.9.1',
      atMs: NOW_MS - 90_000_000,
      says: 'it was not well after 3 starts',
    },
    bad: ['0.9.1'],
  },
  hardening: [
    { check: 'runsAs', state: 'open', because: 'root', detail: null },
    { check: 'sandbox', state: 'open', because: 'partly', detail: 'NoNewPrivileges, CapabilityBoundingSet' },
    { check: 'dataFolder', state: 'open', because: 'othersMayRead', detail: '755' },
    { check: 'keysFile', state: 'open', because: 'othersMayRead', detail: '644' },
    { check: 'coreDumps', state: 'open', because: 'on', detail: null },
    { check: 'swap', state: 'open', because: 'on', detail: null },
    { check: 'clock', state: 'open', because: 'alone', detail: null },
    { check: 'disk', state: 'open', because: 'little', detail: '0.1 GB' },
    { check: 'autologin', state: 'open', because: 'shell', detail: 'autologin.conf' },
    { check: 'kioskSession', state: 'unseen', because: 'noneHere', detail: null },
    {
      check: 'browserPolicies',
      state: 'open',
      because: 'loosened',
      detail: 'URLAllowlist, DownloadRestrictions',
    },
    { check: 'updates', state: 'open', because: 'rolledBack', detail: '0.9.1' },
  ],
  mayClose: true,
  troubles: Array.from({ length: 20 }, (_, index) => ({
    atMs: NOW_MS - index * 61_000,
    level: index % 3 === 0 ? ('error' as const) : ('warn' as const),
    says:
      index % 3 === 0
        ? 'selling stops: Writing to the ledger failed. Start Kaikei again.'
        : 'closed: PayPay cannot be reached (ECONNREFUSED). Check the network of this machine.',
  })),
}

const screen = (screenId: string, name: string, more: object) => ({
  screenId,
  name,
  lane: 'table-1',
  kind: 'till' as const,
  desk: false,
  pairedAtMs: NOW_MS - 86_400_000,
  seenAtMs: NOW_MS,
  connected: true,
  ...more,
})

export const screensPaired: AttendantOutputOf<'listScreens'> = {
  network: {
    on: true,
    urls: ['https://192.168.1.20:8443/', 'https://kokage.local:8443/'],
    fingerprint: Array.from({ length: 32 }, (_, index) =>
      (index * 7).toString(16).toUpperCase().padStart(2, '0'),
    ).join(':'),
    fault: null,
  },
  screens: [
    screen('s1', '窓ぎわのタブレット', { desk: true }),
    screen('s2', 'テレビ', { kind: 'display' }),
    screen('s3', '入口', { lane: 'entrance', connected: false, seenAtMs: null }),
  ],
}

export const upkeepAnswers: UpkeepAnswers = {
  stayIn: null,
  listUsers: [
    { ...manager, role: 'manager', active: true, addedAtMs: NOW_MS },
    { ...sato, role: 'attendant', active: true, addedAtMs: NOW_MS },
    { ...person('u3', '長谷川 久仁子 アレクサンドラ'), role: 'attendant', active: true, addedAtMs: NOW_MS },
    { ...person('u4', '鈴木'), role: 'attendant', active: false, addedAtMs: NOW_MS },
  ],
  addUser: { ...sato, role: 'attendant', active: true, addedAtMs: NOW_MS },
  changeUser: { ...sato, role: 'attendant', active: true, addedAtMs: NOW_MS },
  getCatalogue: catalogue,
  setCatalogue: catalogue,
  getSettings: settings,
  setSettings: settings,
  getKeys: {
    needed: false,
    kept: { last4: '0042', sinceMs: NOW_MS - 86_400_000, by: '店長' },
  },
  testKeys: { kind: 'training' },
  listScreens: { network: { on: false, urls: [], fingerprint: null, fault: null }, screens: [] },
  makePairingCode: { code: '48201937', lifetimeMs: 300_000 },
  findAudit: audit,
  getHealth: health,
  closeTill: null,
}
