import { and, assign, fromCallback, not, or, raise, setup, stateIn } from 'xstate'
import type { Checkout, LaneView, Shop } from '../../shared/checkout.ts'
import type { FailureKind } from '../../shared/failure.ts'
import type { AnyReceipt } from '../../shared/receipt.ts'
import type { Result } from '../../shared/result.ts'
import { basketEdits } from './basket-edits.ts'
import { asking, openReceipt, printReceipt } from './calls.ts'
import { cartOf, EMPTY_CART, fitCart, fitDigits, priceOf, whyNotReady } from './cart.ts'
import {
  arrival,
  basketIn,
  codeRunsOutInMs,
  type KioskContext,
  type KioskEvent,
  type KioskInput,
  type LaneWord,
  type Ports,
  type Sound,
  saidOf,
  settlesInMs,
  statusAgeMs,
  viewAtHand,
  wordOf,
} from './context.ts'
import { DELAYS } from './delays.ts'
import { noticeOf, tellsOfOldShop } from './notices.ts'

/**
 * Every word that the machine is written in: its actors, actions, guards and delays. The shape is in machine.ts and
 * conversation.ts, and uses nothing that has no name here.
 */
export const words = setup({
  types: {
    context: {} as KioskContext,
    events: {} as KioskEvent,
    input: {} as KioskInput,
    tags: {} as 'settles',
  },

  actors: {
    getShop: asking('getShop'),
    getLane: asking('getLane'),
    startCheckout: asking('startCheckout'),
    stopCheckout: asking('stopCheckout'),
    retryCheckout: asking('retryCheckout'),
    checkNow: asking('checkNow'),
    leaveCheckout: asking('leaveCheckout'),
    callStaff: asking('callStaff'),
    openReceipt,
    printReceipt,
    watchLane: fromCallback<KioskEvent, { ports: Ports; lane: string }>(({ sendBack, input }) =>
      input.ports.api.watchLane(
        input.lane,
        view => sendBack({ type: 'lane.view', view }),
        () => sendBack({ type: 'lane.lost' }),
      ),
    ),
  },

  actions: {
    /** A pushed snapshot is the truth from now on. */
    takeView: assign(({ context, event }) => {
      const view = viewAtHand(context, event)
      return view ? followed(context, view) : {}
    }),
    /**
     * A call's answer is a snapshot too. It comes on another line than the pushed ones; it is taken only in the state that
     * asked, which a newer push would have ended.
     */
    takeAnswer: assign(({ context }, answer: Result<LaneView>) =>
      answer.ok ? followed(context, answer.value) : {},
    ),
    /** A changed list can make a basket smaller; the customer is told. A language that the shop does not offer is not kept. */
    takeShop: assign(({ context }, answer: Result<Shop>) => {
      if (!answer.ok) return {}
      const shop = answer.value
      const { cart, notice } = fitCart(context.cart, shop)
      const hasNewPrice = costsElse(context, shop)
      const keepsLocale = context.localeChosen && shop.locales.includes(context.locale)
      return {
        shop,
        cart,
        digits: fitDigits(context.digits, shop),
        notice: notice ?? (hasNewPrice ? { key: 'notice.priceChanged' } : context.notice),
        // A finger that was on its way to "pay" pays nothing that it has not read.
        ...(hasNewPrice ? arrival(context) : {}),
        locale: keepsLocale ? context.locale : (shop.locales[0] ?? 'ja'),
      }
    }),
    rememberShopAskedFor: assign(({ context }) => ({ shopAskedFor: context.view?.shopRevision ?? null })),

    /** Something new is on the screen, and an earlier doubt is settled. */
    arrive: assign(({ context }) => ({ ...arrival(context), stopping: false, startPending: null })),
    /** A wait begins; what is waited for is still what it was. */
    arriveToWait: assign(({ context }) => arrival(context)),

    startSale: assign(({ context, event }) => {
      const locale = event.type === 'customer.start' ? event.locale : undefined
      return locale && context.shop?.locales.includes(locale) ? { locale, localeChosen: true } : {}
    }),
    /** The next customer finds nothing of this one. */
    forgetSale: assign(({ context }) => ({
      cart: EMPTY_CART,
      digits: '',
      locale: context.shop?.locales[0] ?? context.locale,
      localeChosen: false,
      large: false,
      notice: null,
      startPending: null,
      heard: null,
    })),
    /** The basket of the checkout that did not go through; after a reload the screen has no other. */
    restoreBasket: assign(({ context }) => {
      const { view, shop } = context
      if (!view?.checkout || !shop) return {}
      if (shop.till === 'keypad')
        return { digits: fitDigits(String(view.checkout.totalYen), shop), cart: EMPTY_CART }
      return { cart: fitCart(cartOf(view.checkout.lines), shop).cart, digits: '' }
    }),
    chooseLanguage: assign(({ context, event }) =>
      event.type === 'customer.language' && context.shop?.locales.includes(event.locale)
        ? { locale: event.locale, localeChosen: true }
        : {},
    ),
    chooseSize: assign(({ event }) => (event.type === 'customer.largeText' ? { large: event.on } : {})),

    /** Only what the lane still says is remembered, so that nothing grows. */
    putAwayReturns: assign(({ context, event }) => {
      if (event.type !== 'customer.putAwayReturns') return {}
      const said = (context.view?.returns ?? []).map(saidOf)
      const putAway = [...context.putAway, ...event.returns.map(saidOf)]
      return { putAway: putAway.filter(one => said.includes(one)) }
    }),

    editBasket: assign(({ context, event }) => basketEdits(context, event)),
    clearNotice: assign({ notice: null }),
    sayWhyNotReady: assign(({ context }) => ({
      notice: context.shop ? whyNotReady(context.cart, context.digits, context.shop) : null,
    })),
    sayFailure: assign((_, answer: Result<unknown>) => ({
      notice: answer.ok ? null : noticeOf(answer.failure),
    })),
    sayHostAway: assign({ notice: { key: 'notice.hostAway' } }),
    /** Whether a start worked is not known; if the lane turns out to be free, this is what to say: the host answers again by then. */
    rememberStart: assign({ startPending: { key: 'notice.notNow' } }),
    sayPendingStart: assign(({ context }) => ({ notice: context.startPending })),
    noteStop: assign(({ context }) => ({ stopping: true, stoppedAtMs: context.ports.monotonicMs() })),
    noteLeaving: assign(({ context }) => ({ leavingId: context.view?.checkout?.checkoutId ?? null })),
    noteStillThere: assign(({ context }) => ({ askedAtMs: context.ports.monotonicMs() })),
    takeReceipt: assign((_, answer: Result<AnyReceipt>) => (answer.ok ? { receipt: answer.value } : {})),
    /** What somebody bought is theirs: nothing of it stays behind the next screen. */
    putReceiptAway: assign({ receipt: null }),
    noteTouch: assign(({ context }) => ({ touchedAtMs: context.ports.monotonicMs() })),
    noteHeard: assign(({ context }) => ({ heard: momentOf(context) })),

    playTick: ({ context }) => context.ports.play('tick'),
    /** The sound of what core says of the checkout, once for each thing it says. */
    playMoment: ({ context }) => {
      const sound = soundOf(context.view?.checkout ?? null)
      if (sound && context.heard !== momentOf(context)) context.ports.play(sound)
    },

    tellHostAway: raise({ type: 'host.away' }),
    tellGone: raise({ type: 'presence.gone' }),
    tellShopStale: raise({ type: 'shop.stale' }),
  },

  guards: {
    /** The snapshot at hand says this. */
    laneSays: ({ context, event }, { words }: { words: readonly LaneWord[] }) => {
      const view = viewAtHand(context, event)
      return view !== null && words.includes(wordOf(view))
    },
    /** The snapshot at hand says this of the very attempt that is on the screen: nothing to do. */
    laneStays: ({ context, event }, { words }: { words: readonly LaneWord[] }) => {
      const view = viewAtHand(context, event)
      return view !== null && words.includes(wordOf(view)) && attemptOf(view) === attemptOf(context.view)
    },
    /** The snapshot at hand has the checkout that the customer turns away from. */
    laneHasLeaving: ({ context, event }) => {
      const checkoutId = viewAtHand(context, event)?.checkout?.checkoutId
      return checkoutId !== undefined && (context.leavingId === null || checkoutId === context.leavingId)
    },
    hostIsAway: stateIn('#hostAway'),
    tillIsShut: or([laneIs('closed'), 'hostIsAway']),
    startIsPending: ({ context }) => context.startPending !== null,

    answered: (_, answer: Result<unknown>) => answer.ok,
    answeredWith: (_, { answer, words }: { answer: Result<LaneView>; words: readonly LaneWord[] }) =>
      answer.ok && words.includes(wordOf(answer.value)),
    failedWith: (_, { answer, kind }: { answer: Result<unknown>; kind: FailureKind }) =>
      !answer.ok && answer.failure.kind === kind,
    failedForOldShop: (_, answer: Result<unknown>) => !answer.ok && tellsOfOldShop(answer.failure),

    isReady: ({ context }) => context.shop !== null && context.view !== null,
    wasOrdering: ({ context }) => context.resumeAt === 'browsing' || context.resumeAt === 'reviewing',
    wasReviewing: ({ context }) => context.resumeAt === 'reviewing',
    shopIsStale: ({ context }) =>
      context.view !== null &&
      context.view.shopRevision !== context.shop?.revision &&
      context.view.shopRevision !== context.shopAskedFor,

    /** What came up has been there for longer than a double tap lasts. */
    isSettled: ({ context }) => settlesInMs(context) === 0,
    basketIsReady: ({ context }) =>
      context.shop !== null && whyNotReady(context.cart, context.digits, context.shop) === null,
    basketIsEmpty: ({ context }) => basketIn(context)?.count === 0,
    maySendOrder: and(['isSettled', 'basketIsReady', laneIs('free')]),
    hasBasket: ({ context }) => (basketIn(context)?.count ?? 0) > 0,
    mayPrint: and(['isSettled', ({ context }) => context.shop?.receiptPaperMm != null]),
    basketChanges: ({ context, event }) => {
      const edit = basketEdits(context, event)
      return edit.cart !== context.cart || edit.digits !== context.digits
    },

    somebodyMayHaveLeft: or([stateIn('#browsing'), stateIn('#reviewing'), stateIn('#declinedShown')]),
    nobodyIsWaitedFor: not('somebodyMayHaveLeft'),
    /** `following` is passed on the way from one wait to the next. */
    waitIsOpenEnded: or([
      stateIn('#following'),
      stateIn('#creatingConfirmed'),
      stateIn('#checking'),
      stateIn('#rereading'),
      stateIn('#reconnecting'),
    ]),
    waitIsOver: not('waitIsOpenEnded'),
    mayLeave: stateIn('#mayLeave'),
  },

  delays: {
    idle: DELAYS.idleMs,
    stillThere: DELAYS.stillThereMs,
    thankYou: DELAYS.thankYouMs,
    receipt: DELAYS.receiptMs,
    result: DELAYS.resultMs,
    hostGrace: DELAYS.hostGraceMs,
    firstView: DELAYS.firstViewMs,
    bootQuiet: DELAYS.bootQuietMs,
    retry: DELAYS.retryMs,
    keepBasket: DELAYS.keepBasketMs,
    asked: DELAYS.askedMs,
    codeRunsOut: ({ context }) => codeRunsOutInMs(context),
    /** A page that was loaded again in the middle of a wait goes on counting where it was. */
    offerLeaving: ({ context }) => Math.max(0, DELAYS.offerLeavingMs - statusAgeMs(context)),
  },
})

/** The guard that the snapshot at hand says this. */
export function laneIs(...said: readonly LaneWord[]) {
  return { type: 'laneSays', params: { words: said } } as const
}

/** The guard that it still says this of the very attempt that is on the screen. */
export function laneStillIs(...said: readonly LaneWord[]) {
  return { type: 'laneStays', params: { words: said } } as const
}

/** A checkout in the lane is what has become of a start that was not answered. */
function followed(context: KioskContext, view: LaneView) {
  return {
    view,
    viewAtMs: context.ports.monotonicMs(),
    startPending: view.checkout ? null : context.startPending,
    // What has said it answers again.
    notice: context.notice?.key === 'notice.hostAway' ? null : context.notice,
  }
}

/** Somebody still chooses, and something in their basket costs something else in the shop that has come. */
function costsElse(context: KioskContext, shop: Shop): boolean {
  const { cart, shop: before, view } = context
  if (before?.till !== 'menu' || shop.till !== 'menu' || view?.checkout) return false
  return Object.keys(cart).some(productId => priceOf(before, productId) !== priceOf(shop, productId))
}

/** Which attempt of which checkout; '' without one. */
function attemptOf(view: LaneView | null): string {
  return view?.checkout ? `${view.checkout.checkoutId}/${view.checkout.attempt}` : ''
}

/** Null where a sound would say nothing: a customer who pressed cancel knows that they did. */
function soundOf(checkout: Checkout | null): Sound | null {
  switch (checkout?.status) {
    case 'awaitingPayment':
    case 'problem':
      return 'tap'
    case 'paid':
      return 'paid'
    case 'returning':
    case 'returned':
      return 'returned'
    case 'unpaid':
      return checkout.why === 'stopped' ? null : 'declined'
    case 'creating':
    case 'checking':
    case undefined:
      return null
    default:
      return checkout satisfies never
  }
}

/** The moment of a checkout that deserves a sound of its own; `returning` and `returned` are one. */
function momentOf(context: KioskContext): string {
  const status = context.view?.checkout?.status
  return `${attemptOf(context.view)}/${status === 'returned' ? 'returning' : status}`
}
