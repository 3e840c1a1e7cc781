import type { AttendantInputOf } from '../../shared/attendant.ts'

/**
 * Which decision a press of the button is. It gets its id when its panel opens, and keeps it until it is answered: a double tap, a
 * second try after a host that was away, and a new session are the same decision, which core carries out once.
 */
export type Decision = AttendantInputOf<'giveBack'>

export type Decisions = {
  /** The id that the panel of this checkout decides with. */
  idFor(checkoutId: string): string
  /** What was sent and not answered; it can only be sent again as it was. Null: there is none. */
  unanswered(checkoutId: string): Decision | null
  sent(decision: Decision): void
  /** `ended`: core took it, so the next one is another one. Otherwise it was refused, and may be mended. */
  answered(checkoutId: string, ended: boolean): void
}

export function openDecisions(newId: () => string): Decisions {
  const open = new Map<string, { readonly decisionId: string; readonly sent: Decision | null }>()
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
      open.set(decision.checkoutId, { decisionId: decision.decisionId, sent: decision })
    },
    answered(checkoutId, ended) {
      const known = open.get(checkoutId)
      if (ended) open.delete(checkoutId)
      else if (known) open.set(checkoutId, { ...known, sent: null })
    },
  }
}
