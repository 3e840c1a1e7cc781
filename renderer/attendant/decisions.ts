import type { AttendantInputOf } from '../../shared/attendant.ts'
import type { DeskCheckout } from '../../shared/desk.ts'

/**
 * Which decision a press of the button is. It gets its id when its panel opens, and keeps it until it is answered: a double tap, a
 * second try after a host that was away, and a new session are the same decision, which core carries out once.
 */
export type Decision = AttendantInputOf<'giveBack'>

/** Sent, and no answer came. A second person's PIN is not kept: it is asked for again where it is needed. */
export type Doubt = {
  readonly decision: Decision
  readonly neededSecondPin: boolean
  /** Since when there is no answer, by the clock of the one who asks; null: one may still come. */
  readonly sinceMs: number | null
}

export type Decisions = {
  /** The id that the panel of this checkout decides with. */
  idFor(checkoutId: string): string
  /** What was sent and not answered; it can only be sent again as it was. Null: there is none. */
  unanswered(checkoutId: string): Doubt | null
  sent(decision: Decision): void
  /** No answer came. */
  doubted(checkoutId: string, atMs: number): void
  /** Core's picture of the checkout came: true: the decision is in it, so it was made, and the next one is another one. */
  seen(checkout: Pick<DeskCheckout, 'checkoutId' | 'moneyBacks'>): boolean
  /** `ended`: core took it, so the next one is another one. Otherwise it was refused, and may be mended. */
  answered(checkoutId: string, ended: boolean): void
}

export function openDecisions(newId: () => string): Decisions {
  const open = new Map<string, { readonly decisionId: string; readonly sent: Doubt | null }>()
  return {
    idFor(checkoutId) {
      const known = open.get(checkoutId)
      if (known) return known.decisionId
      const decisionId = newId()
      open.set(checkoutId, { decisionId, sent: null })
      return decisionId
    },
    unanswered: checkoutId => open.get(checkoutId)?.sent ?? null,
    sent(decision) {
      const { checkoutId, decisionId, secondPin } = decision
      const neededSecondPin = secondPin !== null || (open.get(checkoutId)?.sent?.neededSecondPin ?? false)
      const sent = { decision: { ...decision, secondPin: null }, neededSecondPin, sinceMs: null }
      open.set(checkoutId, { decisionId, sent })
    },
    doubted(checkoutId, atMs) {
      const known = open.get(checkoutId)
      if (known?.sent) open.set(checkoutId, { ...known, sent: { ...known.sent, sinceMs: atMs } })
    },
    seen({ checkoutId, moneyBacks }) {
      const known = open.get(checkoutId)
      const isMade = known?.sent != null && moneyBacks.some(back => back.decisionId === known.decisionId)
      if (isMade) open.delete(checkoutId)
      return isMade
    },
    answered(checkoutId, ended) {
      const known = open.get(checkoutId)
      if (ended) open.delete(checkoutId)
      else if (known) open.set(checkoutId, { ...known, sent: null })
    },
  }
}
