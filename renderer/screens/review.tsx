import { type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { type CheckoutLine, localText } from '../../shared/checkout.ts'
import { useText } from '../text/i18n.ts'
import { canBeCounted, countInWords } from '../ui/basket.ts'
import { Go, Out } from '../ui/button.tsx'
import { Foot, Frame, Top } from '../ui/frame.tsx'
import { Yen } from '../ui/money.tsx'
import { Notice } from '../ui/notice.tsx'
import { Pages } from '../ui/pages.tsx'
import { Stepper } from '../ui/stepper.tsx'
import type { Basket, ReviewProps } from './props.ts'
import './review.css'

/** So many lines may stand further apart; by the whole order, so that all its pages are alike. */
const FEW = 4

/** What was chosen, what it comes to, and the tax inside by rate. An order longer than the screen turns pages. */
export function Review(props: ReviewProps): ReactNode {
  const { shop, locale, basket, busy, notice, send } = props
  const say = useText()
  const list = useRef<HTMLUListElement>(null)
  const perPage = useRowsThatFit(list)
  const [wanted, setPage] = useState(0)
  const pages = Math.max(1, Math.ceil(basket.lines.length / perPage))
  const page = Math.min(wanted, pages - 1)
  return (
    <Frame kind="frame-review">
      <Top shop={shop} locale={locale}>
        {canBeCounted(basket.lines) && <span className="order">{countInWords(basket.count, say)}</span>}
      </Top>
      <main className="stage">
        <div className="review">
          <div className="heading">
            <h1 className="say">{say('review.title')}</h1>
            {pages > 1 && <Pages page={page} pages={pages} onTurn={setPage} />}
          </div>
          <ul className={`lines ${basket.lines.length > FEW ? 'is-many' : ''}`} ref={list}>
            {basket.lines.slice(page * perPage, (page + 1) * perPage).map(line => (
              <Line key={line.productId ?? 'amount'} line={line} {...props} />
            ))}
          </ul>
          <Notice notice={notice} />
          <div className="total">
            <Taxes basket={basket} />
            <div className="sumrow">
              <span>{say('review.total')}</span>
              <Yen amount={basket.totalYen} large />
            </div>
          </div>
        </div>
      </main>
      <Foot
        screen={props}
        out={
          <Out icon="back" onPress={() => send({ type: 'customer.back' })}>
            {say('act.back')}
          </Out>
        }
        go={
          <Go waiting={busy} onPress={() => send({ type: 'customer.pay' })}>
            {say(busy ? 'act.busy' : 'act.pay')}
          </Go>
        }
      />
    </Frame>
  )
}

/** More letters than this are written smaller, in two lines. */
const SHORT_NAME = 14

function Line({ line, locale, send }: ReviewProps & { line: CheckoutLine }): ReactNode {
  const { productId, names, quantity, unitPriceYen, lineYen } = line
  const name = localText(names, locale)
  const letters = [...name].reduce((sum, letter) => sum + (letter > '\u2e80' ? 1 : 0.55), 0)
  return (
    <li>
      <span className={`name ${letters > SHORT_NAME ? 'is-long' : ''}`}>
        <span>{name}</span>
        {quantity > 1 && (
          <small>
            <Yen amount={unitPriceYen} /> × {quantity}
          </small>
        )}
      </span>
      {productId !== null && (
        <Stepper
          name={name}
          count={quantity}
          onAdd={() => send({ type: 'customer.add', productId })}
          onRemove={() => send({ type: 'customer.remove', productId })}
        />
      )}
      <span className="line">
        <Yen amount={lineYen} />
      </span>
    </li>
  )
}

/** From here on rate and tax do not stand in one line of the panel; then they do so for no rate. */
const LONG_YEN = 10_000

function Taxes({ basket }: { basket: Basket }): ReactNode {
  const say = useText()
  return (
    <div className={`taxes ${basket.taxes.some(tax => tax.totalYen >= LONG_YEN) ? 'is-long' : ''}`}>
      {basket.taxes.map(tax => (
        <p key={tax.ratePercent}>
          <span>
            {say('review.rate', { rate: tax.ratePercent })} <Yen amount={tax.totalYen} />
          </span>
          <span>
            {say('review.tax')} <Yen amount={tax.taxYen} />
          </span>
        </p>
      ))}
    </div>
  )
}

/** How many rows the list has room for. All rows are of one height, so the first one tells. */
function useRowsThatFit(list: RefObject<HTMLElement | null>): number {
  const [rows, setRows] = useState(3)
  // After every drawing: a larger text or another language changes the room.
  useLayoutEffect(() => {
    const row = list.current?.firstElementChild?.getBoundingClientRect().height ?? 0
    const room = list.current?.clientHeight ?? 0
    if (row > 0) setRows(Math.max(1, Math.floor((room + 1) / row)))
  })
  return rows
}
