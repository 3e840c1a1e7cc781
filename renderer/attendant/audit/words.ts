import type { AuditEntry, AuditKind, AuditWhat, ChainState } from '../../../shared/audit.ts'
import type { FieldChange } from '../../../shared/shopDocuments.ts'
import { dayAndTime } from '../days.ts'
import { type DeskLocale, type DeskSay, type DeskTextKey, inYen } from '../text/say.ts'

/** What the records can be narrowed to. */
export const groups = {
  in: ['pinTried', 'pinAccepted', 'signedOut', 'tillClosed'],
  money: ['moneyBackDecided', 'caseClosed', 'handedOver', 'dayClosed'],
  people: ['staffAdded', 'staffChanged'],
  shop: ['shopChanged', 'shopChangeUndone', 'pictureAdded', 'keysSet', 'screenPaired', 'screenRevoked'],
} as const satisfies Readonly<Record<string, readonly AuditKind[]>>

export type Group = keyof typeof groups | 'all'
export const groupNames: readonly (readonly [Group, DeskTextKey])[] = [
  ['all', 'audit.all'],
  ['in', 'audit.group.in'],
  ['money', 'audit.group.money'],
  ['people', 'audit.group.people'],
  ['shop', 'audit.group.shop'],
]

/** What somebody did, as a sentence. */
export function sentenceOf(what: AuditWhat, say: DeskSay): string {
  switch (what.kind) {
    case 'pinTried':
      return say('audit.is.pinTried', { lane: what.lane, tries: what.tries })
    case 'pinAccepted':
      return say(what.second ? 'audit.is.approved' : 'audit.is.pinAccepted', { lane: what.lane })
    case 'signedOut':
      return say(`audit.is.signedOut.${what.why}`)
    case 'tillClosed':
      return say('audit.is.tillClosed', { lane: what.lane })
    case 'moneyBackDecided':
      return what.approvedBy === null
        ? say('audit.is.moneyBackDecided', { amountYen: what.amountYen })
        : say('audit.is.moneyBackDecidedByTwo', { amountYen: what.amountYen, name: what.approvedBy })
    case 'caseClosed':
      return say('audit.is.caseClosed', { reason: what.reason })
    case 'staffAdded':
      return say('audit.is.staffAdded', { name: what.name, role: say(`users.role.${what.role}`) })
    case 'staffChanged':
      return say('audit.is.staffChanged', { name: what.of, what: staffChange(what, say) })
    case 'shopChanged':
      return say(what.document === 'catalogue' ? 'audit.is.catalogueChanged' : 'audit.is.settingsChanged', {
        what: what.changes ? changesInWords(what.changes, what.more) : say('audit.byHand'),
      })
    case 'pictureAdded':
      return say('audit.is.pictureAdded', { name: what.name })
    case 'keysSet':
      return say('audit.is.keysSet', { last4: what.last4 })
    case 'screenPaired':
      return say(what.desk ? 'audit.is.screenPairedWithDesk' : 'audit.is.screenPaired', {
        name: what.name,
        lane: what.lane,
        kind: say(`screens.kind.${what.screen}`),
      })
    case 'screenRevoked':
      return say('audit.is.screenRevoked', { name: what.name })
    case 'handedOver':
    case 'shopChangeUndone':
    case 'dayClosed':
      return say(`audit.is.${what.kind}`)
    default:
      return what satisfies never
  }
}

function staffChange(what: Extract<AuditWhat, { kind: 'staffChanged' }>, say: DeskSay): string {
  return [
    what.name === null ? [] : [`${say('audit.change.name')} → ${what.name}`],
    what.role === null ? [] : [say(`users.role.${what.role}`)],
    what.active === null ? [] : [say(what.active ? 'users.active' : 'users.inactive')],
    what.newPin ? [say('audit.change.pin')] : [],
  ]
    .flat()
    .join(', ')
}

const MOST_SHOWN = 3

/** `products.tea.priceYen: 160 → 170`; the rest is in the table that can be exported. */
export function changesInWords(changes: readonly FieldChange[], more: number): string {
  const shown = changes.slice(0, MOST_SHOWN).map(({ path, before, after }) => {
    const value = (one: unknown): string => {
      if (one === null || one === undefined) return '―'
      if (typeof one === 'number' && /yen$/i.test(path)) return inYen(one)
      return typeof one === 'string' ? one : JSON.stringify(one)
    }
    return `${path}: ${value(before)} → ${value(after)}`
  })
  const rest = changes.length - shown.length + more
  return `${shown.join(', ')}${rest > 0 ? ` +${rest}` : ''}`
}

/** How the ledger's chain is, as sentences. */
export function chainInWords({ last, walking }: ChainState, say: DeskSay, locale: DeskLocale): string {
  const said = last
    ? say(last.sound ? 'audit.sound' : 'audit.unsound', {
        number: last.facts,
        time: dayAndTime(last.atMs, locale),
      })
    : say('audit.notYet')
  return walking ? `${said} ${say('audit.walking', { at: walking.at, of: walking.of })}` : said
}

export function whoOf(entry: AuditEntry, say: DeskSay): string {
  return entry.who?.name ?? say('audit.nobody')
}
