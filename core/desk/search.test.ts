import { expect, it } from 'vitest'
import { keysOf } from './search.ts'

it.each([
  ['', null],
  ['   ', null],
  ['012', [{ by: 'claimNumber', claimNumber: 12 }]],
  [
    '１２',
    [
      { by: 'claimNumber', claimNumber: 12 },
      { by: 'totalYen', totalYen: 12 },
    ],
  ],
  [
    '680',
    [
      { by: 'claimNumber', claimNumber: 680 },
      { by: 'totalYen', totalYen: 680 },
    ],
  ],
  ['¥680', [{ by: 'totalYen', totalYen: 680 }]],
  ['¥1,240', [{ by: 'totalYen', totalYen: 1240 }]],
  ['1240円', [{ by: 'totalYen', totalYen: 1240 }]],
  ['000', []],
  ['KAIKEI-R1:3fa2b1c4d5e6f70812345678', [{ by: 'checkoutId', checkoutId: '3fa2b1c4d5e6f70812345678' }]],
  ['kaikei-r1:abc', [{ by: 'checkoutId', checkoutId: 'abc' }]],
  ['唐揚げ', []],
  ["'; DROP TABLE facts; --", []],
])('"%s" is looked for as %j', (text, keys) => {
  expect(keysOf(text)).toEqual(keys)
})

it('PayPay’s id and ours are looked for as ids, in full', () => {
  expect(keysOf('02857391648205713664')).toContainEqual({
    by: 'paymentId',
    paymentId: '02857391648205713664',
  })
  expect(keysOf('3fa2b1c4d5e6f70812345678-1')).toEqual([
    { by: 'merchantPaymentId', merchantPaymentId: '3fa2b1c4d5e6f70812345678-1' },
    { by: 'checkoutId', checkoutId: '3fa2b1c4d5e6f70812345678-1' },
  ])
})
