import type { CheckoutWord } from '../../shared/desk.ts'
import type { DeskTextKey } from './text/say.ts'

/** How a checkout's word is written, drawn and coloured; the word and the shape each say it alone. */
export type WordLook = { readonly key: DeskTextKey; readonly shape: WordShape; readonly tone: Tone }
export type WordShape = 'half' | 'check' | 'none' | 'onItsWay' | 'partly' | 'back' | 'alarm' | 'closed'
export type Tone = 'done' | 'wait' | 'back' | 'none' | 'case'

export const wordLooks: Readonly<Record<CheckoutWord, WordLook>> = {
  underWay: { key: 'word.underWay', shape: 'half', tone: 'wait' },
  delivered: { key: 'word.delivered', shape: 'check', tone: 'done' },
  unpaid: { key: 'word.unpaid', shape: 'none', tone: 'none' },
  returning: { key: 'word.returning', shape: 'onItsWay', tone: 'wait' },
  partlyReturned: { key: 'word.partlyReturned', shape: 'partly', tone: 'back' },
  returned: { key: 'word.returned', shape: 'back', tone: 'back' },
  case: { key: 'word.case', shape: 'alarm', tone: 'case' },
  decided: { key: 'word.decided', shape: 'closed', tone: 'none' },
}
