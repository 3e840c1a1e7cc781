import { and } from 'xstate'
import { answer, answeredWith, failedWith, worked } from './answers.ts'
import { checkoutIn, orderIn } from './context.ts'
import { BASKET_KEYS, CODE_KEYS, ignore, RECEIPT_KEYS, STEP_KEYS, stay, UNPAID_KEYS } from './ignore.ts'
import { laneIs, laneStillIs, words } from './words.ts'

/** While nobody knows yet whether money comes: create the code, show it, and the ways to give it up. */

const notOnThisScreen = 'the key is not on this screen; a second tap of the screen before'
const noPressure = 'nobody is hurried while they pay'
const inFlight = 'a call is under way, and its answer decides'
const stoppingIgnores = {
  ...ignore('the code is being given up already', 'customer.finish', ...CODE_KEYS),
  ...ignore(notOnThisScreen, 'customer.start', ...BASKET_KEYS, ...STEP_KEYS, ...UNPAID_KEYS, ...RECEIPT_KEYS),
  ...ignore(noPressure, 'presence.gone'),
}
const waitingIgnores = {
  ...ignore(
    notOnThisScreen,
    'customer.start',
    ...BASKET_KEYS,
    ...STEP_KEYS,
    ...CODE_KEYS,
    ...UNPAID_KEYS,
    ...RECEIPT_KEYS,
  ),
  ...ignore(noPressure, 'presence.gone'),
}

export const creatingCode = words.createStateConfig({
  id: 'creatingCode',
  initial: 'requested',
  on: {
    'host.away': { target: '#reconnecting' },
    ...ignore(
      notOnThisScreen,
      'customer.start',
      ...BASKET_KEYS,
      ...CODE_KEYS,
      ...UNPAID_KEYS,
      ...RECEIPT_KEYS,
    ),
    ...ignore('pay was pressed and is being done; five taps are one', ...STEP_KEYS),
    ...ignore(noPressure, 'presence.gone'),
  },
  states: {
    /** Core has been asked to start; the review is still on the screen. */
    requested: {
      id: 'creatingRequested',
      entry: 'arriveToWait',
      invoke: {
        src: 'startCheckout',
        input: ({ context }) => ({
          ports: context.ports,
          input: {
            lane: context.lane,
            locale: context.locale,
            order: orderIn(context),
          },
        }),
        onDone: [
          {
            guard: worked,
            target: '#following',
            actions: { type: 'takeAnswer', params: answer },
          },
          {
            guard: failedWith('laneBusy'),
            target: '#rereading',
            actions: 'rememberStart',
          },
          {
            // The one failure that is no refusal: a code may exist.
            guard: failedWith('hostAway'),
            target: '#reconnecting',
            actions: 'rememberStart',
          },
          {
            guard: { type: 'failedForOldShop', params: answer },
            target: '#reviewing',
            actions: [{ type: 'sayFailure', params: answer }, 'tellShopStale'],
          },
          { target: '#reviewing', actions: { type: 'sayFailure', params: answer } },
        ],
      },
      on: {
        'lane.view': {
          guard: laneIs('free', 'closed'),
          description: 'pushed before core took the order; the answer to it is newer',
        },
        'host.away': { target: '#reconnecting', actions: 'rememberStart' },
        ...ignore(inFlight, 'customer.finish'),
      },
    },
    /** Core has the order and is asking PayPay for a code. */
    confirmed: {
      id: 'creatingConfirmed',
      entry: 'arrive',
      on: {
        'lane.view': {
          guard: laneStillIs('creating'),
          description: 'core is still waiting for PayPay',
        },
        'customer.finish': [
          { guard: 'mayLeave', target: '#deleteOnAbandon' },
          stay('leaving is not offered yet'),
        ],
      },
    },
  },
})

/** The code is on the screen. Core polls PayPay; here the snapshots are listened to. */
export const showingCode = words.createStateConfig({
  id: 'showingCode',
  type: 'parallel',
  entry: ['arrive', 'playMoment', 'noteHeard'],
  on: {
    'customer.cancel': { target: '#cancelling' },
    'customer.finish': { target: '#deleteOnAbandon' },
    // A code that nobody watches must not be paid: it is hidden, and comes back with the next snapshot.
    'host.away': { target: '#reconnecting' },
    ...ignore(
      notOnThisScreen,
      'customer.start',
      ...BASKET_KEYS,
      ...STEP_KEYS,
      ...UNPAID_KEYS,
      ...RECEIPT_KEYS,
    ),
    ...ignore(noPressure, 'presence.gone'),
  },
  states: {
    code: {
      initial: 'polling',
      states: {
        polling: {
          after: { codeRunsOut: '#timeoutCancel' },
          on: {
            'lane.view': {
              guard: laneStillIs('awaitingPayment'),
              target: 'polling',
              reenter: true,
              description: 'the same code: its time is measured anew from this snapshot',
            },
          },
        },
      },
    },
    /** "I have paid". */
    question: {
      initial: 'quiet',
      states: {
        quiet: { on: { 'customer.havePaid': 'asking' } },
        asking: {
          invoke: {
            src: 'checkNow',
            input: ({ context }) => ({ ports: context.ports, input: checkoutIn(context) }),
            // Whatever core has learnt is pushed; a failure costs nothing, for core polls anyway.
            onDone: 'asked',
          },
          on: ignore('PayPay is being asked', 'customer.havePaid'),
        },
        asked: {
          after: { asked: 'quiet' },
          on: ignore('PayPay has just been asked', 'customer.havePaid'),
        },
      },
    },
  },
})

/** The customer pressed cancel. */
export const cancelling = givingUp('cancelling', 'customer')

/** The code's time is over. */
export const timeoutCancel = givingUp('timeoutCancel', 'timeout')

/** The code is deleted; what has become of the money, core says in the answer or in the next snapshot. */
function givingUp(id: 'cancelling' | 'timeoutCancel', reason: 'customer' | 'timeout') {
  return words.createStateConfig({
    id,
    entry: ['arriveToWait', 'noteStop'],
    invoke: {
      src: 'stopCheckout',
      input: ({ context }) => ({ ports: context.ports, input: { ...checkoutIn(context), reason } }),
      onDone: [
        {
          guard: worked,
          target: '#following',
          actions: { type: 'takeAnswer', params: answer },
        },
        {
          guard: failedWith('hostAway'),
          target: '#reconnecting',
        },
        { target: '#rereading' },
      ],
    },
    on: {
      'lane.view': {
        guard: laneStillIs('awaitingPayment'),
        description: 'pushed before core took the stop; the answer to it is newer',
      },
      'host.away': { target: '#reconnecting' },
      ...stoppingIgnores,
    },
  })
}

/** Nobody is there any more, or they start over: the code goes, and then the lane is left. */
export const deleteOnAbandon = words.createStateConfig({
  id: 'deleteOnAbandon',
  entry: ['arriveToWait', 'noteStop'],
  invoke: {
    src: 'stopCheckout',
    input: ({ context }) => ({ ports: context.ports, input: { ...checkoutIn(context), reason: 'abandon' } }),
    onDone: [
      {
        // Whoever has just paid is told so, also when they were about to go.
        guard: answeredWith('paid', 'returning', 'returned', 'problem', 'free', 'closed'),
        target: '#following',
        actions: { type: 'takeAnswer', params: answer },
      },
      { target: '#leaving', actions: { type: 'takeAnswer', params: answer } },
    ],
  },
  on: {
    'lane.view': {
      guard: laneStillIs('creating', 'awaitingPayment', 'checking', 'unpaid'),
      description: 'nothing about money; leaving goes on',
    },
    'host.away': { target: '#leaving' },
    ...stoppingIgnores,
  },
})

/** Core is asking PayPay. Nothing to press that could hurt; after a while the customer may leave it to us. */
export const checking = words.createStateConfig({
  id: 'checking',
  entry: 'arriveToWait',
  on: {
    'lane.view': {
      guard: laneStillIs('checking'),
      description: 'PayPay is still being asked',
    },
    'customer.finish': [{ guard: 'mayLeave', target: '#leaving' }, stay('leaving is not offered yet')],
    'host.away': { target: '#reconnecting' },
    ...waitingIgnores,
  },
})

/** A call was refused because the screen's idea of the lane is old: the lane is read once. */
export const rereading = words.createStateConfig({
  id: 'rereading',
  entry: 'arriveToWait',
  invoke: {
    src: 'getLane',
    input: ({ context }) => ({ ports: context.ports, input: { lane: context.lane } }),
    onDone: [
      {
        guard: worked,
        target: '#following',
        actions: { type: 'takeAnswer', params: answer },
      },
      { target: '#reconnectingPause' },
    ],
  },
  on: {
    'customer.finish': stay('the lane is being read; the answer decides'),
    'host.away': { target: '#reconnecting' },
    ...waitingIgnores,
  },
})

/** The host does not answer, and nothing may be concluded: the lane is read until it says something. */
export const reconnecting = words.createStateConfig({
  id: 'reconnecting',
  entry: 'arriveToWait',
  initial: 'reading',
  on: {
    'customer.finish': [{ guard: 'mayLeave', target: '#unreached' }, stay('leaving is not offered yet')],
    ...ignore('this is what is shown when it is away', 'host.away'),
    ...waitingIgnores,
  },
  states: {
    reading: {
      invoke: {
        src: 'getLane',
        input: ({ context }) => ({ ports: context.ports, input: { lane: context.lane } }),
        onDone: [
          { guard: worked, target: 'heard', actions: { type: 'takeAnswer', params: answer } },
          { target: 'pausing' },
        ],
      },
    },
    heard: {
      always: [
        // Without pushed snapshots a code may not be shown, so the lane is read again and again.
        { guard: and(['hostIsAway', laneIs('creating', 'awaitingPayment', 'checking')]), target: 'pausing' },
        { target: '#following' },
      ],
    },
    pausing: { id: 'reconnectingPause', after: { retry: 'reading' } },
  },
})
