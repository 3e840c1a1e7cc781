import * as z from 'zod/mini'
import type { Comparison, DayFile, DayList, DayView } from './day.ts'
import {
  type DeskCertificate,
  type DeskCheckout,
  type DeskPage,
  type DeskState,
  type Door,
  MONEY_BACK_REASONS,
  type Paper,
  type Session,
} from './desk.ts'
import { laneId, method, personName, pin } from './method.ts'
import { screensApi } from './screens.ts'
import { shopApi } from './shopApi.ts'

/** More than the most that is read, so that a file that is too large is refused in words. */
const MOST_BASE64 = 28_000_000

/**
 * The attendant's contract, as data, apart from the customer's. Every method but those for `anyone` takes `session`, the token of
 * whoever is in, and core refuses it without one, on every host.
 */
export const attendantApi = {
  getDoor: method<Door>('anyone')({}),
  /** First start only: the manager's name and PIN. */
  setUp: method<Session>('anyone')({ lane: laneId(), name: personName(), pin: pin() }),
  signIn: method<Session>('anyone')({ lane: laneId(), pin: pin() }),
  signOut: method<null>('attendant')({}),

  /** Asked again and again while the desk is open; does not count as using it. */
  getDesk: method<DeskState>('attendant', 'passive')({}),
  /** Newest first, or the oldest (`oldestFirst`; `before` then means after). `text`: a claim number, an amount, PayPay's id, a merchantPaymentId, or what a receipt's QR says. */
  findCheckouts: method<DeskPage>(
    'attendant',
    'passive',
  )({
    text: z.string().check(z.maxLength(100, 'at most 100 characters')),
    words: z.array(
      z.enum([
        'underWay',
        'delivered',
        'unpaid',
        'returning',
        'partlyReturned',
        'returned',
        'case',
        'decided',
      ]),
    ),
    lane: z.nullable(laneId()),
    /** Epoch ms, both ends included. */
    fromMs: z.nullable(z.number()),
    toMs: z.nullable(z.number()),
    before: z.nullable(z.number()),
    limit: z.number().check(z.int(), z.gte(1), z.lte(200, 'at most 200')),
    oldestFirst: z.optional(z.boolean()),
  }),
  getCheckout: method<DeskCheckout>('attendant', 'passive')({ checkoutId: checkoutId() }),

  /**
   * Gives money back. `decisionId` is made by the screen once for each decision: the same again is the same decision, and is
   * answered with how far it is.
   */
  giveBack: method<DeskCheckout>('attendant')({
    checkoutId: checkoutId(),
    decisionId: z.string().check(z.regex(/^[A-Za-z0-9-]{8,64}$/, '8 to 64 letters, digits or hyphens')),
    what: z.discriminatedUnion('kind', [
      /** Whatever is left. */
      z.object({ kind: z.literal('whole') }),
      /** By the checkout's lines, counted from 0. */
      z.object({
        kind: z.literal('lines'),
        lines: z
          .array(
            z.object({
              line: z.number().check(z.int(), z.gte(0)),
              quantity: z.number().check(z.int(), z.gte(1)),
            }),
          )
          .check(z.minLength(1), z.maxLength(200)),
      }),
      z.object({ kind: z.literal('amount'), amountYen: z.number().check(z.int('a whole number of yen')) }),
    ]),
    reason: z.enum(MONEY_BACK_REASONS),
    note: z.string().check(z.maxLength(200, 'at most 200 characters')),
    /** How many decisions about this checkout whoever decides has seen; with more of them it is refused. Left out: whatever there is. */
    seen: z.optional(z.number().check(z.int(), z.gte(0))),
    /** A second person's PIN, where one is needed. */
    secondPin: z.nullable(pin()),
  }),
  /** The goods were handed over by hand. */
  handOver: method<DeskCheckout>('attendant')({ checkoutId: checkoutId() }),
  /** Nothing more will be tried for this checkout: a manager says why. */
  closeCase: method<DeskCheckout>('manager')({
    checkoutId: checkoutId(),
    reason: z.string().check(z.minLength(3, 'at least three characters'), z.maxLength(500)),
  }),
  /** Receipt and return receipts of a checkout, as they would be printed now. */
  getPapers: method<readonly Paper[]>('attendant', 'passive')({ checkoutId: checkoutId() }),
  /** Writes down that a paper is printed, and answers the paper: from the second time on it says that it is a copy. */
  issuePaper: method<Paper>('attendant')({
    checkoutId: checkoutId(),
    of: z.string().check(z.minLength(1), z.maxLength(64)),
  }),
  /** All that shows how the checkout ended: facts, PayPay's answers, the chain's hashes. */
  getCertificate: method<DeskCertificate>('attendant', 'passive')({ checkoutId: checkoutId() }),
  /** Somebody has gone to the customer who called. */
  answerCall: method<DeskState>('attendant')({ lane: laneId() }),

  /** Any JST day up to today. */
  getDay: method<DayView>('attendant', 'passive')({ day: day() }),
  /** Days with sales or money given back, newest first, before that day; null: from the newest. */
  listDays: method<DayList>(
    'attendant',
    'passive',
  )({ before: z.nullable(day()), limit: z.number().check(z.int(), z.gte(1), z.lte(100, 'at most 100')) }),
  /** Writes down the figures as they are; today's until now. A day can be closed again. */
  closeDay: method<DayView>('manager')({
    day: day(),
    note: z.string().check(z.maxLength(200, 'at most 200 characters')),
  }),
  /** Begins to ask PayPay's API about each payment of the day; `getComparison` tells how far it is. A faulty file is refused at once. */
  compareDay: method<Comparison>('manager')({
    day: day(),
    /** PayPay's daily file as it was downloaded; null: the API alone. */
    file: z.nullable(
      z.object({
        name: z.string().check(z.minLength(1), z.maxLength(255)),
        base64: z.string().check(z.regex(/^[A-Za-z0-9+/]*={0,2}$/, 'base64'), z.maxLength(MOST_BASE64)),
      }),
    ),
  }),
  /** The last comparison of that day since the till was started; null: none. */
  getComparison: method<Comparison | null>('manager', 'passive')({ day: day() }),
  exportDay: method<DayFile>('attendant')({
    day: day(),
    encoding: z.enum(['utf8', 'sjis']),
    what: z.enum(['sales', 'figures']),
  }),
  ...shopApi,
  ...screensApi,
} as const

export type AttendantApi = typeof attendantApi
export type AttendantMethod = keyof AttendantApi
export type AttendantInputOf<M extends AttendantMethod> = z.infer<AttendantApi[M]['input']>
export type AttendantOutputOf<M extends AttendantMethod> = Exclude<AttendantApi[M]['output'], undefined>

export const attendantMethods = Object.keys(attendantApi) as AttendantMethod[]

function day() {
  return z
    .string()
    .check(z.regex(/^\d{4}-\d{2}-\d{2}$/, 'a day such as 2026-11-24'), z.refine(isDay, 'a day that there is'))
}

/** Date rolls 31 November over into December. */
function isDay(text: string): boolean {
  const atMs = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(text)
}

function checkoutId() {
  return z.string().check(z.minLength(1), z.maxLength(64))
}
