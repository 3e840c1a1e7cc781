import type { Call, Situation, Step, Watch } from './decide.ts'
import * as delays from './delays.ts'
import { type Heard, watchAfter } from './exchange.ts'
import type { CheckoutFact } from './facts.ts'
import { isOpen, type MoneyBack, showsItBack, wayNow } from './moneyBack.ts'
import type { Attempt, CheckoutState } from './payment.ts'

/** What the money that people decided to give back needs next; null: nothing is on its way. */
export function pursueMoneyBack(state: CheckoutState, now: Situation): Step | null {
  const back = state.moneyBacks.find(isOpen)
  const attempt = state.attempts.find(one => one.merchantPaymentId === back?.merchantPaymentId)
  if (!back || !attempt) return null
  if (!state.openCase && isLate(back, now))
    return {
      do: 'note',
      fact: {
        type: 'caseOpened',
        atMs: now.nowMs,
        data: { why: 'notBackYet', money: 'returning' },
      },
    }
  const watch = now.watch({ merchantPaymentId: back.merchantRefundId })
  const which = nextCall(state, back, attempt, { watch, paypayNowMs: now.paypayNowMs })
  const isRead = which === 'read' || which === 'readRefund'
  // Once a person has been told, PayPay is asked now and then, until it says something new.
  const isNoNews = watch.failures > 0 || (isRead && watch.nextReadAtMs > watch.lastCallAtMs)
  const slowMs = isLate(back, now) && isNoNews ? watch.lastCallAtMs + delays.CASE_LOOK_MS : 0
  // A refusal may be the echo of a first request that did arrive, or still will: PayPay is asked when nothing can arrive any more.
  const settlesAtMs = back.way === 'refund' && back.state === 'turnedDown' ? watch.settlesAtMs : 0
  const pausedUntilMs = isRead ? watch.nextReadAtMs : watch.nextEffectAtMs
  const atMs = Math.max(watch.nextAtMs, pausedUntilMs, slowMs, settlesAtMs)
  return now.nowMs >= atMs ? { do: 'call', call: which, attempt, back } : { do: 'wait', untilMs: atMs }
}

function isLate(back: MoneyBack, now: Situation): boolean {
  return now.nowMs >= Math.max(back.decidedAtMs, now.runningSinceMs) + delays.CASE_AFTER_MS
}

function nextCall(
  state: CheckoutState,
  back: MoneyBack,
  attempt: Attempt,
  at: { readonly watch: Watch; readonly paypayNowMs: number },
): Call {
  const { watch, paypayNowMs } = at
  if (back.way === 'refund') {
    // Only what PayPay does not know is sent again. A cancel from before may have been the reason for its refusal.
    if (back.state === 'sent') return watch.unsent ? 'refund' : 'readRefund'
    return back.cancelSent && watch.mustRead ? 'read' : 'readRefund'
  }
  // After a restart, or an answer that says nothing: what became of it is asked first.
  if (watch.mustRead || back.state === 'taken') return 'read'
  if (back.state === 'turnedDown') return 'refund'
  return wayNow(state, attempt, back.amountYen, paypayNowMs)
}

/** What has to be durable before the call leaves (I5, I9). */
export function intentOfMoneyBack(call: Call, back: MoneyBack, atMs: number): CheckoutFact | null {
  if (call !== 'cancel' && call !== 'refund') return null
  if (back.way === call) return null
  return {
    type: 'moneyBackIntended',
    atMs,
    data: { merchantRefundId: back.merchantRefundId, way: call },
  }
}

/** The fact that an answer is, or null: it settles nothing. */
export function factOfMoneyBack(back: MoneyBack, heard: Heard, atMs: number): CheckoutFact | null {
  const id = { merchantRefundId: back.merchantRefundId }
  const { evidence } = heard.answer
  switch (heard.call) {
    case 'cancel': {
      const { answer } = heard
      if (answer.sure === 'known') return { type: 'moneyBackTaken', atMs, data: { ...id, evidence } }
      if (answer.sure === 'refused')
        return { type: 'moneyBackTurnedDown', atMs, data: { ...id, says: answer.row.says, evidence } }
      return null
    }
    case 'read': {
      const { answer } = heard
      if (answer.sure !== 'known' || !showsItBack(back, answer.value, atMs)) return null
      return { type: 'moneyBackDone', atMs, data: { ...id, evidence } }
    }
    case 'refund':
    case 'readRefund': {
      const { answer } = heard
      if (answer.sure === 'known' && answer.value.kind === 'refundTaken')
        return { type: 'moneyBackDone', atMs, data: { ...id, evidence } }
      if (answer.sure === 'refused' && heard.call === 'refund')
        return { type: 'moneyBackTurnedDown', atMs, data: { ...id, says: answer.row.says, evidence } }
      // That PayPay knows no such refund, and none can arrive any more, is the end of it.
      if (back.state === 'turnedDown' && answer.sure === 'known')
        return {
          type: 'moneyBackRefused',
          atMs,
          data: { ...id, says: 'PayPay has refused the refund and knows none under this id', evidence },
        }
      return null
    }
    default:
      return null
  }
}

/** What this process remembers after a call: whatever was turned down is followed by a read. */
export function watchAfterMoneyBack(watch: Watch, heard: Heard, at: Parameters<typeof watchAfter>[2]): Watch {
  const after = watchAfter(watch, heard, at)
  const isTurnedDown = heard.answer.sure === 'refused' && (heard.call === 'cancel' || heard.call === 'refund')
  return isTurnedDown ? { ...after, mustRead: true } : after
}
