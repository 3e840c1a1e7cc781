import { and } from 'xstate'
import { BASKET_KEYS, CODE_KEYS, ignore, RECEIPT_KEYS, STEP_KEYS, stay, UNPAID_KEYS } from './ignore.ts'
import { laneIs, words } from './words.ts'

/** Before money: nobody, choosing, looking it over, and a till that is shut. */

const notOnThisScreen = 'the key is not on this screen; a second tap of the screen before'

/** The page is loaded: a shop and a first snapshot are needed before anything can be said. */
export const connecting = words.createStateConfig({
  initial: 'quiet',
  always: [
    { guard: and(['isReady', 'wasReviewing', laneIs('free')]), target: '#reviewing' },
    { guard: and(['isReady', 'wasOrdering', laneIs('free')]), target: '#browsing' },
    { guard: and(['isReady', 'wasOrdering', laneIs('closed')]), target: '#closed' },
    { guard: 'isReady', target: '#following' },
  ],
  on: {
    'lane.view': stay(
      'the first snapshot is taken by the host region; it is followed once the shop is known',
    ),
    ...ignore('nothing is on the screen yet', 'customer.start', ...BASKET_KEYS, ...STEP_KEYS),
    ...ignore(
      'nothing is on the screen yet',
      ...CODE_KEYS,
      ...UNPAID_KEYS,
      ...RECEIPT_KEYS,
      'customer.finish',
    ),
    ...ignore('the screen says so by itself', 'host.away'),
    ...ignore('nobody is waited for here', 'presence.gone'),
  },
  states: {
    quiet: { after: { bootQuiet: 'waiting' } },
    waiting: {},
  },
})

export const attract = words.createStateConfig({
  id: 'attract',
  tags: ['settles'],
  entry: ['arrive', 'forgetSale'],
  always: { guard: 'tillIsShut', target: '#closed' },
  on: {
    'customer.start': [
      { guard: 'isSettled', target: '#browsing', actions: 'startSale' },
      stay('the second tap of "done" starts no sale'),
    ],
    'customer.language': { target: '.chosen', actions: 'chooseLanguage' },
    'customer.largeText': { target: '.chosen', actions: 'chooseSize' },
    'lane.view': { guard: laneIs('free'), description: 'nothing to follow' },
    'host.away': { target: '#closed' },
    ...ignore(notOnThisScreen, ...BASKET_KEYS, ...STEP_KEYS, ...CODE_KEYS, ...UNPAID_KEYS, ...RECEIPT_KEYS),
    ...ignore('everything is away already', 'customer.finish'),
    ...ignore('nobody is waited for here', 'presence.gone'),
  },
  initial: 'resting',
  states: {
    resting: {},
    /** Somebody chose a language or a size and has not started. */
    chosen: { after: { idle: { target: 'resting', actions: 'forgetSale' } } },
  },
})

/** The menu or the keypad. */
export const browsing = words.createStateConfig({
  id: 'browsing',
  entry: 'arrive',
  always: { guard: laneIs('closed'), target: '#closed' },
  on: {
    'customer.add': editing(),
    'customer.remove': editing(),
    'customer.digit': editing(),
    'customer.erase': editing(),
    'customer.clear': editing(),
    'customer.checkOut': [
      { guard: 'basketIsReady', target: '#reviewing', actions: 'clearNotice' },
      { actions: 'sayWhyNotReady' },
    ],
    'customer.finish': { target: '#attract' },
    'presence.gone': { target: '#attract' },
    'lane.view': {
      guard: laneIs('free', 'closed'),
      description: 'nothing to follow; a new shop is the shop region’s, and a shut till is seen above',
    },
    ...ignore('choosing needs no host; paying says so if it is still away', 'host.away'),
    ...ignore(notOnThisScreen, 'customer.start', 'customer.back', 'customer.pay'),
    ...ignore(notOnThisScreen, ...CODE_KEYS, ...UNPAID_KEYS, ...RECEIPT_KEYS),
  },
})

export const reviewing = words.createStateConfig({
  id: 'reviewing',
  tags: ['settles'],
  entry: 'arrive',
  always: [
    { guard: laneIs('closed'), target: '#closed' },
    { guard: 'basketIsEmpty', target: '#browsing' },
  ],
  on: {
    'customer.add': editing(),
    'customer.remove': editing(),
    'customer.back': { target: '#browsing', actions: 'clearNotice' },
    'customer.pay': [
      { guard: 'hostIsAway', actions: 'sayHostAway' },
      { guard: 'maySendOrder', target: '#creatingRequested', actions: 'clearNotice' },
      { guard: 'isSettled', actions: 'sayWhyNotReady' },
      stay('the second tap of the menu’s "pay" pays nothing'),
    ],
    'customer.finish': { target: '#attract' },
    'presence.gone': { target: '#attract' },
    'lane.view': {
      guard: laneIs('free', 'closed'),
      description: 'nothing to follow; a shut till is seen above',
    },
    ...ignore('looking needs no host; paying says so if it is still away', 'host.away'),
    ...ignore(notOnThisScreen, 'customer.start', 'customer.checkOut'),
    ...ignore(notOnThisScreen, 'customer.digit', 'customer.erase', 'customer.clear'),
    ...ignore(notOnThisScreen, ...CODE_KEYS, ...UNPAID_KEYS, ...RECEIPT_KEYS),
  },
})

/** The till does not sell. It opens by itself; whoever was choosing finds the basket again for a while. */
export const closed = words.createStateConfig({
  id: 'closed',
  entry: 'arrive',
  after: { keepBasket: { actions: 'forgetSale' } },
  on: {
    'lane.view': [
      { guard: laneIs('closed'), description: 'still shut; the reason is read from the snapshot' },
      { guard: and([laneIs('free'), 'hasBasket']), target: '#browsing' },
    ],
    'customer.finish': { actions: 'forgetSale' },
    ...ignore('the till is shut', 'customer.start', ...BASKET_KEYS, ...STEP_KEYS),
    ...ignore('the till is shut', ...CODE_KEYS, ...UNPAID_KEYS, ...RECEIPT_KEYS),
    ...ignore('it is shut already; the reason is read from the host region', 'host.away'),
    ...ignore('nobody is waited for here', 'presence.gone'),
  },
})

/** A touch that changes the basket ticks; one that does not says why. */
function editing() {
  return [{ guard: 'basketChanges', actions: ['editBasket', 'playTick'] }, { actions: 'editBasket' }] as const
}
