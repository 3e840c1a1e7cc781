import { type ReactNode, useState } from 'react'
import { localText } from '../../shared/checkout.ts'
import { useText } from '../text/i18n.ts'
import { Foot, Frame, Go, Out, Top } from '../ui/frame.tsx'
import { Yen } from '../ui/money.tsx'
import { Notice } from '../ui/notice.tsx'
import { Stepper } from '../ui/stepper.tsx'
import type { ReviewProps } from './props.ts'

/** Lines that fit without scrolling, by the shape of the screen; a longer order turns pages. */
function linesOnPage(): number {
  const { innerWidth: width, innerHeight: height } = window
  if (height > width) return 6
  return height < 600 ? 3 : 4
}

/** What was chosen, what it comes to, and the tax inside by rate. */
export function Review(props: ReviewProps): ReactNode {
  const { shop, locale, basket, busy, notice, send } = props
  const say = useText()
  const [wanted, setPage] = useState(0)
  const perPage = linesOnPage()
  const pages = Math.max(1, Math.ceil(basket.lines.length / perPage))
  const page = Math.min(wanted, pages - 1)
  return (
    <Frame kind="frame-review">
      <Top shop={shop} locale={locale}>
        <span className="order num">{say('menu.count', { count: basket.count })}</span>
      </Top>
      <main className="stage">
        <div className="review">
          <h1 className="say">{say('review.title')}</h1>
          <div className="lines">
            <ul>
              {basket.lines
                .slice(page * perPage, (page + 1) * perPage)
                .map(({ productId, names, quantity, unitPriceYen, lineYen }) => (
                  <li key={productId ?? 'amount'}>
                    <span className="name">
                      {localText(names, locale)}
                      {quantity > 1 && (
                        <small>
                          <Yen amount={unitPriceYen} /> × {quantity}
                        </small>
                      )}
                    </span>
                    {productId !== null && (
                      <Stepper
                        name={localText(names, locale)}
                        count={quantity}
                        onAdd={() => send({ type: 'customer.add', productId })}
                        onRemove={() => send({ type: 'customer.remove', productId })}
                      />
                    )}
                    <span className="line">
                      <Yen amount={lineYen} />
                    </span>
                  </li>
                ))}
            </ul>
            {pages > 1 && (
              <div className="pages">
                <button
                  type="button"
                  className="btn"
                  aria-disabled={page === 0}
                  onClick={() => setPage(Math.max(0, page - 1))}
                >
                  {say('act.previous')}
                </button>
                <span className="num">{say('review.page', { page: page + 1, pages })}</span>
                <button
                  type="button"
                  className="btn"
                  aria-disabled={page === pages - 1}
                  onClick={() => setPage(Math.min(pages - 1, page + 1))}
                >
                  {say('act.next')}
                </button>
              </div>
            )}
          </div>
          <div className="total">
            <Notice notice={notice} />
            <div className="tax">
              {basket.taxes.map(tax => (
                <div key={tax.ratePercent}>
                  <span>
                    {say('review.rate', { rate: tax.ratePercent })} <Yen amount={tax.totalYen} />
                  </span>
                  <span>
                    {say('review.tax')} <Yen amount={tax.taxYen} />
                  </span>
                </div>
              ))}
            </div>
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
          <Go off={busy} onPress={() => send({ type: 'customer.pay' })}>
            {say('act.pay')}
          </Go>
        }
      />
    </Frame>
  )
}
