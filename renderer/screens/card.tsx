import { type ReactNode, useState } from 'react'
import { type Locale, localText, type Product } from '../../shared/checkout.ts'
import type { CustomerEvent } from '../checkout/events.ts'
import { useText } from '../text/i18n.ts'
import { Yen } from '../ui/money.tsx'
import { Stepper } from '../ui/stepper.tsx'
import { Strip } from '../ui/strip.tsx'
import './card.css'

/** Five figures and a stepper do not fit in one line of a card of three in a row. */
const DEAR_YEN = 10_000

/** A product. The whole card adds one; one that is chosen has an indigo edge. */
export function Card(props: {
  product: Product
  count: number
  locale: Locale
  send: (event: CustomerEvent) => void
}): ReactNode {
  const { product, count, locale, send } = props
  const say = useText()
  // A picture that does not load is as good as none; a browser's sign for it is nothing for a counter.
  const [missing, setMissing] = useState<string | null>(null)
  const name = localText(product.names, locale)
  const add = (): void => send({ type: 'customer.add', productId: product.id })
  const kind = product.available ? (count > 0 ? 'is-in' : '') : 'is-out'
  const isDear = product.priceYen >= DEAR_YEN
  return (
    <li className={`card ${kind} ${isDear ? 'is-dear' : ''}`}>
      <div className="pic">
        {product.image === null || product.image === missing ? (
          <Strip name={product.names.ja} />
        ) : (
          <img
            src={product.image}
            alt=""
            loading="lazy"
            draggable={false}
            onError={() => setMissing(product.image)}
          />
        )}
      </div>
      <h3 className="name">
        <span>{name}</span>
      </h3>
      <span className="price">
        <Yen amount={product.priceYen} />
      </span>
      {product.available ? (
        <>
          {/* The whole card adds; for keyboards and readers the + on it is the one control. */}
          <button type="button" className="card-hit" tabIndex={-1} aria-hidden="true" onClick={add} />
          <Stepper
            name={name}
            count={count}
            onAdd={add}
            onRemove={() => send({ type: 'customer.remove', productId: product.id })}
          />
        </>
      ) : (
        <span className="gone">{say('menu.soldOut')}</span>
      )}
    </li>
  )
}
