import { answer, worked } from './answers.ts'
import { checkoutIn } from './context.ts'
import { BASKET_KEYS, CODE_KEYS, ignore, STEP_KEYS, stay, UNPAID_KEYS } from './ignore.ts'
import { laneStillIs, words } from './words.ts'

const notOnThisScreen = 'the key is not on this screen; a second tap of the screen before'
const secondTap = 'the second tap of what opened or closed the receipt'

/** The stamp, and the receipt that a customer may lay over it. */
export const paid = words.createStateConfig({
  id: 'paid',
  tags: ['settles'],
  initial: 'thanked',
  entry: ['playMoment', 'noteHeard'],
  on: {
    'lane.view': { guard: laneStillIs('paid'), description: 'nothing new' },
    ...ignore('what is on the screen stays true while the host is away', 'host.away'),
    ...ignore(notOnThisScreen, 'customer.start', ...BASKET_KEYS, ...STEP_KEYS, ...CODE_KEYS, ...UNPAID_KEYS),
    ...ignore('this screen leaves by its own clock', 'presence.gone'),
  },
  states: {
    thanked: {
      id: 'thanked',
      initial: 'plain',
      entry: 'arrive',
      after: { thankYou: '#leaving' },
      on: {
        'customer.finish': [
          { guard: 'isSettled', target: '#leaving' },
          stay('a tap that was meant for the code must not hide the claim number'),
        ],
        'customer.showReceipt': [{ guard: 'isSettled', target: 'opening' }, stay(secondTap)],
        ...ignore(secondTap, 'customer.printReceipt', 'customer.closeReceipt'),
      },
      states: {
        plain: {},
        /** It was asked for and did not come; the screen says so, and who can help. */
        withoutReceipt: { id: 'withoutReceipt' },
      },
    },
    /** Core is asked for the receipt. A host that is away is told within the time of a call. */
    opening: {
      entry: 'arriveToWait',
      after: { receipt: '#leaving' },
      invoke: {
        src: 'openReceipt',
        input: ({ context }) => ({ ports: context.ports, input: checkoutIn(context) }),
        onDone: [
          { guard: worked, target: 'open', actions: { type: 'takeReceipt', params: answer } },
          { target: '#withoutReceipt' },
        ],
      },
      on: {
        'customer.finish': [{ guard: 'isSettled', target: '#leaving' }, stay(secondTap)],
        ...ignore('it is being asked for; five taps are one', 'customer.showReceipt'),
        ...ignore(secondTap, 'customer.printReceipt', 'customer.closeReceipt'),
      },
    },
    /** The receipt lies over the thank-you, which waits for it, but not for somebody who has left. */
    open: {
      type: 'parallel',
      entry: 'arrive',
      exit: 'putReceiptAway',
      on: {
        'customer.closeReceipt': [{ guard: 'isSettled', target: '#thanked' }, stay(secondTap)],
        ...ignore('the key lies under the receipt', 'customer.finish', 'customer.showReceipt'),
      },
      states: {
        reader: {
          initial: 'here',
          states: {
            here: {
              entry: 'noteTouch',
              after: { receipt: '#leaving' },
              on: {
                'customer.touch': { target: 'here', reenter: true, description: 'somebody is still reading' },
              },
            },
          },
        },
        printer: {
          initial: 'ready',
          on: { 'customer.printReceipt': [{ guard: 'mayPrint', target: '.printing' }, stay(secondTap)] },
          states: {
            ready: {},
            printing: {
              invoke: {
                src: 'printReceipt',
                input: ({ context }) => ({
                  ports: context.ports,
                  input: checkoutIn(context),
                  paperMm: context.shop?.receiptPaperMm ?? 58,
                }),
                onDone: [
                  { guard: worked, target: 'sent', actions: { type: 'takeReceipt', params: answer } },
                  { target: 'notPrinted' },
                ],
              },
              on: ignore('it is being printed; five taps are one paper', 'customer.printReceipt'),
            },
            /** Pressed again it makes a copy, which says that it is one. */
            sent: {},
            notPrinted: {},
          },
        },
      },
    },
  },
})
