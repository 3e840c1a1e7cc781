import { expect, it } from 'vitest'
import type { MoneyBackView } from '../../shared/desk.ts'
import { type Decision, openDecisions } from './decisions.ts'
import { leavesOpen } from './failure-words.ts'

// A double tap, a host that does not answer, a session that ends in between: the money must go back once.

function open() {
  let made = 0
  return openDecisions(() => {
    made += 1
    return `decision-${made}`
  })
}

const decision = (decisionId: string, checkoutId = 'c1'): Decision => ({
  checkoutId,
  decisionId,
  what: { kind: 'whole' },
  reason: 'soldOut',
  note: '',
  secondPin: null,
})

it('a panel keeps its id until it has been answered, each checkout its own', () => {
  const decisions = open()
  expect(decisions.idFor('c1')).toBe('decision-1')
  expect(decisions.idFor('c1')).toBe('decision-1')
  expect(decisions.idFor('c2')).toBe('decision-2')
})

it('what was sent and not answered can only be sent again as it was', () => {
  const decisions = open()
  const sent = decision(decisions.idFor('c1'))
  expect(decisions.unanswered('c1')).toBeNull()
  decisions.sent(sent)
  expect(decisions.unanswered('c1')?.decision).toEqual(sent)
  expect(decisions.idFor('c1')).toBe(sent.decisionId)
  expect(decisions.unanswered('c2')).toBeNull()
})

it('the next decision after an answer is another one', () => {
  const decisions = open()
  decisions.sent(decision(decisions.idFor('c1')))
  decisions.answered('c1', true)
  expect(decisions.unanswered('c1')).toBeNull()
  expect(decisions.idFor('c1')).toBe('decision-2')
})

it('one that was refused may be mended, and stays the same decision', () => {
  const decisions = open()
  decisions.sent(decision(decisions.idFor('c1')))
  decisions.answered('c1', false)
  expect(decisions.unanswered('c1')).toBeNull()
  expect(decisions.idFor('c1')).toBe('decision-1')
})

it('only an answer closes it: silence does not, nor does a door that is shut while it is in doubt', () => {
  expect(leavesOpen({ kind: 'hostAway' }, false)).toBe(true)
  expect(leavesOpen({ kind: 'internal', reference: 'r1' }, false)).toBe(true)
  expect(leavesOpen({ kind: 'signedOut' }, true)).toBe(true)
  expect(leavesOpen({ kind: 'notAllowed', needs: 'manager' }, true)).toBe(true)
  // The first time nothing can have been taken, so it may be changed.
  expect(leavesOpen({ kind: 'signedOut' }, false)).toBe(false)
  expect(leavesOpen({ kind: 'samePerson' }, true)).toBe(false)
})

const picture = (...decisionIds: string[]) =>
  ({
    checkoutId: 'c1',
    moneyBacks: decisionIds.map(decisionId => ({ decisionId }) as MoneyBackView),
  }) as const

it('in doubt, core’s picture tells: with the decision in it it was made, without it it is sent again unchanged', () => {
  const decisions = open()
  decisions.sent(decision(decisions.idFor('c1')))
  decisions.doubted('c1', 5_000)
  expect(decisions.seen(picture('of-somebody-else'))).toBe(false)
  expect(decisions.unanswered('c1')).toMatchObject({ sinceMs: 5_000, decision: { decisionId: 'decision-1' } })
  expect(decisions.seen(picture('of-somebody-else', 'decision-1'))).toBe(true)
  expect(decisions.unanswered('c1')).toBeNull()
  expect(decisions.idFor('c1')).toBe('decision-2')
})

it('a picture ends nothing that was never sent', () => {
  const decisions = open()
  decisions.idFor('c1')
  expect(decisions.seen(picture('decision-1'))).toBe(false)
  expect(decisions.idFor('c1')).toBe('decision-1')
})

it('a second person’s PIN is not kept while the answer is missing, only that there was one', () => {
  const decisions = open()
  decisions.sent({ ...decision(decisions.idFor('c1')), secondPin: '284915' })
  decisions.doubted('c1', 5_000)
  expect(JSON.stringify(decisions.unanswered('c1'))).not.toContain('284915')
  expect(decisions.unanswered('c1')).toMatchObject({ neededSecondPin: true })
  // Sent again without it: it may still be asked for.
  decisions.sent(decision('decision-1'))
  expect(decisions.unanswered('c1')).toMatchObject({ neededSecondPin: true, sinceMs: null })
})
