import { beforeAll, describe, expect, it } from 'vitest'
import { transition } from 'xstate'
import { getAdjacencyMap } from 'xstate/graph'
import type { Failure } from '../../shared/failure.ts'
import { fail, ok } from '../../shared/result.ts'
import { type KioskEvent, type Ports, wordOf } from './context.ts'
import { type KioskSnapshot, kioskMachine } from './machine.ts'
import { placeOf } from './showing.ts'
import { add, everyView, menuShop, receipt } from './test-host.ts'

/**
 * The misfortune: an event that a state forgot leaves a screen that never changes again (a white page in the field).
 *
 * createTestModel refuses machines with `after` and `invoke`, so the graph is walked with getAdjacencyMap, on the
 * production machine itself. Time and answers are played as the very events that xstate sends when
 * a timer ends (`xstate.after.…`) or a call is answered (`xstate.done.actor.…`): they are read from the active state
 * nodes, so a new timer or a new call is walked without a change here.
 */

const failures: readonly Failure[] = [
  { kind: 'hostAway' },
  { kind: 'laneBusy', checkoutId: 'checkout-9' },
  { kind: 'laneClosed', reason: 'paypayBusy' },
  { kind: 'unavailableProduct', productId: 'tea' },
  { kind: 'notNow', status: 'checking' },
  { kind: 'internal', reference: 'r1' },
]

const customerEvents: readonly KioskEvent[] = [
  { type: 'customer.start' },
  add('tea'),
  { type: 'customer.remove', productId: 'tea' },
  { type: 'customer.digit', digit: '1' },
  { type: 'customer.erase' },
  { type: 'customer.clear' },
  { type: 'customer.checkOut' },
  { type: 'customer.back' },
  { type: 'customer.pay' },
  { type: 'customer.cancel' },
  { type: 'customer.havePaid' },
  { type: 'customer.tryAgain' },
  { type: 'customer.changeOrder' },
  { type: 'customer.showReceipt' },
  { type: 'customer.printReceipt' },
  { type: 'customer.closeReceipt' },
  { type: 'customer.finish' },
  { type: 'customer.stillHere' },
  { type: 'customer.callStaff' },
  { type: 'customer.putAwayReturns', returns: [] },
  { type: 'customer.language', locale: 'en' },
  { type: 'customer.largeText', on: true },
  { type: 'customer.touch' },
]
const hostEvents: readonly KioskEvent[] = [
  ...Object.values(everyView).map(view => ({ type: 'lane.view', view }) as const),
  { type: 'lane.lost' },
]

/** Which region has to answer an event, in each of its states. */
const regionOf: Record<KioskEvent['type'], keyof KioskSnapshot['value']> = {
  'customer.start': 'conversation',
  'customer.add': 'conversation',
  'customer.remove': 'conversation',
  'customer.digit': 'conversation',
  'customer.erase': 'conversation',
  'customer.clear': 'conversation',
  'customer.checkOut': 'conversation',
  'customer.back': 'conversation',
  'customer.pay': 'conversation',
  'customer.cancel': 'conversation',
  'customer.havePaid': 'conversation',
  'customer.tryAgain': 'conversation',
  'customer.changeOrder': 'conversation',
  'customer.showReceipt': 'conversation',
  'customer.printReceipt': 'conversation',
  'customer.closeReceipt': 'conversation',
  'customer.finish': 'conversation',
  'customer.stillHere': 'presence',
  'customer.callStaff': 'bell',
  'customer.putAwayReturns': 'comfort',
  'customer.language': 'comfort',
  'customer.largeText': 'comfort',
  'customer.touch': 'presence',
  'lane.view': 'conversation',
  'lane.lost': 'host',
  'host.away': 'conversation',
  'presence.gone': 'conversation',
  'shop.stale': 'shop',
}

const everyEvent: readonly KioskEvent[] = [
  ...customerEvents,
  ...hostEvents,
  { type: 'host.away' },
  { type: 'presence.gone' },
  { type: 'shop.stale' },
]

/** Each look at the clock is a second after the last one: nothing is still settling. */
function walkingPorts(): Ports {
  let nowMs = 0
  return {
    api: { call: () => new Promise(() => {}), watchLane: () => () => {} },
    monotonicMs: () => {
      nowMs += 1_000
      return nowMs
    },
    play: () => {},
    loadReceipts: () => new Promise(() => {}),
  }
}

const walk = {
  input: { ports: walkingPorts(), lane: 'main', sale: null },
  events: (snapshot: KioskSnapshot) => [...customerEvents, ...hostEvents, ...ends(snapshot)] as KioskEvent[],
  // The bell, the size and the slip change nothing of the conversation; they are looked at by themselves below.
  filterEvents: (_: KioskSnapshot, event: KioskEvent) =>
    !['customer.callStaff', 'customer.largeText', 'customer.putAwayReturns'].includes(event.type),
  serializeState: keyOf,
  serializeEvent: (event: KioskEvent) => nameOf(event),
}

/** What the conversation's next step depends on, and no more: states that differ in nothing else are walked once. */
function keyOf(snapshot: KioskSnapshot): string {
  const { view, cart, startPending, leavingId, shop } = snapshot.context
  const { conversation, presence, host, patience, shop: shopState } = snapshot.value
  const facts = [
    view && wordOf(view),
    Object.keys(cart).length > 0,
    startPending !== null,
    leavingId !== null,
  ]
  return JSON.stringify([conversation, presence, host, patience, shop ? 'shop' : shopState, facts])
}

function nameOf(event: KioskEvent): string {
  if (event.type === 'lane.view') return `lane.view ${wordOf(event.view)}`
  return 'output' in event ? `${event.type} ${JSON.stringify(event.output)}` : event.type
}

/** The ends of every timer and every call that are open in a snapshot. */
function ends(snapshot: KioskSnapshot): readonly { readonly type: string }[] {
  return snapshot._nodes.flatMap(node => [
    ...node.after.map(timer => ({ type: timer.eventType })),
    ...node.invoke.flatMap(call =>
      answersTo(call.src).map(output => ({ type: `xstate.done.actor.${call.id}`, output })),
    ),
  ])
}

function answersTo(source: unknown): readonly unknown[] {
  if (source === 'watchLane') return []
  if (source === 'getShop') return [ok(menuShop({ receiptPaperMm: 80 })), fail({ kind: 'hostAway' })]
  if (source === 'openReceipt' || source === 'printReceipt')
    return [ok(receipt()), ...failures.map(failure => fail(failure))]
  return [...Object.values(everyView).map(view => ok(view)), ...failures.map(failure => fail(failure))]
}

type Walked = {
  readonly state: KioskSnapshot
  readonly transitions: Readonly<
    Record<string, { readonly event: KioskEvent; readonly state: KioskSnapshot }>
  >
}

describe('every state', () => {
  let walked: readonly (Walked & { readonly key: string })[] = []

  beforeAll(() => {
    const map = getAdjacencyMap(kioskMachine, walk) as Readonly<Record<string, Walked>>
    walked = Object.entries(map).map(([key, vertex]) => ({ key, ...vertex }))
  }, 60_000)

  it('can be reached', () => {
    const seen = new Set(walked.flatMap(({ state }) => state._nodes.map(node => node.id)))
    // These are passed within one step and never rested in.
    const passed = ['following', 'leavingDeciding', 'kiosk.conversation.reconnecting.heard']
    const missed = leavesOf(kioskMachine.root).filter(leaf => !seen.has(leaf) && !passed.includes(leaf))
    // The bell is rung below.
    expect(missed).toEqual(['kiosk.bell.ringing'])
    expect(walked.filter(({ state }) => state._nodes.some(node => passed.includes(node.id)))).toEqual([])
  })

  it('handles every event, or says why it ignores it', () => {
    const forgotten = new Set<string>()
    for (const { state } of walked)
      for (const event of everyEvent)
        if (!isAnswered(state, event)) forgotten.add(`${atomicStates(state, event)} forgets ${nameOf(event)}`)
    expect([...forgotten]).toEqual([])
  })

  it('has a way out that needs no customer', () => {
    expect(withoutRest(event => !event.type.startsWith('customer.'))).toEqual([])
  })

  it('has a way out by its own clock and calls, where it is not core that has to find out', () => {
    const waitsForCore = ['connecting', 'creatingCode', 'checking']
    const stuck = withoutRest(event => event.type.startsWith('xstate.'))
    expect(stuck.filter(({ state }) => !waitsForCore.includes(placeOf(state)))).toEqual([])
  })

  /** The states from which such events never lead to rest: attract, or a closed till. */
  function withoutRest(mayHappen: (event: KioskEvent) => boolean): readonly Walked[] {
    const restful = walked.filter(({ state }) => ['attract', 'closed'].includes(placeOf(state)))
    const canRest = new Set(restful.map(({ key }) => key))
    const edges = walked.flatMap(({ key, transitions }) =>
      Object.values(transitions)
        .filter(({ event }) => mayHappen(event))
        .map(({ state }) => ({ from: key, to: keyOf(state) })),
    )
    for (let before = -1; before < canRest.size; ) {
      before = canRest.size
      for (const { from, to } of edges) if (canRest.has(to)) canRest.add(from)
    }
    return walked.filter(({ key }) => !canRest.has(key))
  }

  it('has a way out that needs no host either: a dead host never leaves a code or a question on the screen', () => {
    const stuck = walked.filter(({ state, transitions }) => {
      const isShown = ['showingCode', 'creatingCode', 'checking', 'cancelling'].includes(placeOf(state))
      const leavesWithoutHost = Object.values(transitions).some(
        ({ event, state: next }) => isTimerOrSilence(event) && placeOf(next) !== placeOf(state),
      )
      const isGoingAway = Object.values(transitions).some(
        ({ event, state: next }) => isTimerOrSilence(event) && next.value.host !== state.value.host,
      )
      return isShown && !leavesWithoutHost && !isGoingAway
    })
    expect(stuck.map(({ key }) => key)).toEqual([])
  })

  it('rings the bell once for five rings, wherever the customer is', () => {
    for (const { state } of walked) {
      const ringing = transition(kioskMachine, state, { type: 'customer.callStaff' })[0]
      expect(ringing.value.bell).toBe('ringing')
      expect(placeOf(ringing)).toBe(placeOf(state))
      expect(isAnswered(ringing, { type: 'customer.callStaff' })).toBe(true)
    }
  })
})

/** True when the region that owns the event has a transition for it, also one that does nothing and says why. */
function isAnswered(state: KioskSnapshot, event: KioskEvent): boolean {
  const owner = `kiosk.${regionOf[event.type]}`
  return kioskMachine.getTransitionData(state, event).some(taken => pathOf(taken.source).startsWith(owner))
}

function pathOf(node: { readonly path: readonly string[] }): string {
  return ['kiosk', ...node.path].join('.')
}

function atomicStates(state: KioskSnapshot, event: KioskEvent): string {
  return JSON.stringify(state.value[regionOf[event.type]])
}

function isTimerOrSilence(event: { readonly type: string }): boolean {
  return event.type.startsWith('xstate.after') || event.type === 'lane.lost'
}

type StateNode = { readonly id: string; readonly states: Readonly<Record<string, StateNode>> }

function leavesOf(node: StateNode): string[] {
  const inner = Object.values(node.states)
  return inner.length === 0 ? [node.id] : inner.flatMap(leavesOf)
}
