import { type ReactNode, useEffect, useRef, useState } from 'react'
import { localText } from '../../shared/checkout.ts'
import { useText } from '../text/i18n.ts'
import { countInWords } from '../ui/basket.ts'
import { Go, Out } from '../ui/button.tsx'
import { Foot, Frame, Top } from '../ui/frame.tsx'
import { Yen } from '../ui/money.tsx'
import { Notice } from '../ui/notice.tsx'
import { ReturnsNote } from '../ui/returns-note.tsx'
import { Card } from './card.tsx'
import type { MenuProps } from './props.ts'
import { Tools } from './tools.tsx'
import './menu.css'

/** Choose: categories, cards, and a bar with what it comes to. */
export function Menu(props: MenuProps): ReactNode {
  const { shop, locale, basket, cart, notice, returns, send } = props
  const say = useText()
  const shelf = useRef<HTMLElement>(null)
  const rail = useRef<HTMLElement>(null)
  const categories = shop.categories.filter(category =>
    shop.products.some(product => product.categoryId === category.id),
  )
  const [current, setCurrent] = useCurrentCategory(shelf, categories[0]?.id ?? '')
  useEffect(() => {
    const button = rail.current?.querySelector(`[data-shows="${CSS.escape(current)}"]`)
    button?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [current])
  const show = (categoryId: string): void => {
    setCurrent(categoryId)
    const part = shelf.current?.querySelector(`[data-category="${CSS.escape(categoryId)}"]`)
    part?.scrollIntoView({ block: 'start' })
  }
  return (
    <Frame kind="frame-menu">
      <Top shop={shop} locale={locale}>
        <Tools {...props} />
      </Top>
      <nav
        className={`rail ${categories.length > 5 ? 'is-many' : ''}`}
        aria-label={say('menu.categories')}
        ref={rail}
      >
        {categories.map(category => (
          <button
            type="button"
            key={category.id}
            data-shows={category.id}
            {...(category.id === current ? { 'aria-current': true as const } : {})}
            onClick={() => show(category.id)}
          >
            <span>{localText(category.names, locale)}</span>
          </button>
        ))}
      </nav>
      <main className="stage shelf" ref={shelf}>
        <h1 className="hidden">{say('menu.title')}</h1>
        {categories.map(category => (
          <section
            key={category.id}
            data-category={category.id}
            aria-label={localText(category.names, locale)}
          >
            <h2>{localText(category.names, locale)}</h2>
            <ul className="goods">
              {shop.products
                .filter(product => product.categoryId === category.id)
                .map(product => (
                  <Card
                    key={product.id}
                    product={product}
                    count={cart[product.id] ?? 0}
                    locale={locale}
                    send={send}
                  />
                ))}
            </ul>
          </section>
        ))}
        <div className="panel-tools">
          <Tools {...props} />
        </div>
      </main>
      <Foot
        screen={props}
        className="menu-foot"
        out={
          <Out icon="restart" onPress={() => send({ type: 'customer.finish' })}>
            {say('act.startOver')}
          </Out>
        }
        sum={
          <div className="sum">
            <span className="count num">
              {basket.count === 0 ? say('menu.empty') : countInWords(basket.count, say)}
            </span>
            {basket.count > 0 && <Yen amount={basket.totalYen} />}
          </div>
        }
        go={
          <Go off={basket.count === 0} onPress={() => send({ type: 'customer.checkOut' })}>
            {say('act.checkOut')}
          </Go>
        }
      >
        <Notice notice={notice} />
        {/* A notice lies at the same place, and answers a finger. */}
        <ReturnsNote returns={notice ? [] : returns} most={1} send={send} />
      </Foot>
    </Frame>
  )
}

/** The category whose part of the shelf is at the top. */
function useCurrentCategory(
  shelf: React.RefObject<HTMLElement | null>,
  first: string,
): [string, (id: string) => void] {
  const [current, setCurrent] = useState(first)
  useEffect(() => {
    const root = shelf.current
    if (!root) return undefined
    const follow = (): void => {
      // What is left of a category above the next one's headline is not what is being looked at.
      const top = root.getBoundingClientRect().top + Math.max(80, root.clientHeight / 5)
      const parts = [...root.querySelectorAll<HTMLElement>('[data-category]')]
      const at = parts.findLast(part => part.getBoundingClientRect().top <= top) ?? parts[0]
      const ended = root.scrollTop + root.clientHeight >= root.scrollHeight - 2
      const category = (ended && root.scrollTop > 0 ? parts.at(-1) : at)?.dataset.category
      if (category) setCurrent(category)
    }
    root.addEventListener('scrollend', follow)
    return () => root.removeEventListener('scrollend', follow)
  }, [shelf])
  return [current, setCurrent]
}
