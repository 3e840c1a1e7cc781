import type {
  DeskCheckout,
  DeskRow,
  DeskState,
  MoneyBackView,
  TimelineStep,
  TimelineWhat,
} from '../../shared/desk.ts'
import { sumYen, taxInside, yen } from '../../shared/money.ts'

/** A lunch hour of the demo shop, made up: what the desk is drawn from. */

export const NOW_MS = Date.parse('2026-11-24T12:45:00+09:00')
/** JST. */
export const TODAY = '2026-11-24'
const at = (clock: string): number => Date.parse(`2026-11-24T${clock}+09:00`)

export const state: DeskState = {
  user: { userId: 'u1', name: '店長', role: 'manager' },
  mode: 'production',
  shopNames: { ja: 'こかげ', en: 'Kokage' },
  selling: { open: true },
  lanes: ['main', 'counter-2'],
  staffCalledAt: [],
  cases: 1,
  underWay: 1,
  today: { businessDay: '2026-11-24', sales: 38, salesYen: yen(41_320) },
  limitYen: null,
  secondPersonAboveYen: yen(5_000),
  revision: 1,
}

const words: readonly (readonly [string, string, DeskRow['word'], number])[] = [
  ['12:41', '014', 'underWay', 680],
  ['12:38', '013', 'case', 1_160],
  ['12:36', '012', 'delivered', 1_240],
  ['12:31', '011', 'delivered', 720],
  ['12:29', '010', 'unpaid', 420],
  ['12:22', '009', 'returned', 170],
  ['12:18', '008', 'partlyReturned', 2_040],
  ['12:15', '007', 'returning', 950],
  ['12:09', '006', 'decided', 780],
  ['12:02', '005', 'delivered', 12_580],
]

/** Today's, and five hundred of the days before. */
export const rows: readonly DeskRow[] = [
  ...words.map(([clock, claimNumber, word, totalYen]) => row(clock, claimNumber, word, totalYen)),
  ...Array.from({ length: 500 }, (_, index): DeskRow => {
    const startedAtMs = at('11:58:00') - index * 600_000
    const businessDay = new Date(startedAtMs + 9 * 3_600_000).toISOString().slice(0, 10)
    const claimNumber = String(899 - index).padStart(3, '0')
    return {
      ...row('11:58', claimNumber, 'delivered', 460 + (index % 9) * 110),
      checkoutId: `old-${index}`,
      startedAtMs,
      businessDay,
    }
  }),
]

/** One case for each reason, waiting for between a minute and three days. */
export const casesAndMore: readonly DeskRow[] = [
  ...rows.slice(0, 10),
  ...(
    [
      ['12:33', '011', 'unanswered', 720, 12],
      ['12:20', '008', 'notBackYet', 2_040, 25],
      ['10:05', '871', 'moneyBackRefused', 12_580, 160],
      ['18:40', '702', 'refundRefused', 980, 3 * 1_440],
    ] as const
  ).map(([clock, claimNumber, code, totalYen, minutes]): DeskRow => {
    const sinceMs = NOW_MS - minutes * 60_000
    const money = code === 'unanswered' ? 'unknown' : 'paid'
    const openCase = { why: { code }, money, sinceMs, amountYen: yen(totalYen) } as const
    return { ...row(clock, claimNumber, 'case', totalYen), checkoutId: `case-${claimNumber}`, openCase }
  }),
]

function row(clock: string, claimNumber: string, word: DeskRow['word'], totalYen: number): DeskRow {
  return {
    checkoutId: `c${claimNumber}`,
    claimNumber,
    lane: 'main',
    startedAtMs: at(`${clock}:00`),
    businessDay: '2026-11-24',
    totalYen: yen(totalYen),
    returnedYen: yen(0),
    word,
    openCase:
      word === 'case'
        ? {
            why: { code: 'notHandedOver' },
            money: 'paid',
            sinceMs: at(`${clock}:38`),
            amountYen: yen(totalYen),
          }
        : null,
  }
}

const lines = [
  {
    productId: 'karaage-bento',
    names: { ja: '唐揚げ弁当', en: 'Karaage bento' },
    quantity: 1,
    priceYen: 680,
  },
  { productId: 'hojicha', names: { ja: 'ほうじ茶', en: 'Hojicha' }, quantity: 2, priceYen: 170 },
  { productId: 'cooler-bag', names: { ja: '保冷バッグ', en: 'Cooler bag' }, quantity: 1, priceYen: 220 },
].map(({ priceYen, ...line }) => ({
  ...line,
  unitPriceYen: yen(priceYen),
  lineYen: yen(priceYen * line.quantity),
  taxRatePercent: 8 as const,
}))

/** How far each word is: what happened until then. */
export function checkoutOf(
  found: DeskRow,
  more: { moneyBacks?: readonly MoneyBackView[]; giveBack?: DeskCheckout['giveBack'] } = {},
): DeskCheckout {
  const isPaid = found.word !== 'unpaid' && found.word !== 'underWay'
  const scale = found.totalYen === 1_240 ? lines : [lineOf(found.totalYen)]
  const totalYen = sumYen(scale.map(line => line.lineYen))
  const moneyBacks = more.moneyBacks ?? moneyBacksOf(found)
  return {
    ...found,
    lines: scale,
    taxes: [{ ratePercent: 8, totalYen, taxYen: taxInside(totalYen, 8) }],
    payments: [
      {
        merchantPaymentId: `kaikei-20261124-0${found.claimNumber}-a1`,
        paymentId: isPaid ? '02857391648205713664' : null,
        amountYen: found.totalYen,
        paidAtMs: isPaid ? found.startedAtMs + 31_000 : null,
      },
    ],
    timeline: timelineOf(found, moneyBacks),
    moneyBacks,
    giveBack: more.giveBack ?? giveBackOf(found, moneyBacks),
    caseMoves: found.word === 'case' ? ['giveBack', 'handOver', 'close'] : [],
  }
}

function lineOf(totalYen: number): (typeof lines)[number] {
  const price = yen(totalYen)
  const names = { ja: 'お弁当おまかせ詰め合わせ', en: 'Assorted bento boxes' }
  return { productId: 'box', names, quantity: 1, unitPriceYen: price, lineYen: price, taxRatePercent: 8 }
}

export function moneyBack(
  amountYen: number,
  backState: MoneyBackView['state'],
  more: Partial<MoneyBackView> = {},
): MoneyBackView {
  return {
    merchantRefundId: 'kaikei-20261124-0012-r1',
    decisionId: 'decision-0012-1',
    merchantPaymentId: 'kaikei-20261124-0012-a1',
    amountYen: yen(amountYen),
    reason: 'soldOut',
    note: '',
    by: '店長',
    approvedBy: null,
    decidedAtMs: at('12:44:40'),
    way: 'refund',
    state: backState,
    code: null,
    doneAtMs: backState === 'done' ? at('12:44:44') : null,
    ...more,
  }
}

function moneyBacksOf({ word, totalYen }: DeskRow): readonly MoneyBackView[] {
  if (word === 'returned') return [moneyBack(totalYen, 'done', { way: 'cancel', reason: 'customer' })]
  if (word === 'partlyReturned') return [moneyBack(680, 'done', { approvedBy: '佐藤' })]
  return word === 'returning' ? [moneyBack(totalYen, 'taken')] : []
}

function giveBackOf(found: DeskRow, moneyBacks: readonly MoneyBackView[]): DeskCheckout['giveBack'] {
  const no = (because: Extract<DeskCheckout['giveBack'], { possible: false }>['because']) =>
    ({ possible: false, because }) as const
  if (found.word === 'unpaid') return no('nothingPaid')
  if (found.word === 'underWay') return no('notOverYet')
  if (found.word === 'returned') return no('allReturned')
  if (found.word === 'returning') return no('underWay')
  const isFresh = moneyBacks.length === 0
  return {
    possible: true,
    leftYen: yen(found.totalYen - (isFresh ? 0 : 680)),
    leftOfLines: isFresh ? (found.totalYen === 1_240 ? [1, 2, 1] : [1]) : null,
    way: isFresh ? 'cancel' : 'refund',
    untilMs: at('23:59:59') + 90 * 86_400_000,
  }
}

function timelineOf(found: DeskRow, moneyBacks: readonly MoneyBackView[]): readonly TimelineStep[] {
  const { word, claimNumber, startedAtMs, totalYen } = found
  const steps: (readonly [number, TimelineWhat, string?])[] = [
    [0, { kind: 'started', lane: 'main' }],
    [0, { kind: 'codeAsked', attempt: 1 }],
    [1, { kind: 'codeShown' }, 'SUCCESS'],
    ...[6, 12, 18, 24].map(
      second => [second, { kind: 'read', found: 'unpaid' }, 'SUCCESS'] as [number, TimelineWhat, string],
    ),
  ]
  if (word === 'unpaid')
    steps.push(
      [60, { kind: 'stopped', reason: 'expired' }],
      [61, { kind: 'codeDeleted', how: 'deleted' }, 'SUCCESS'],
      [62, { kind: 'ended', outcome: 'neverPayable' }],
    )
  else if (word !== 'underWay') {
    steps.push(
      [31, { kind: 'read', found: 'completed' }, 'SUCCESS'],
      [31, { kind: 'numberShown', claimNumber }],
    )
    if (word === 'case')
      steps.push(
        [38, { kind: 'handoverFailed', says: '返事なし' }],
        [38, { kind: 'caseOpened', why: { code: 'notHandedOver' }, money: 'paid' }],
      )
    else steps.push([187, { kind: 'handedOver', by: null }])
  }
  if (word === 'decided') steps.push([300, { kind: 'caseClosed', by: '店長', reason: '現金で返した' }])
  for (const { amountYen, reason, note, by, approvedBy, way, state: how } of moneyBacks) {
    steps.push(
      [400, { kind: 'moneyBackDecided', amountYen, reason, note, by, approvedBy }],
      [401, { kind: 'moneyBackSent', way: way ?? 'refund' }],
    )
    if (how === 'done')
      steps.push([404, { kind: 'moneyBackDone', amountYen: yen(Math.min(amountYen, totalYen)) }])
    if (how === 'refused') steps.push([404, { kind: 'moneyBackRefused', amountYen }])
  }
  return steps.map(([second, what, code], seq) => ({
    seq,
    atMs: startedAtMs + second * 1_000,
    what,
    said: code === undefined ? null : { httpStatus: 200, code, requestId: `0B5A-${seq}-7C2F91D04E` },
  }))
}
