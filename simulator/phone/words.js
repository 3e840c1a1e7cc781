// What the phone says, in Japanese and English. Pure: a code as the simulator gives it goes in, words come out.

/** The truth about the money, as the simulator has it on its book now. */
export function resultOf(code, refusal) {
  if (code.paid && code.cancelled && code.status === 'COMPLETED')
    return {
      seal: 'returned',
      title: 'お金が戻ります',
      amountYen: code.amount,
      words: ['お店が取り消しました。', 'Cancelled by the shop; on its way back.'],
    }
  if (code.paid && code.status === 'FAILED')
    return {
      seal: 'returned',
      title: 'お金が戻りました',
      amountYen: code.amount,
      words: ['お店が取り消しました。', 'Cancelled by the shop.'],
    }
  if (code.status === 'CANCELED' || code.status === 'EXPIRED')
    return {
      seal: 'returned',
      title: 'お金が戻りました',
      amountYen: code.amount,
      words:
        code.status === 'EXPIRED'
          ? ['お店が受け取らないまま期限が過ぎました。', 'Never captured by the shop, and expired.']
          : ['お店が取り消しました。', 'Released by the shop.'],
    }
  if (code.status === 'AUTHORIZED')
    return {
      seal: 'stamped',
      title: '支払いを受け付けました',
      amountYen: code.amount,
      words: refusal ?? [
        `${shopOf(code)}が確定するまで、お金は確保されています。`,
        'Held until the shop captures it.',
      ],
    }
  if (code.refundedYen > 0)
    return {
      seal: 'returned',
      title: 'お金が戻りました',
      amountYen: code.refundedYen,
      words: ['お店が返金しました。', 'Refunded by the shop.'],
    }
  if (code.paid)
    return {
      seal: 'stamped',
      title: 'お支払いが済みました',
      amountYen: code.amount,
      words: refusal ?? [shopOf(code), 'Paid.'],
    }
  const reason = code.deleted ? 'deleted' : code.status === 'FAILED' ? 'declinedForGood' : 'expired'
  return {
    seal: 'nothing',
    title: 'お金は引かれていません',
    amountYen: null,
    words: refusal ?? refusals[reason],
  }
}

/** What a code's row says, as a shape and in words. */
export function conditionOf(code, leftMs) {
  const isBack = code.status === 'CANCELED' || code.status === 'EXPIRED'
  if (isBack || code.refundedYen > 0 || (code.paid && code.cancelled)) return { shape: 'back', words: '返金' }
  if (code.paid) return { shape: 'done', words: '支払い済み' }
  if (code.status === 'FAILED' && !code.live) return { shape: 'none', words: '不成立' }
  if (code.deleted) return { shape: 'none', words: '取り消し' }
  if (code.expired || leftMs === 0) return { shape: 'none', words: '期限切れ' }
  return { shape: 'live', words: `のこり ${clockOf(leftMs)}` }
}

/** Why nothing was charged. */
export const refusals = {
  declined: ['お支払いが完了しませんでした。', 'The payment did not go through.'],
  declinedForGood: [
    'このコードではもう払えません。レジで新しいコードを出してください。',
    'This code was declined and cannot be paid again.',
  ],
  deleted: ['レジがこのコードを取り消しました。', 'The till has deleted this code.'],
  expired: ['このコードは期限が切れました。', 'This code has expired.'],
  alreadyPaid: ['このコードは支払い済みです。', 'This code was paid already.'],
  unknownCode: ['このコードは見つかりません。', 'There is no such code.'],
}

export const shopOf = code => code.storeInfo ?? code.storeId ?? 'お店'

export function clockOf(ms) {
  const seconds = Math.ceil(ms / 1_000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
