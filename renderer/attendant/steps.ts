import type { TimelineStep, TimelineWhat } from '../../shared/desk.ts'
import type { DeskTextKey } from './text/say.ts'

/** A checkout's life in sentences. Reads that found the same, one after the other, are one line. */
export type TimelineLine = {
  readonly seq: number
  readonly atMs: number
  /** The step as it was last; its sentence is made from it. */
  readonly what: TimelineWhat
  /** How many steps this line stands for. */
  readonly times: number
  readonly mark: 'plain' | 'paid' | 'back' | 'alarm'
  readonly said: readonly NonNullable<TimelineStep['said']>[]
}

export function timelineLines(steps: readonly TimelineStep[]): readonly TimelineLine[] {
  const lines: TimelineLine[] = []
  for (const { seq, atMs, what, said } of steps) {
    const last = lines.at(-1)
    const answers = said ? [said] : []
    if (last && isSameRead(last.what, what))
      lines[lines.length - 1] = {
        ...last,
        atMs,
        what,
        times: last.times + 1,
        said: [...last.said, ...answers],
      }
    else lines.push({ seq, atMs, what, times: 1, mark: markOf(what), said: answers })
  }
  return lines
}

function isSameRead(one: TimelineWhat, other: TimelineWhat): boolean {
  return one.kind === 'read' && other.kind === 'read' && one.found === other.found
}

function markOf(what: TimelineWhat): TimelineLine['mark'] {
  if (what.kind === 'read' && what.found === 'completed') return 'paid'
  if (what.kind === 'moneyBackDone' || (what.kind === 'ended' && what.outcome === 'returned')) return 'back'
  const isAlarm =
    what.kind === 'caseOpened' ||
    what.kind === 'handoverFailed' ||
    what.kind === 'moneyBackRefused' ||
    what.kind === 'refundRefused'
  return isAlarm ? 'alarm' : 'plain'
}

/** The key of a step's sentence. A new kind of step asks for its sentence here. */
export function sentenceKey(what: TimelineWhat): DeskTextKey {
  switch (what.kind) {
    case 'stopped':
    case 'left':
      return `step.${what.kind}.${what.reason}` as DeskTextKey
    case 'read':
      return `step.read.${what.found}`
    case 'codeDeleted':
      return `step.codeDeleted.${what.how}`
    case 'ended':
      return `step.ended.${what.outcome}`
    case 'caseOpened':
      return `step.caseOpened.${what.money}`
    case 'moneyBackSent':
    case 'moneyBackTaken':
    case 'moneyBackTurnedDown':
      return `step.${what.kind}.${what.way}`
    case 'handedOver':
      return what.by === null ? 'step.handedOver' : 'step.handedOverBy'
    case 'receiptPrinted':
      return what.by === null ? 'step.receiptPrinted' : 'step.receiptPrintedBy'
    case 'moneyBackDecided':
      return what.approvedBy === null ? 'step.moneyBackDecided' : 'step.moneyBackDecidedByTwo'
    default:
      return `step.${what.kind}`
  }
}
