import { answer, answeredWith, failedWith, worked } from './answers.ts'
import { checkoutIn, type LaneWord } from './context.ts'
import { BASKET_KEYS, CODE_KEYS, ignore, RECEIPT_KEYS, STEP_KEYS, stay, UNPAID_KEYS } from './ignore.ts'
import { laneIs, laneStillIs, words } from './words.ts'

/** What has become of the money when nothing was bought, said until the customer leaves; and leaving. */

const notOnThisScreen = 'the key is not on this screen; a second tap of the screen before'
const stillTrue = 'what is on the screen stays true while the host is away'

const resultIgnores = {
  ...ignore(notOnThisScreen, 'customer.start', ...BASKET_KEYS, ...STEP_KEYS, ...CODE_KEYS, ...RECEIPT_KEYS),
  ...ignore('this screen leaves by its own clock', 'presence.gone'),
}

/** No money came, for whichever reason. The basket is kept. */
export const declined = words.createStateConfig({
  id: 'declined',
  tags: ['settles'],
  initial: 'shown',
  entry: ['arrive', 'playMoment', 'noteHeard'],
  on: {
    'lane.view': { guard: laneStillIs('unpaid'), description: 'nothing new' },
    ...ignore(notOnThisScreen, 'customer.start', ...BASKET_KEYS, ...STEP_KEYS, ...CODE_KEYS, ...RECEIPT_KEYS),
  },
  states: {
    shown: {
      id: 'declinedShown',
      on: {
        'customer.tryAgain': [
          { guard: 'hostIsAway', actions: 'sayHostAway' },
          { guard: 'isSettled', target: 'retrying', actions: 'clearNotice' },
          stay('a tap that was meant for the code tries nothing'),
        ],
        'customer.changeOrder': { target: '#changingOrder' },
        'customer.finish': { target: '#leaving' },
        'presence.gone': { target: '#leaving' },
        ...ignore(stillTrue, 'host.away'),
      },
    },
    /** Core has been asked for a new code. */
    retrying: {
      invoke: {
        src: 'retryCheckout',
        input: ({ context }) => ({ ports: context.ports, input: checkoutIn(context) }),
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
          {
            guard: failedWith('laneClosed'),
            target: 'shown',
            actions: { type: 'sayFailure', params: answer },
          },
          {
            guard: failedWith('internal'),
            target: 'shown',
            actions: { type: 'sayFailure', params: answer },
          },
          { target: '#rereading' },
        ],
      },
      on: {
        'host.away': { target: '#reconnecting' },
        ...ignore('a new code is being asked for; five taps are one', ...UNPAID_KEYS, 'customer.finish'),
        ...ignore('a new code is being asked for', 'presence.gone'),
      },
    },
  },
})

/** From "no money came" back to the menu, with the basket: the old checkout is left first. */
export const changingOrder = words.createStateConfig({
  id: 'changingOrder',
  entry: ['arriveToWait', 'restoreBasket'],
  invoke: {
    src: 'leaveCheckout',
    input: ({ context }) => ({ ports: context.ports, input: checkoutIn(context) }),
    onDone: [
      {
        guard: answeredWith('free'),
        target: '#browsing',
        actions: { type: 'takeAnswer', params: answer },
      },
      {
        guard: answeredWith('closed'),
        target: '#closed',
        actions: { type: 'takeAnswer', params: answer },
      },
      {
        guard: worked,
        target: '#following',
        actions: { type: 'takeAnswer', params: answer },
      },
      {
        guard: failedWith('hostAway'),
        target: '#declinedShown',
        actions: { type: 'sayFailure', params: answer },
      },
      { target: '#rereading' },
    ],
  },
  on: {
    'lane.view': [
      { guard: laneStillIs('unpaid'), description: 'pushed before core took the leaving' },
      { guard: laneIs('free'), target: '#browsing' },
      { guard: laneIs('closed'), target: '#closed' },
    ],
    'host.away': { target: '#declinedShown', actions: 'sayHostAway' },
    ...ignore('the lane is being left; the answer decides', ...UNPAID_KEYS, 'customer.finish'),
    ...resultIgnores,
  },
})

/** The money is on its way back, or is back. */
export const returned = result('returned', 'returning', 'returned')

/** Only a person can settle it. */
export const problem = result('problem', 'problem')

function result(id: 'returned' | 'problem', ...said: readonly LaneWord[]) {
  return words.createStateConfig({
    id,
    tags: ['settles'],
    initial: 'shown',
    entry: ['arrive', 'playMoment', 'noteHeard'],
    on: {
      'lane.view': { guard: laneStillIs(...said), description: 'the same, or further on its way' },
      'customer.finish': [
        { guard: 'isSettled', target: '#leaving' },
        stay('a tap that was meant for the screen before must not hide the claim number'),
      ],
      ...ignore(stillTrue, 'host.away'),
      ...ignore(notOnThisScreen, ...UNPAID_KEYS),
      ...resultIgnores,
    },
    states: {
      shown: {
        after: { result: '#leaving' },
        on: {
          'customer.touch': { target: 'shown', reenter: true, description: 'somebody is still reading' },
        },
      },
    },
  })
}

/** The customer has turned away. The lane is left, however long it takes to reach core; then it is the next one's. */
export const leaving = words.createStateConfig({
  id: 'leaving',
  entry: ['arriveToWait', 'noteLeaving', 'forgetSale'],
  initial: 'asking',
  on: {
    ...ignore('the lane is not free yet', 'customer.start', 'customer.finish'),
    ...ignore(notOnThisScreen, ...BASKET_KEYS, ...STEP_KEYS, ...CODE_KEYS, ...UNPAID_KEYS, ...RECEIPT_KEYS),
    ...ignore('nobody is waited for here', 'presence.gone'),
  },
  states: {
    deciding: {
      id: 'leavingDeciding',
      always: [{ guard: 'laneHasLeaving', target: 'asking' }, { target: '#following' }],
    },
    asking: {
      id: 'leavingAsking',
      invoke: {
        src: 'leaveCheckout',
        input: ({ context }) => ({ ports: context.ports, input: checkoutIn(context) }),
        onDone: [
          {
            guard: worked,
            target: '#following',
            actions: { type: 'takeAnswer', params: answer },
          },
          {
            guard: failedWith('hostAway'),
            target: 'unreached',
          },
          { target: '#rereading' },
        ],
      },
      on: {
        'lane.view': { guard: 'laneHasLeaving', description: 'the leaving is under way' },
        ...ignore('the call’s own answer tells', 'host.away'),
      },
    },
    /** The screen says that the till is shut, and goes on asking whether there is still something to leave. */
    unreached: {
      id: 'unreached',
      initial: 'pausing',
      on: {
        'lane.view': { target: 'deciding' },
        ...ignore('this is what is shown when it is away', 'host.away'),
      },
      states: {
        pausing: { after: { retry: 'reading' } },
        reading: {
          invoke: {
            src: 'getLane',
            input: ({ context }) => ({ ports: context.ports, input: { lane: context.lane } }),
            onDone: [
              {
                guard: worked,
                target: '#leavingDeciding',
                actions: { type: 'takeAnswer', params: answer },
              },
              { target: 'pausing' },
            ],
          },
        },
      },
    },
  },
})
