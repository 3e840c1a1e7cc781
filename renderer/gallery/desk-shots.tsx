import { type ReactNode, useMemo } from 'react'
import { yen } from '../../shared/money.ts'
import { Attendant } from '../attendant/attendant.tsx'
import type { DeskLocale } from '../attendant/text/say.ts'
import { closed, comparisons, earlier, empty, open } from './day-data.ts'
import { casesAndMore, moneyBack, NOW_MS } from './desk-data.ts'
import { deskHost, type Manners } from './desk-host.ts'
import { type Step, useSteps } from './steps.ts'
import { longCatalogue, screensPaired, settingsWithHours, troubledHealth } from './upkeep-data.ts'

/** The attendant's desk in every state that looks different: what its host does, and what somebody presses to get there. */
type DeskShot = Manners & {
  readonly steps: readonly Step[]
  readonly customerIsPaying?: boolean
}

const pin = [{ see: '.digits-field' }, { keys: '123456' }, '.pad .key.is-go'] as const
const here = [{ see: '.one-head' }, { see: '.row' }] as const
const inside = [...pin, ...here] as const
/** The checkout by its claim number. */
const pick = (claimNumber: string) =>
  [`.row[data-claim="${claimNumber}"]`, { see: `.one-main[data-claim="${claimNumber}"]` }] as const
const reason = (name: string) => `.pick [data-reason="${name}"]`
const chosen = [...inside, ...pick('012')] as const
/** More than a single person may: pressed, with somebody else's PIN. */
const bySecondPerson = [
  ...inside,
  ...pick('005'),
  reason('mistake'),
  '.typed .digits-field',
  { keys: '654321' },
  '.dgo',
] as const
const page = (name: string) => [...pin, { see: '.desk-bar' }, `[data-page=${name}]`] as const
const attendant = { user: { userId: 'u2', name: '佐藤', role: 'attendant' }, limitYen: yen(1_000) } as const
const toDay = '[data-page=day]'
const day = [...pin, ...here, toDay, { see: '.day-net' }] as const
const bars = { see: '.day-chart .recharts-bar-rectangle' } as const
const compare = [...day, '.day-parts .dbtn:last-child', { see: '.day-drop' }] as const
const refusal = { reason: 'soldOut', code: 'REFUND_WINDOW_EXCEED' } as const

export const deskShots: Readonly<Record<string, DeskShot>> = {
  'desk-door': { steps: [{ see: '.digits-field' }] },
  'desk-door-typed': { steps: [{ see: '.digits-field' }, { keys: '12345678' }] },
  'desk-door-wrong': {
    signIn: { kind: 'wrongPin', waitMs: 0 },
    steps: [...pin, { see: '.is-told' }],
  },
  'desk-door-wait': {
    signIn: { kind: 'pinLocked', waitMs: 30_000 },
    steps: [...pin, { see: '.door-told .num' }],
  },
  'desk-door-away': { failing: { getDoor: { kind: 'hostAway' } }, steps: [{ see: '[role=alert]' }] },
  'desk-door-signed-out': {
    failing: { findCheckouts: { kind: 'signedOut' } },
    steps: [...pin, { see: '.is-told' }],
  },
  'desk-first': { firstStart: true, steps: [{ see: '.text-field' }] },
  'desk-first-pin': {
    firstStart: true,
    steps: ['.door-name .is-go', { see: '.digits-field' }, { keys: '2468' }],
  },
  'desk-first-weak': {
    firstStart: true,
    setUp: { kind: 'weakPin', why: 'tooSimple', minDigits: 6 },
    steps: [
      '.door-name .is-go',
      { see: '.digits-field' },
      { keys: '111111' },
      '.pad .key.is-go',
      { keys: '111111' },
      '.pad .key.is-go',
      { see: '.is-told' },
    ],
  },

  desk: { giveBack: moneyBack(1_240, 'done', { way: 'cancel' }), steps: chosen },
  'desk-list': { steps: inside },
  'desk-list-filters': { steps: [...inside, '.find [aria-expanded]:last-child', { see: '.filters' }] },
  'desk-list-digits': { steps: [...inside, '.find [aria-expanded]', { see: '.find ~ .pad' }] },
  'desk-list-cases': {
    rows: casesAndMore,
    state: { cases: 5 },
    steps: [...inside, '.tabs .dbtn:nth-child(2)', { see: '.row.tells' }],
  },
  'desk-list-empty': {
    steps: [...inside, '.find input', { write: '777777' }, { see: '.list-empty' }],
  },
  /** A scanner types a receipt's number and Enter before anything has been looked for. */
  'desk-list-scanned': {
    steps: [
      ...inside,
      '.find input',
      { write: '009' },
      { keys: ['Enter'] },
      { see: '.one-main[data-claim="009"]' },
    ],
  },
  'desk-list-nothing': { rows: [], steps: [...pin, { see: '.list-empty' }] },
  'desk-loading': { silent: ['findCheckouts'], steps: [...pin, { see: '.waiting' }] },
  'desk-strips': {
    customerIsPaying: true,
    state: {
      staffCalledAt: ['counter-2'],
      mode: 'training',
      selling: { open: false, reason: 'paypayUnreachable' },
    },
    steps: chosen,
  },
  'desk-lost': { failing: { getCheckout: { kind: 'hostAway' } }, steps: [...pin, { see: '.desk-strip' }] },

  'desk-one-underWay': { steps: [...inside, ...pick('014')] },
  'desk-one-unpaid': { steps: [...inside, ...pick('010')] },
  'desk-one-returned': { steps: [...inside, ...pick('009')] },
  'desk-one-partly': { steps: [...inside, ...pick('008')] },
  'desk-one-returning': { steps: [...inside, ...pick('007'), { see: '.waiting' }] },
  'desk-one-decided': { steps: [...inside, ...pick('006')] },
  'desk-one-answers': { steps: [...chosen, '.tl-head .dbtn', { see: '.said' }] },
  'desk-case': { steps: [...inside, ...pick('013'), { see: '.case' }] },
  'desk-case-attendant': { state: attendant, steps: [...inside, ...pick('013'), { see: '.case' }] },
  'desk-case-close': {
    steps: [...inside, ...pick('013'), '.case-moves .dbtn:last-child', '.case-close .pick .dbtn'],
  },

  'desk-back-whole': { steps: [...chosen, reason('soldOut')] },
  'desk-back-lines': {
    steps: [
      ...chosen,
      '.amounts .dbtn:nth-child(2)',
      '.back-lines li:nth-child(2) .dbtn:last-child',
      reason('quality'),
    ],
  },
  'desk-back-amount': {
    steps: [...chosen, '.amounts .dbtn:nth-child(3)', { see: '.typed .digits-field' }, { keys: '300' }],
  },
  'desk-back-too-much': {
    steps: [...chosen, '.amounts .dbtn:nth-child(3)', { see: '.typed .digits-field' }, { keys: '9999' }],
  },
  'desk-back-note': { steps: [...chosen, reason('other')] },
  'desk-back-second': { steps: [...inside, ...pick('005'), reason('mistake'), { see: '.typed' }] },
  /** The answer is missing, and a second person's PIN has to be typed anew. */
  'desk-back-unanswered-second': {
    giveBack: { kind: 'hostAway' },
    steps: [...bySecondPerson, { see: '[role=alert].is-told' }, { see: '.typed' }],
  },
  /** A manager has answered for money that PayPay never showed; what is left can still go back. */
  'desk-back-closed': {
    checkout: checkout => ({
      ...checkout,
      word: 'decided',
      moneyBacks: [moneyBack(1_240, 'closed', { way: 'cancel' })],
      giveBack: { possible: false, because: 'allReturned' },
    }),
    steps: [...chosen, { see: '.refund-told' }],
  },
  'desk-back-limit': { state: attendant, steps: [...chosen, reason('soldOut')] },
  'desk-back-same-person': {
    giveBack: { kind: 'samePerson' },
    steps: [...bySecondPerson, { see: '.is-told' }],
  },
  'desk-back-sending': {
    silent: ['giveBack'],
    steps: [...chosen, reason('soldOut'), '.dgo', { see: '.waiting' }],
  },
  'desk-back-unanswered': {
    giveBack: { kind: 'hostAway' },
    steps: [...chosen, reason('soldOut'), '.dgo', { see: '.is-told' }],
  },
  'desk-back-waiting': {
    giveBack: moneyBack(1_240, 'waiting', { way: 'cancel' }),
    steps: [...chosen, reason('soldOut'), '.dgo', { see: '.waiting' }],
  },
  'desk-back-away': {
    state: { selling: { open: false, reason: 'paypayUnreachable' } },
    giveBack: moneyBack(1_240, 'waiting', { way: null }),
    steps: [...chosen, reason('soldOut'), '.dgo', { see: '.refund-told' }],
  },
  'desk-back-done': {
    giveBack: moneyBack(1_240, 'done', { way: 'cancel' }),
    steps: [...chosen, reason('soldOut'), '.dgo', { see: '.refund-told' }],
  },
  'desk-back-refused': {
    giveBack: moneyBack(1_240, 'refused', refusal),
    steps: [...chosen, reason('soldOut'), '.dgo', { see: '.refund-told' }],
  },
  'desk-back-no-lines': { steps: [...inside, ...pick('008'), '.refund .outlined', { see: '.pick' }] },
  'desk-day': { day: closed, steps: [...day, bars] },
  'desk-day-today': { steps: [...day, bars] },
  'desk-day-open': { day: { figures: { open } }, steps: [...day, bars] },
  'desk-day-empty': { day: { figures: empty }, steps: day },
  'desk-day-attendant': { state: attendant, day: closed, steps: [...day, bars] },
  'desk-day-table': { steps: [...day, bars, '.day-hours .dbtn'] },
  'desk-day-away': {
    failing: { getDay: { kind: 'hostAway' } },
    steps: [...pin, toDay, { see: '[role=alert]' }],
  },
  'desk-day-kept': { steps: [...day, '.day-buttons .dbtn', { see: '.day-box [role=status] p' }] },
  'desk-day-compare': { steps: compare },
  'desk-day-running': { comparison: comparisons.running, steps: [...compare, { see: 'progress' }] },
  'desk-day-agrees': {
    comparison: comparisons.agrees,
    day: { comparisons: earlier },
    steps: [...compare, { see: '.day-verdict' }],
  },
  'desk-day-differs': {
    comparison: comparisons.differs,
    day: { comparisons: earlier },
    steps: [...compare, { see: '.day-verdict' }],
  },
  'desk-day-differs-list': {
    comparison: comparisons.differs,
    steps: [...compare, { see: '.day-verdict' }, { to: '.day-differences' }],
  },
  'desk-day-failed': { comparison: comparisons.failed, steps: [...compare, { see: '.is-told' }] },
  'desk-day-fault': {
    failing: {
      compareDay: { kind: 'faultyFile', fault: { kind: 'cutOff', line: 214, why: 'openQuote' } },
    },
    steps: [...compare, '.day-drop button', { see: '.day-note' }],
  },
  'desk-users': { steps: [...page('users'), '[data-user=u2]', { see: '.pin-field' }] },
  'desk-users-list': { steps: [...page('users'), { see: '[data-user=u2]' }] },
  'desk-users-add': {
    failing: { addUser: { kind: 'pinTaken' } },
    steps: [
      ...page('users'),
      '[data-add]',
      '[data-field=name] input',
      { write: '鈴木' },
      '.pin-field .digits-field',
      { keys: '271828' },
      '[data-save]',
      { see: '.is-told' },
    ],
  },
  'desk-users-last': {
    failing: { changeUser: { kind: 'lastManager' } },
    steps: [...page('users'), '[data-user=u1]', '[data-option=no]', '[data-save]', { see: '.is-told' }],
  },
  'desk-users-mine': { state: attendant, steps: [...page('users'), { see: '.pin-field' }] },
  'desk-catalogue': { steps: [...page('catalogue'), { see: '.picture' }] },
  'desk-catalogue-product': { steps: [...page('catalogue'), '[data-product=coffee]', { see: '.picture' }] },
  'desk-catalogue-wrong': {
    steps: [
      ...page('catalogue'),
      '[data-product=coffee]',
      '[data-field=priceYen] input',
      { write: '12.5' },
      { see: '.field-fault' },
    ],
  },
  'desk-catalogue-late': {
    failing: { setCatalogue: { kind: 'changedMeanwhile' } },
    steps: [...page('catalogue'), '[data-product=coffee]', '[data-save]', { see: '.is-told' }],
  },
  'desk-catalogue-new': {
    steps: [...page('catalogue'), '[data-add]', '[data-field="names.ja"] input', { write: '麦茶' }],
  },
  'desk-catalogue-categories': {
    steps: [...page('catalogue'), '[data-categories]', { see: '.upkeep-section' }],
  },
  'desk-catalogue-long': {
    upkeep: { getCatalogue: longCatalogue },
    steps: [...page('catalogue'), { see: '.picture' }],
  },
  'desk-settings': { steps: [...page('settings'), { see: '.keys-kept .upkeep-note' }] },
  'desk-settings-hours': {
    upkeep: { getSettings: settingsWithHours },
    steps: [...page('settings'), { see: '.hours' }, { show: '.hours' }],
  },
  'desk-settings-wrong': {
    steps: [
      ...page('settings'),
      { see: '.keys-kept .upkeep-note' },
      '[data-field=capYen] input',
      { write: '9999999' },
      { see: '.field-fault' },
    ],
  },
  'desk-settings-sale': {
    steps: [...page('settings'), { see: '.keys-kept .upkeep-note' }, { show: '[data-field=capYen]' }],
  },
  'desk-settings-paypay': {
    steps: [
      ...page('settings'),
      { see: '.keys-kept .upkeep-note' },
      '[data-field=pollIntervalMs] input',
      { write: '1000' },
      { show: '[data-field=paypayLogo]' },
    ],
  },
  'desk-settings-keys': {
    steps: [...page('settings'), { see: '.keys-kept .upkeep-note' }, { show: '.keys-moves' }],
  },
  'desk-settings-screens': {
    upkeep: { listScreens: screensPaired },
    steps: [
      ...page('settings'),
      { see: '.screens-new' },
      '[data-field=screenName] input',
      { write: 'レジ横' },
      '[data-field=screenLane] input',
      { write: 'table-2' },
      '[data-pair]',
      { see: '[data-code]' },
      { show: '[data-code]' },
    ],
  },
  'desk-audit': { steps: [...page('audit'), { see: '.entry' }] },
  'desk-audit-empty': {
    upkeep: {
      findAudit: { entries: [], next: null, chain: { last: null, walking: { at: 4_000, of: 12_000 } } },
    },
    steps: [...page('audit'), { see: '.list-empty' }],
  },
  'desk-health': { steps: [...page('health'), { see: '.latency' }] },
  'desk-health-trouble': {
    state: { selling: { open: false, reason: 'paypayUnreachable' } },
    upkeep: { getHealth: troubledHealth },
    steps: [...page('health'), { see: '.troubles' }],
  },
  'desk-long': {
    state: {
      user: { userId: 'u1', name: '長谷川 久仁子 アレクサンドラ', role: 'manager' },
      shopNames: longNames(),
    },
    checkout: checkout => {
      const [line] = checkout.lines
      const names = {
        ja: '国産若鶏のじっくり揚げ唐揚げ弁当（ごはん大盛り・タルタルソース付き）',
        en: 'Slowly fried Japanese chicken bento with extra rice and tartar sauce',
      }
      return line ? { ...checkout, lines: Array.from({ length: 14 }, () => ({ ...line, names })) } : checkout
    },
    steps: [...chosen, '.amounts .dbtn:nth-child(2)', { see: '.back-lines' }],
  },
}

function longNames() {
  return { ja: 'お弁当と珈琲のこかげ 駅前本店', en: 'Kokage Bento and Coffee, Station Square' }
}

const nothing: readonly Step[] = []

export function DeskPicture({ name, locale }: { name: string; locale: DeskLocale }): ReactNode {
  const shot = deskShots[name]
  const api = useMemo(() => deskHost(shot ?? {}), [shot])
  useSteps(name, shot?.steps ?? nothing)
  if (!shot) return null
  return (
    <Attendant
      api={api}
      lane="main"
      customerIsPaying={shot.customerIsPaying ?? false}
      onClose={() => {}}
      locale={locale}
      now={() => NOW_MS}
    />
  )
}
