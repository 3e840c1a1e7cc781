import { no, type Rows } from './row.ts'

/** Answers about cashback. */
export const giftRows: Rows = {
  NOT_ENOUGH_MONEY: {
    ...no(
      // PayPay answers it with 200 (its PHP SDK's recorded answers): the read worked, the cashback failed.
      [200],
      [],
      'The budget of the campaign does not cover this cashback, so it failed. Raise the budget, then give it with a new merchantCashbackId.',
    ),
    codeIds: { WAL_500017: null },
  },
}
