/** A deliberate bug of the engine: what is replaced in which file, and what it stands for. */
export type Mutant = {
  readonly name: string
  readonly says: string
  readonly patches: readonly { readonly file: string; readonly find: string; readonly put: string }[]
}

const bug = (
  name: string,
  says: string,
  ...patches: readonly (readonly [string, string, string])[]
): Mutant => ({
  name,
  says,
  patches: patches.map(([file, find, put]) => ({ file: `core/${file}`, find, put })),
})

const decide = 'checkout/decide.ts'
const payment = 'checkout/payment.ts'
const exchange = 'checkout/exchange.ts'
const window = 'checkout/window.ts'
const driver = 'checkout/driver.ts'
const service = 'checkout/service.ts'
const judge = 'paypay/judge.ts'
const moneyBack = 'checkout/moneyBack.ts'
const moneyBackSteps = 'checkout/moneyBackSteps.ts'
const decisions = 'desk/decisions.ts'

/** Each has to be caught. One that survives is a fault that the model of the world does not have yet. */
export const mutants: readonly Mutant[] = [
  bug(
    'forgetAfterFailedDelete',
    'a delete without an answer is taken for done',
    [
      exchange,
      "if (answer.sure !== 'known') return null\n      return { type: 'codeDeleted', atMs, data: { ...id, how: answer.value.kind, evidence } }",
      "return { type: 'codeDeleted', atMs, data: { ...id, how: 'deleted', evidence } }",
    ],
    [
      payment,
      'attempt.deadAtMs === null) return { ...attempt, deadAtMs: atMs }',
      "attempt.deadAtMs === null) return { ...attempt, deadAtMs: atMs, settled: 'neverPayable' }",
    ],
  ),
  bug('noReadAfterDelete', 'the delete is taken as proof that nobody has paid', [
    payment,
    ': { ...attempt, deleteConfirmedAtMs: attempt.deleteConfirmedAtMs ?? atMs }',
    ": { ...attempt, deleteConfirmedAtMs: atMs, deadAtMs: atMs, settled: 'neverPayable' }",
  ]),
  bug(
    'newIdAfterUnknownCreate',
    'a create without an answer is taken for refused, and the next one gets a new id',
    [
      exchange,
      "if (answer.sure === 'unknown') return { type: 'createUnanswered', atMs, data: { ...id, evidence } }\n      if (answer.sure === 'refused')",
      "if (answer.sure !== 'known')",
    ],
    [
      exchange,
      'data: { ...id, says: answer.row.says, evidence } }\n      const { codeId',
      "data: { ...id, says: '', evidence } }\n      const { codeId",
    ],
    [
      payment,
      "case 'createRefused':\n      return { ...attempt, create: 'refused', deadAtMs: atMs, settled: 'neverPayable' }",
      "case 'createRefused':\n      return { ...attempt, create: 'refused', deadAtMs: atMs, settled: 'returned' }",
    ],
  ),
  bug('cancelAcceptedIsFinal', '"accepted" is taken for "the money is back"', [
    payment,
    "cancel: 'accepted',\n",
    "cancel: 'accepted',\n        ...(attempt.payment ? { settled: 'returned' as const } : {}),\n",
  ]),
  bug('goodsBeforeTheLedger', 'goods are released, and written down afterwards', [
    driver,
    "if (attempt.handover === 'none' && !(await this.#writeDecided(intent, on))) return\n    const answer = await handover.release(this.state.checkoutId)\n",
    "const answer = await handover.release(this.state.checkoutId)\n    if (attempt.handover === 'none' && !(await this.#writeDecided(intent, on))) return\n",
  ]),
  bug('decidedOnWhatWas', 'the engine acts on a state that has moved on', [
    driver,
    'if (this.state !== on) return false',
    'if (this.state === null) return false',
  ]),
  bug(
    'refundUnderANewId',
    'a refund without an answer is issued again under another id',
    [
      exchange,
      'attempt.refund?.merchantRefundId ?? `${attempt.merchantPaymentId}-r1`',
      '`${attempt.merchantPaymentId}-r${Math.floor(performance.now() * 1e6)}`',
    ],
    [decide, "call(watch.unsent ? 'refund' : 'readRefund', attempt, now)", "call('refund', attempt, now)"],
  ),
  bug('successOnAny200', 'any 200 is a payment', [
    judge,
    '  if (code === null) {\n    const name',
    "  if (httpStatus === 200 && expected.api === 'getPayment' && code === null)\n    return { sure: 'known', value: { kind: 'completed', paymentId: '01', acceptedAtS: null }, evidence }\n  if (code === null) {\n    const name",
  ]),
  bug('unknownReadIsNotFound', 'a read without an answer is taken for "there is no payment"', [
    exchange,
    "if (answer.sure !== 'known') return null\n      const fact: CheckoutFact = { type: 'paymentRead', atMs, data: { ...id, read: answer.value, evidence } }",
    "const read = answer.sure === 'known' ? answer.value : ({ kind: 'notFound' } as const)\n      const fact: CheckoutFact = { type: 'paymentRead', atMs, data: { ...id, read, evidence } }",
  ]),
  bug('foreignAnswersBelieved', 'an answer about another id or amount is believed', [
    judge,
    'if (!isObject(data)) return false\n',
    'if (!isObject(data) || data) return false\n',
  ]),
  bug('deleteWithoutIntent', 'a delete leaves before its intent is durable', [
    exchange,
    'if (attempt.deleteIntended) return null',
    'if (!attempt.deleteIntended) return null',
  ]),
  bug('cancelWithoutIntent', 'a cancel leaves before its intent is durable', [
    exchange,
    "return attempt.cancel === 'none' ? { type: 'cancelIntended', atMs, data: id } : null",
    'return null',
  ]),
  bug('refundWithoutIntent', 'a refund leaves before its intent is durable', [
    exchange,
    "return attempt.refund ? null : { type: 'refundIntended', atMs, data: { ...id, ...refundOf(attempt) } }",
    'return null',
  ]),
  bug('createBeforeTheLedger', 'a create leaves while its intent is still being written', [
    service,
    'await ledger.append(facts.map(fact => ({ checkoutId, ...fact })))',
    'void ledger.append(facts.map(fact => ({ checkoutId, ...fact }))).catch(() => undefined)',
  ]),
  bug(
    'effectBeforeTheLedger',
    'the engine goes on before what it wrote is durable',
    [driver, 'await this.#ports.ledger.append(', 'void this.#ports.ledger.append('],
    [
      driver,
      '({ checkoutId: this.state.checkoutId, ...fact })))',
      '({ checkoutId: this.state.checkoutId, ...fact }))).catch(() => undefined)',
    ],
  ),
  bug('goodsForWhoHasLeft', 'a late payment wins although its customer has left', [
    decide,
    '    !state.left &&\n',
    '',
  ]),
  bug('goodsBeforeADarkScreen', 'goods are released while nobody is there to take them', [
    decide,
    'const isThere = screenGoneSinceMs === null ||',
    'const isThere = screenGoneSinceMs !== undefined ||',
  ]),
  bug(
    'cancelDoesNotStick',
    'a payment is sold although its cancel has been decided',
    [decide, "    attempt.cancel === 'none' &&\n", ''],
    [payment, "if (attempt.cancel !== 'none' || attempt.refund)\n", 'if (attempt.refund)\n'],
  ),
  bug('cancelAfterTheWindow', 'cancel instead of refund after 00:15 JST', [
    window,
    '15 * 60_000 - CANCEL_MARGIN_MS',
    '75 * 60_000',
  ]),
  bug('windowInAnotherZone', "the cancel's window is counted in UTC", [
    window,
    'const jstMs = 9 * 3_600_000',
    'const jstMs = 0',
  ]),
  bug(
    'noSeal',
    'a dead code is not sealed with a parked cancel',
    [decide, 'if (attempt.isSealed || hasTriedLongEnough)', 'if (attempt.isSealed || !hasTriedLongEnough)'],
    [payment, 'if (!attempt.isSealed && atMs < attempt.deadAtMs + SEAL_MOST_MS) return attempt', ''],
  ),
  bug('noSecondLook', 'a dead code is settled at once', [
    payment,
    'attempt.deadAtMs === null) return { ...attempt, deadAtMs: atMs }',
    "attempt.deadAtMs === null) return { ...attempt, deadAtMs: atMs, settled: 'neverPayable' }",
  ]),
  bug(
    'retryBeforeTheProof',
    'a new code while the old one can still be paid',
    [service, "if (status !== 'unpaid' || driver.state.outcome) return", 'if (driver.state.outcome) return'],
    [service, "if (status === 'creating' || status === 'awaitingPayment') return ok(this.view(lane))\n", ''],
    [payment, 'if (last && last.deadAtMs === null)', 'if (last && last.deadAtMs === -1)'],
    [
      decide,
      'if (attempt.deadAtMs !== null) return dead(attempt, now)',
      'if (attempt.deadAtMs !== null || attempt !== currentAttempt(state)) return dead(attempt, now)',
    ],
  ),
  bug(
    'twoCheckoutsOnALane',
    'a second checkout starts beside the first',
    [service, "if (busy) return fail({ kind: 'laneBusy', checkoutId: busy.state.checkoutId })", ''],
    [service, "if (this.#starting.has(lane)) return fail({ kind: 'laneBusy', checkoutId: '' })", ''],
  ),
  bug('doubleTapStartsTwice', 'five fast taps start five checkouts', [
    service,
    "if (this.#starting.has(lane)) return fail({ kind: 'laneBusy', checkoutId: '' })",
    '',
  ]),
  bug(
    'oneNumberForTwo',
    'two lanes that start together get the same number',
    [
      service,
      'const numbered = this.#numbering.then(async last => {',
      'const numbered = Promise.resolve(null as { businessDay: string; claimNumber: number } | null).then(async last => {',
    ],
    [service, 'while (isOut(claimNumber) && claimNumber !== before)', 'while (claimNumber === before)'],
  ),
  bug('noRecovery', 'what was open is not taken up again after a crash', [
    service,
    'const open = await this.#ports.ledger.openCheckouts()',
    'const open = (await this.#ports.ledger.openCheckouts()).slice(0, 0)',
  ]),
  bug('forgottenWhenLeft', 'a checkout is forgotten when its customer leaves', [
    service,
    'return isSettled(state) && state.left !== null',
    'return state.left !== null',
  ]),
  bug('waitsForEver', 'the pause between two tries grows without end', [
    'checkout/delays.ts',
    'export const RETRY_LONGEST_MS = 10_000',
    'export const RETRY_LONGEST_MS = 10_000_000',
  ]),
  bug(
    'noPauseNoBudget',
    'PayPay is asked again at once, as often as it goes',
    [
      'paypay/budget.ts',
      'if (tokens >= 1 && effects.length + reads.length === 0)',
      'if (tokens >= -1e9 && effects.length + reads.length === 0)',
    ],
    [exchange, ': nowMs + at.pollIntervalMs', ': nowMs'],
  ),
  bug(
    'deliveredWithoutGoods',
    'a payment is called delivered before anything was handed over',
    [
      decide,
      "if (state.attempts.some(attempt => attempt.handover === 'done'))",
      "if (state.attempts.some(attempt => attempt.payment && !attempt.refund && attempt.cancel === 'none'))",
    ],
    [
      decide,
      "if (attempt.handover === 'done' || attempt.handover === 'failed') return null",
      "if (attempt.handover !== 'none' || wins(state, attempt)) return null",
    ],
  ),
  bug('paidBeforeTheGoods', 'the screen says "paid" as soon as PayPay does', [
    'checkout/view.ts',
    "? { status: 'checking' }\n      : { status: 'returning' }",
    "? { status: 'paid' }\n      : { status: 'returning' }",
  ]),
  bug('returnedTooEarly', 'the screen says "returned" while PayPay has the money', [
    'checkout/view.ts',
    ": { status: 'returning' }",
    ": { status: 'returned' }",
  ]),
  bug('anotherAmount', 'PayPay is asked for a yen more', [
    driver,
    'paypay.createCode({ merchantPaymentId, amountYen, ...order })',
    'paypay.createCode({ merchantPaymentId, amountYen: amountYen + 1, ...order })',
  ]),
  bug(
    'refundTooMuch',
    'more is refunded than was captured',
    [
      exchange,
      'amountYen: attempt.amountYen,\n    reason',
      "amountYen: (attempt.amountYen + 1) as Attempt['amountYen'],\n    reason",
    ],
    [payment, 'if (amountYen > attempt.amountYen)', 'if (amountYen > attempt.amountYen + 1)'],
  ),
  bug('declineIsFinal', 'a decline ends an attempt although its code can still be paid', [
    payment,
    '  if (!codeGone && !neverShown) return attempt\n',
    "  if (!codeGone && !neverShown && attempt.lastRead?.read.kind !== 'failed') return attempt\n",
  ]),
  bug('wallClock', 'deadlines are measured with a clock that anybody can set', [
    'clock.ts',
    'Math.round(originMs + clock.monotonicMs())',
    'clock.nowMs() + originMs * 0',
  ]),
  bug(
    'ownClockForTheWindow',
    "the cancel's window is judged by the till's clock, to the second",
    ['health.ts', 'return this.#steady.nowMs() + this.#paypayAheadOfSteadyMs', 'return this.#clock.nowMs()'],
    ['health.ts', 'if (isBehind && health', 'if (isBehind && isBehind !== isBehind && health'],
    ['checkout/delays.ts', 'export const CANCEL_MARGIN_MS = 120_000', 'export const CANCEL_MARGIN_MS = 0'],
  ),
  bug(
    'neverCloses',
    'an outage does not close the till',
    ['health.ts', 'const FAILURES_TO_CLOSE = 2', 'const FAILURES_TO_CLOSE = 2_000'],
    ['health.ts', 'const isStale =', 'const isStale = this.#failures < 0 &&'],
  ),
  bug('fullDiskIgnored', 'a full disk does not close the till', [
    'health.ts',
    'freeBytes >= DISK_LEAST_BYTES',
    'freeBytes >= -1',
  ]),
  bug(
    'wrongClockIgnored',
    'a clock that is far off does not close the till',
    [
      'health.ts',
      'Math.abs(paypayAheadMs) >= CLOCK_WRONG_FROM_MS',
      'Math.abs(paypayAheadMs) >= CLOCK_WRONG_FROM_MS * 1e6',
    ],
    [
      'paypay/answer.ts',
      'Math.abs(paypayAheadMs) >= CLOCK_WRONG_FROM_MS)',
      'Math.abs(paypayAheadMs) >= CLOCK_WRONG_FROM_MS * 1e6)',
    ],
  ),
  bug('refusedRefundIsDone', 'a refund that PayPay refuses is taken for done', [
    payment,
    "refund: { merchantRefundId: fact.data.merchantRefundId, state: 'refused' },\n",
    "refund: { merchantRefundId: fact.data.merchantRefundId, state: 'refused' },\n        settled: 'returned',\n",
  ]),
  bug('refusedCancelIsDone', 'a cancel that PayPay refuses is taken for done', [
    payment,
    "cancel: 'refused',\n",
    "cancel: 'refused',\n        ...(attempt.payment ? { settled: 'returned' as const } : {}),\n",
  ]),
  bug('anyRefusalSeals', 'a cancel that was refused for its form counts as a seal', [
    payment,
    'isSealed: attempt.isSealed || fact.data.aboutPayment',
    'isSealed: true',
  ]),
  bug('oldDeclineIsAReversal', 'a stale decline is taken for a cancel that came through', [
    payment,
    'return payment !== null && cancelSettledAtMs !== null && atMs >= cancelSettledAtMs + STALE_READ_MS',
    'return payment !== null && cancelSettledAtMs !== undefined',
  ]),
  bug('lateMoneyForgotten', 'a payment that turns up after the proof is not seen', [
    payment,
    '        deadAtMs: null,\n        settled: null,\n',
    "        deadAtMs: attempt.deadAtMs,\n        settled: attempt.deadAtMs === null ? null : ('neverPayable' as const),\n",
  ]),
  bug(
    'givenBackUnderANewId',
    'a refund that a person decided on is issued again under another id when its answer is lost',
    [
      exchange,
      'return { merchantRefundId, paymentId, amountYen, reason }',
      'return { merchantRefundId: `${merchantRefundId}-${Math.floor(performance.now() * 1e6)}`, paymentId, amountYen, reason }',
    ],
    [
      moneyBackSteps,
      "if (back.state === 'sent') return watch.unsent ? 'refund' : 'readRefund'",
      "if (back.state === 'sent') return 'refund'",
    ],
  ),
  bug('givenBackWithoutAsking', 'a refund is sent again without asking what became of the first', [
    moneyBackSteps,
    "if (back.state === 'sent') return watch.unsent ? 'refund' : 'readRefund'",
    "if (back.state === 'sent') return 'refund'",
  ]),
  bug('givenBackWhenAccepted', 'a cancel that PayPay has accepted is called done without a read', [
    moneyBackSteps,
    "if (answer.sure === 'known') return { type: 'moneyBackTaken', atMs, data: { ...id, evidence } }",
    "if (answer.sure === 'known') return { type: 'moneyBackDone', atMs, data: { ...id, evidence } }",
  ]),
  bug(
    'cancelledAndRefunded',
    'a cancel that takes its time is followed by a refund, whose refusal is believed',
    [
      moneyBackSteps,
      "if (watch.mustRead || back.state === 'taken') return 'read'",
      "if (watch.mustRead) return 'read'",
    ],
    [
      moneyBackSteps,
      "if (back.state === 'turnedDown') return 'refund'",
      "if (back.state === 'turnedDown' || back.state === 'taken') return 'refund'",
    ],
  ),
  bug('givenBackWithoutIntent', 'money that a person decided on leaves before its way is durable', [
    moneyBackSteps,
    'if (back.way === call) return null',
    'if (back.way !== call) return null',
  ]),
  bug('decisionForgotten', 'the same decision, tapped or sent again, is a second one', [
    decisions,
    'if (state.moneyBacks.some(back => back.decisionId === wish.decisionId)) return ok([])',
    '',
  ]),
  bug(
    'moreThanIsLeft',
    'nobody adds up what was given back already',
    [
      decisions,
      "if (amountYen > possible.leftYen) return fail({ kind: 'aboveWhatIsLeft', leftYen: possible.leftYen })",
      '',
    ],
    [
      moneyBack,
      'if (givenBackYen(state, attempt.merchantPaymentId) + decision.amountYen > attempt.amountYen)',
      'if (decision.amountYen < 0)',
    ],
  ),
  bug('givenBackAfterTheWindow', 'a whole payment is always given back as a cancel', [
    moneyBack,
    "return isWhole && paypayNowMs < cancelUntilMs(attempt) ? 'cancel' : 'refund'",
    "return isWhole || paypayNowMs < 0 ? 'cancel' : 'refund'",
  ]),
  bug(
    'aPartAsACancel',
    'a part is given back with a cancel, which gives back everything',
    [moneyBack, 'const isWhole = amountYen === attempt.amountYen &&', 'const isWhole = amountYen > 0 &&'],
    [
      moneyBack,
      "if (way === 'cancel' && back.amountYen !== attempt?.amountYen)",
      "if (way === 'cancel' && !attempt)",
    ],
  ),
  bug('refusedAndForgotten', 'a refund that PayPay refuses is in front of nobody', [
    moneyBack,
    "if (state === 'refused') return REFUSED_CASE",
    '',
  ]),
  bug('givingBackForgotten', 'money on its way back is not taken up again after a restart', [
    'ledger/projection.ts',
    "row.atLane || row.backs.some(back => back.state === 'underWay')",
    'row.atLane',
  ]),
  bug('refusalBelievedAtOnce', 'a refusal is the last word although a first request may still arrive', [
    moneyBackSteps,
    "back.way === 'refund' && back.state === 'turnedDown' ? watch.settlesAtMs : 0",
    "back.way === 'refund' && back.state === 'turnedDown' ? watch.settlesAtMs * 0 : 0",
  ]),
  bug(
    'decidedBeforePaypaysTime',
    'cancel or refund is chosen before anybody knows what time it is at PayPay',
    [
      driver,
      'this.watch({ merchantPaymentId: fact.data.merchantRefundId }).mustRead = true',
      'this.watch({ merchantPaymentId: fact.data.merchantRefundId }).mustRead = false',
    ],
  ),
  bug('anyReadIsAReversal', 'a part that went back earlier is taken for the one that is on its way', [
    moneyBack,
    'if (!back.cancelSent) return false\n',
    '',
  ]),
  bug('handedOverAndGivenBack', 'goods go out of a hand although their money is on its way back', [
    decisions,
    "if (!attempt || !state.openCase || state.moneyBacks.some(back => back.state !== 'refused'))",
    'if (!attempt || !state.openCase)',
  ]),
  bug(
    'closedWhileItMayBeSent',
    'a manager closes a case whose money may still be sent',
    [moneyBack, '(isOnlyRead(back) && nowMs >= back.stateAtMs + CASE_AFTER_MS)', 'nowMs >= back.decidedAtMs'],
    [moneyBack, 'if (!isOnlyRead(back)) throw', 'if (back.amountYen < 0) throw'],
  ),
  bug(
    'twoDriversForOne',
    'what is still queued with one that is over sends away whoever took the checkout up again',
    [service, 'if (this.#drivers.get(state.checkoutId) === driver) this', 'this'],
    [service, 'ok(left ? [] : [fact])', 'ok(left === undefined ? [] : [fact])'],
  ),
]
