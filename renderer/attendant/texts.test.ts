import { describe, expect, it } from 'vitest'
import { CASE_REASONS } from '../../shared/case.ts'
import type { CheckoutWord, DeskFailure, NoMoneyBack, TimelineWhat } from '../../shared/desk.ts'
import { MONEY_BACK_REASONS } from '../../shared/desk.ts'
import { yen } from '../../shared/money.ts'
import { caseAdvice, caseReason } from './case-words.ts'
import { failureSentence, knownCodes, refusalSentence, whyNotKey } from './failure-words.ts'
import { wordLooks } from './row-words.ts'
import { type DeskTextKey, deskSay, deskTexts } from './text/say.ts'
import { sentence } from './timeline.tsx'

// Staff must never meet a key instead of a word, a sentence with a hole in it, or a happening that nothing is said about.

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{\w+\}\}/g)].map(match => match[0]).toSorted()
const locales = ['ja', 'en'] as const

it('says everything in English too, with the same values in it', () => {
  expect(Object.keys(deskTexts.en).toSorted()).toEqual(Object.keys(deskTexts.ja).toSorted())
  for (const [key, text] of Object.entries(deskTexts.ja)) {
    const other = deskTexts.en[key as DeskTextKey]
    expect(text.trim(), key).not.toBe('')
    expect(other.trim(), key).not.toBe('')
    expect(placeholders(other), key).toEqual(placeholders(text))
  }
})

/** One of each kind, by its name: a kind that is missing here does not compile. */
type KindsOf<T extends { readonly kind: string }> = {
  readonly [kind in T['kind']]: readonly Extract<T, { readonly kind: kind }>[]
}

const amountYen = yen(1_240)
const ways = ['cancel', 'refund'] as const
const steps: KindsOf<Exclude<TimelineWhat, { readonly kind: TwoInOne }>> = {
  started: [{ kind: 'started', lane: 'main' }],
  codeAsked: [{ kind: 'codeAsked', attempt: 1 }],
  codeShown: [{ kind: 'codeShown' }],
  codeRefused: [{ kind: 'codeRefused' }],
  codeUnanswered: [{ kind: 'codeUnanswered' }],
  stopped: (['customer', 'expired', 'declined', 'gone', 'left'] as const).map(reason => ({
    kind: 'stopped',
    reason,
  })),
  read: (['unpaid', 'completed', 'failed', 'refunded', 'notFound'] as const).map(found => ({
    kind: 'read',
    found,
  })),
  codeDeleted: (['deleted', 'alreadyGone', 'alreadyPaid'] as const).map(how => ({
    kind: 'codeDeleted',
    how,
  })),
  numberShown: [{ kind: 'numberShown', claimNumber: '012' }],
  handedOver: [
    { kind: 'handedOver', by: null },
    { kind: 'handedOver', by: '店長' },
  ],
  handoverFailed: [{ kind: 'handoverFailed', says: 'no answer' }],
  left: (['customer', 'idle', 'screenGone'] as const).map(reason => ({ kind: 'left', reason })),
  staffCalled: [{ kind: 'staffCalled' }],
  receiptPrinted: [
    { kind: 'receiptPrinted', by: null },
    { kind: 'receiptPrinted', by: '店長' },
  ],
  caseOpened: (['paid', 'returning', 'unknown'] as const).map(money => ({
    kind: 'caseOpened',
    why: { code: 'refundRefused' },
    money,
  })),
  caseClosed: [{ kind: 'caseClosed', by: '店長', reason: '現金で返した' }],
  moneyBackDecided: [null, '佐藤'].map(approvedBy => ({
    kind: 'moneyBackDecided',
    amountYen,
    reason: 'soldOut',
    note: '',
    by: '店長',
    approvedBy,
  })),
  moneyBackTurnedDown: ways.map(way => ({ kind: 'moneyBackTurnedDown', way })),
  ended: (['delivered', 'returned', 'neverPayable'] as const).map(outcome => ({ kind: 'ended', outcome })),
}
/** Kinds that share a member of the union. */
type TwoInOne =
  | 'cancelSent'
  | 'cancelTaken'
  | 'cancelRefused'
  | 'refundSent'
  | 'refundTaken'
  | 'refundRefused'
  | 'moneyBackSent'
  | 'moneyBackTaken'
  | 'moneyBackDone'
  | 'moneyBackRefused'
const shared: { readonly [kind in TwoInOne]: readonly TimelineWhat[] } = {
  cancelSent: [{ kind: 'cancelSent' }],
  cancelTaken: [{ kind: 'cancelTaken' }],
  cancelRefused: [{ kind: 'cancelRefused' }],
  refundSent: [{ kind: 'refundSent', amountYen }],
  refundTaken: [{ kind: 'refundTaken', amountYen }],
  refundRefused: [{ kind: 'refundRefused', amountYen }],
  moneyBackSent: ways.map(way => ({ kind: 'moneyBackSent', way })),
  moneyBackTaken: ways.map(way => ({ kind: 'moneyBackTaken', way })),
  moneyBackDone: [{ kind: 'moneyBackDone', amountYen }],
  moneyBackRefused: [{ kind: 'moneyBackRefused', amountYen }],
}

const failures: KindsOf<DeskFailure> = {
  signedOut: [{ kind: 'signedOut' }],
  notAllowed: [
    { kind: 'notAllowed', needs: 'attendant' },
    { kind: 'notAllowed', needs: 'manager' },
  ],
  alreadySetUp: [{ kind: 'alreadySetUp' }],
  notSetUp: [{ kind: 'notSetUp' }],
  wrongPin: [
    { kind: 'wrongPin', waitMs: 0 },
    { kind: 'wrongPin', waitMs: 4_000 },
  ],
  pinLocked: [{ kind: 'pinLocked', waitMs: 30_000 }],
  weakPin: (['tooShort', 'tooLong', 'notDigits', 'tooSimple'] as const).map(why => ({
    kind: 'weakPin',
    why,
    minDigits: 6,
  })),
  pinTaken: [{ kind: 'pinTaken' }],
  noMoneyBack: [{ kind: 'noMoneyBack', because: 'windowOver' }],
  aboveWhatIsLeft: [{ kind: 'aboveWhatIsLeft', leftYen: yen(10) }],
  notSoManyOfLine: [{ kind: 'notSoManyOfLine', line: 0, left: 1 }],
  aboveLimit: [{ kind: 'aboveLimit', limitYen: yen(1_000) }],
  secondPersonNeeded: [{ kind: 'secondPersonNeeded', aboveYen: yen(5_000) }],
  samePerson: [{ kind: 'samePerson' }],
  noCase: [{ kind: 'noCase' }],
  dayNotYet: [{ kind: 'dayNotYet', day: '2026-11-25', today: '2026-11-24' }],
  faultyFile: [{ kind: 'faultyFile', fault: { kind: 'empty' } }],
  comparing: [{ kind: 'comparing', day: '2026-11-24' }],
  noPaper: [{ kind: 'noPaper' }],
  unknownUser: [{ kind: 'unknownUser', userId: 'u9' }],
  lastManager: [{ kind: 'lastManager' }],
  badDocument: [{ kind: 'badDocument', faults: [{ path: 'capYen', says: 'too much' }] }],
  changedMeanwhile: [{ kind: 'changedMeanwhile' }],
  badPicture: (['notAPicture', 'tooBig', 'broken'] as const).map(why => ({ kind: 'badPicture', why })),
  notKept: [{ kind: 'notKept', says: 'The disk is full.' }],
  noFiles: [{ kind: 'noFiles' }],
  moneyOpen: [{ kind: 'moneyOpen' }],
  noExit: [{ kind: 'noExit' }],
  unknownScreen: [{ kind: 'unknownScreen' }],
  notHere: [{ kind: 'notHere' }],
  badKeys: [{ kind: 'badKeys', says: 'One word.' }],
  badInput: (
    [
      { is: 'missing' },
      { is: 'whole' },
      { is: 'form' },
      { is: 'kind', wanted: 'text', got: 'number' },
      { is: 'tooShort', limit: 3, got: 1 },
      { is: 'tooLong', limit: 200, got: 201 },
      { is: 'tooSmall', limit: 1 },
      { is: 'tooLarge', limit: 200 },
      { is: 'choice', of: ['utf8', 'sjis'] },
    ] as const
  ).map(rule => ({ kind: 'badInput', where: 'note', expected: 'something', rule })),
  unknownMethod: [{ kind: 'unknownMethod', method: 'giveBack' }],
  unknownProduct: [{ kind: 'unknownProduct', productId: 'tea' }],
  unavailableProduct: [{ kind: 'unavailableProduct', productId: 'tea' }],
  priceChanged: [{ kind: 'priceChanged', productId: 'tea' }],
  emptyCart: [{ kind: 'emptyCart' }],
  tooManyOfOne: [{ kind: 'tooManyOfOne', productId: 'tea', maxQuantity: 3 }],
  amountTooSmall: [{ kind: 'amountTooSmall', minYen: yen(1) }],
  amountOverCap: [{ kind: 'amountOverCap', capYen: yen(100_000), amountYen: 100_001 }],
  wrongTill: [{ kind: 'wrongTill', till: 'menu' }],
  laneBusy: [{ kind: 'laneBusy', checkoutId: 'c1' }],
  laneClosed: [{ kind: 'laneClosed', reason: 'paypayBusy' }],
  unknownCheckout: [{ kind: 'unknownCheckout', checkoutId: 'c1' }],
  notNow: [{ kind: 'notNow', status: 'checking' }],
  hostAway: [{ kind: 'hostAway' }],
  internal: [{ kind: 'internal', reference: 'r1' }],
}

const whyNot: { readonly [why in NoMoneyBack]: true } = {
  nothingPaid: true,
  allReturned: true,
  underWay: true,
  closed: true,
  goingBackAnyway: true,
  decidedSince: true,
  windowOver: true,
  notOverYet: true,
}

/** A sentence of ours is none of the keys, has no hole, and is not empty. */
function isWhole(text: string): boolean {
  return text.trim() !== '' && !(text in deskTexts.ja) && !text.includes('{{')
}

describe.each(locales)('in %s', locale => {
  const say = deskSay(locale)

  it('every step of a checkout has its sentence', () => {
    const every: readonly TimelineWhat[] = [...Object.values(steps), ...Object.values(shared)].flat()
    for (const what of every)
      expect(isWhole(sentence(what, say)), `${what.kind}: ${sentence(what, say)}`).toBe(true)
  })

  it('every failure says what is wrong, and what to do', () => {
    for (const failure of Object.values(failures).flat()) {
      const { key, values } = failureSentence(failure)
      expect(isWhole(say(key, values)), `${failure.kind}: ${say(key, values)}`).toBe(true)
    }
  })

  it('every word, reason and hindrance has its name', () => {
    const keys: readonly DeskTextKey[] = [
      ...(Object.keys(wordLooks) as CheckoutWord[]).map(word => wordLooks[word].key),
      ...MONEY_BACK_REASONS.map(reason => `reason.${reason}` as const),
      ...(Object.keys(whyNot) as NoMoneyBack[]).map(whyNotKey),
    ]
    for (const key of keys) expect(isWhole(say(key)), key).toBe(true)
  })

  it('every refusal of PayPay’s says what to do, an unknown one with its code', () => {
    for (const code of knownCodes) expect(isWhole(say(refusalSentence(code).key)), code).toBe(true)
    const unheard = refusalSentence('SOMETHING_NEW')
    expect(say(unheard.key, unheard.values)).toContain('SOMETHING_NEW')
    expect(refusalSentence('constructor').key).toBe('code.other')
    expect(isWhole(say(refusalSentence(null).key))).toBe(true)
  })

  it('every reason of a case has its words, and what to do', () => {
    for (const code of CASE_REASONS) {
      expect(isWhole(caseReason({ code }, say)), code).toBe(true)
      expect(isWhole(say(caseAdvice({ code }))), code).toBe(true)
    }
  })

  it('writes money as money', () => {
    expect(say('back.go', { amountYen: 1_240 })).toContain('¥1,240')
  })
})

it('two words of a checkout share neither their shape nor their name', () => {
  const looks = Object.values(wordLooks)
  expect(new Set(looks.map(look => look.shape)).size).toBe(looks.length)
  for (const locale of locales)
    expect(new Set(looks.map(look => deskSay(locale)(look.key))).size).toBe(looks.length)
})

it('a case of an older ledger that no code says is shown as it was written, with some advice', () => {
  const why = { code: 'inWords', says: 'the moon is full' } as const
  expect(caseReason(why, deskSay('ja'))).toBe('the moon is full')
  expect(caseAdvice(why)).toBe('advice.look')
})
