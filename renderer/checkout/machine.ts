import { and, type SnapshotFrom } from 'xstate'
import { answer, worked } from './answers.ts'
import { contextFrom } from './context.ts'
import { ignore } from './ignore.ts'
import { attract, browsing, closed, connecting, reviewing } from './ordering.ts'
import { changingOrder, declined, leaving, problem, returned } from './outcome.ts'
import { paid } from './paid.ts'
import {
  cancelling,
  checking,
  creatingCode,
  deleteOnAbandon,
  reconnecting,
  rereading,
  showingCode,
  timeoutCancel,
} from './paying.ts'
import { laneIs, words } from './words.ts'

/**
 * The conversation with one customer: create the code, show it, wait while core polls, cancel on timeout, delete on
 * abandon. It decides what is seen and when to give up; of money it knows only what a whole snapshot of the lane says, and
 * every snapshot is followed at once, unless a state says in its own `lane.view` why it may stay.
 */
const conversation = words.createStateConfig({
  id: 'conversation',
  initial: 'connecting',
  on: { 'lane.view': { target: '.following' } },
  states: {
    connecting,
    /** Never rests: the last snapshot says which state it is, also after a reload. */
    following: {
      id: 'following',
      always: [
        // Without pushed snapshots a code may not be shown; the lane is read until they come again.
        {
          guard: and(['hostIsAway', laneIs('creating', 'awaitingPayment', 'checking')]),
          target: '#reconnectingPause',
        },
        { guard: laneIs('creating'), target: '#creatingConfirmed' },
        { guard: laneIs('awaitingPayment'), target: 'showingCode' },
        { guard: laneIs('checking'), target: 'checking' },
        { guard: laneIs('paid'), target: 'paid' },
        { guard: laneIs('unpaid'), target: 'declined' },
        { guard: laneIs('returning', 'returned'), target: 'returned' },
        { guard: laneIs('problem'), target: 'problem' },
        // The start that was in doubt has not happened: the basket is still there.
        { guard: and(['startIsPending', laneIs('free')]), target: 'reviewing', actions: 'sayPendingStart' },
        { guard: and(['startIsPending', laneIs('closed')]), target: 'closed' },
        { target: 'attract' },
      ],
    },

    attract,
    browsing,
    reviewing,
    closed,

    creatingCode,
    showingCode,
    cancelling,
    timeoutCancel,
    deleteOnAbandon,
    checking,
    rereading,
    reconnecting,

    paid,
    declined,
    changingOrder,
    returned,
    problem,
    leaving,
  },
})

/** Is the line to core up? Takes every pushed snapshot. */
const host = words.createStateConfig({
  initial: 'unheard',
  on: { 'lane.view': { target: '.here', actions: 'takeView' } },
  states: {
    unheard: {
      after: { firstView: 'away' },
      on: { 'lane.lost': 'away' },
    },
    here: { on: { 'lane.lost': 'unsteady' } },
    unsteady: {
      after: { hostGrace: 'away' },
      on: ignore('the grace is running', 'lane.lost'),
    },
    away: {
      id: 'hostAway',
      entry: 'tellHostAway',
      on: ignore('it is away already', 'lane.lost'),
    },
  },
})

/** What the till sells; asked for again when core names another revision. */
const shop = words.createStateConfig({
  initial: 'loading',
  states: {
    loading: {
      entry: 'rememberShopAskedFor',
      invoke: {
        src: 'getShop',
        input: ({ context }) => ({ ports: context.ports, input: {} }),
        onDone: [
          {
            guard: worked,
            target: 'loaded',
            actions: { type: 'takeShop', params: answer },
          },
          { target: 'pausing' },
        ],
      },
      on: ignore('it is being asked for', 'shop.stale'),
    },
    pausing: {
      after: { retry: 'loading' },
      on: ignore('it will be asked for', 'shop.stale'),
    },
    loaded: {
      always: { guard: 'shopIsStale', target: 'loading' },
      on: { 'shop.stale': 'loading' },
    },
  },
})

/** Is anybody there? Asked only where nobody is paying. */
const presence = words.createStateConfig({
  initial: 'resting',
  states: {
    resting: {
      always: { guard: 'somebodyMayHaveLeft', target: 'watching' },
      on: ignore('nobody is waited for', 'customer.touch', 'customer.stillHere'),
    },
    watching: {
      always: { guard: 'nobodyIsWaitedFor', target: 'resting' },
      after: { idle: 'stillThere' },
      // Whatever a customer does says that they are there.
      on: { 'customer.*': { target: 'watching', reenter: true } },
    },
    stillThere: {
      entry: 'noteStillThere',
      always: { guard: 'nobodyIsWaitedFor', target: 'resting' },
      after: { stillThere: { target: 'resting', actions: 'tellGone' } },
      on: {
        'customer.stillHere': 'watching',
        // The question stays until it is answered, so that the touch that meets it presses nothing behind it.
        'customer.*': { target: 'stillThere', reenter: true },
      },
    },
  },
})

/** A long wait ends in an offer to leave it to us. */
const patience = words.createStateConfig({
  initial: 'resting',
  states: {
    resting: { always: { guard: 'waitIsOpenEnded', target: 'waiting' } },
    waiting: {
      always: { guard: 'waitIsOver', target: 'resting' },
      after: { offerLeaving: 'mayLeave' },
    },
    mayLeave: { id: 'mayLeave', always: { guard: 'waitIsOver', target: 'resting' } },
  },
})

/** The staff bell, wherever the customer is. */
const bell = words.createStateConfig({
  initial: 'quiet',
  states: {
    quiet: { on: { 'customer.callStaff': 'ringing' } },
    ringing: {
      invoke: {
        src: 'callStaff',
        input: ({ context }) => ({ ports: context.ports, input: { lane: context.lane } }),
        // That staff are called is pushed; only a failure is told from here.
        onDone: [
          { guard: worked, target: 'quiet' },
          { target: 'quiet', actions: { type: 'sayFailure', params: answer } },
        ],
      },
      on: ignore('staff are being called; five rings are one', 'customer.callStaff'),
    },
  },
})

/** Language and size change at once, and a slip is put away, wherever the customer is. */
const comfort = words.createStateConfig({
  on: {
    'customer.language': { actions: 'chooseLanguage' },
    'customer.largeText': { actions: 'chooseSize' },
    'customer.putAwayReturns': { actions: 'putAwayReturns' },
  },
})

/** One screen of the till: what it talks about, and what goes on beside it. */
export const kioskMachine = words.createMachine({
  id: 'kiosk',
  type: 'parallel',
  context: ({ input }) => contextFrom(input),
  invoke: { src: 'watchLane', input: ({ context }) => ({ ports: context.ports, lane: context.lane }) },
  states: { host, shop, conversation, presence, patience, bell, comfort },
})

export type KioskSnapshot = SnapshotFrom<typeof kioskMachine>
