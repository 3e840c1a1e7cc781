import type { ReactNode } from 'react'
import type { LaneReturn } from '../../shared/checkout.ts'
import type { ScreenProps } from '../screens/props.ts'
import { useText } from '../text/i18n.ts'
import { Icon } from './icons.tsx'
import { yenText } from './money.tsx'
import './returns-note.css'

/**
 * What staff gave back of late: a slip with number and amount, for a customer who is still near and whom PayPay does not tell.
 * `most`: lines that there is room for; the next ones come up when these are put away.
 */
export function ReturnsNote(props: {
  returns: readonly LaneReturn[]
  most: 1 | 2
  send: ScreenProps['send']
}): ReactNode {
  const say = useText()
  const shown = props.returns.slice(0, props.most)
  return (
    <div className={`returns ${shown.length === 0 ? 'is-empty' : ''}`}>
      {/* It stays without words, so that a reader hears the next ones. */}
      <div role="status">
        {shown.map(({ returnId, claimNumber, amountYen, state }) => (
          <p className={`num ${state}`} key={returnId}>
            <Icon name={state === 'confirmed' ? 'check' : 'back'} />
            <span>{say(`returns.${state}`, { number: claimNumber, amount: yenText(amountYen) })}</span>
          </p>
        ))}
      </div>
      {shown.length > 0 && (
        <button
          type="button"
          className="btn"
          aria-label={say('returns.putAway')}
          onClick={() => props.send({ type: 'customer.putAwayReturns', returns: shown })}
        >
          <Icon name="cross" />
        </button>
      )}
    </div>
  )
}
