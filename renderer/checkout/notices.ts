import type { Failure } from '../../shared/failure.ts'
import type { Notice } from '../screens/props.ts'
import { overCap, soldOut, tooManyOfOne, yenText } from './cart.ts'

/** One sentence for a call that did not work, in the customer's words; the codes stay in the log. */
export function noticeOf(failure: Failure): Notice {
  switch (failure.kind) {
    case 'unknownProduct':
      return { key: 'notice.unknownProduct' }
    case 'unavailableProduct':
      return soldOut()
    case 'priceChanged':
      return { key: 'notice.priceChanged' }
    case 'emptyCart':
      return { key: 'notice.emptyCart' }
    case 'tooManyOfOne':
      return tooManyOfOne(failure.maxQuantity)
    case 'amountTooSmall':
      return { key: 'notice.amountTooSmall', values: { min: yenText(failure.minYen) } }
    case 'amountOverCap':
      return overCap(failure.capYen)
    case 'laneClosed':
      return { key: 'notice.closed' }
    case 'laneBusy':
    case 'wrongTill':
    case 'unknownCheckout':
    case 'notNow':
      return { key: 'notice.notNow' }
    case 'hostAway':
      return { key: 'notice.hostAway' }
    case 'badInput':
    case 'unknownMethod':
      return { key: 'notice.internal', values: { reference: failure.kind } }
    case 'internal':
      return { key: 'notice.internal', values: { reference: failure.reference } }
    default:
      return failure satisfies never
  }
}

/** True when the failure shows that the screen's list of products is an old one. */
export function tellsOfOldShop(failure: Failure): boolean {
  return (
    failure.kind === 'priceChanged' ||
    failure.kind === 'unknownProduct' ||
    failure.kind === 'unavailableProduct' ||
    failure.kind === 'tooManyOfOne' ||
    failure.kind === 'amountOverCap' ||
    failure.kind === 'wrongTill'
  )
}
