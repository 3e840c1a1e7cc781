import { type ReactNode, useEffect, useRef, useState } from 'react'
import { localText, type Product } from '../../shared/checkout.ts'
import { useText } from '../text/i18n.ts'
import { Foot, Frame, Go, Out, Top } from '../ui/frame.tsx'
import { Yen } from '../ui/money.tsx'
import { Notice } from '../ui/notice.tsx'
import { Stepper } from '../ui/stepper.tsx'
import type { MenuProps } from './props.ts'
import { Tools } from './tools.tsx'

/** Choose: categories, cards, and a bar with what it comes to. */
export function Menu(props: MenuProps): ReactNode {
  const { shop, locale, basket, notice, send } = props
  const say = useText()
  const shelf = useRef<HTMLElement>(null)
  const categories = shop.categories.filter(category =>
    shop.products.some(product => product.categoryId === category.id),
  )
  const [current, setCurrent] = useCurrentCategory(shelf, categories[0]?.id ?? '')
  const show = (categoryId: string): void => {
    setCurrent(categoryId)
    shelf.current?.querySelector(`[data-category="${categoryId}"]`)?.scrollIntoView({ block: 'start' })
  }
  return (
    <Frame kind="frame-menu keep-top">
      <Top shop={shop} locale={locale}>
        <Tools {...props} />
      </Top>
      <nav className={`rail ${categories.length > 5 ? 'is-many' : ''}`} aria-label={say('menu.categories')}>
        {categories.map(category => (
          <button
            type="button"
            key={category.id}
            {...(category.id === current ? { 'aria-current': true as const } : {})}
            onClick={() => show(category.id)}
          >
            {localText(category.names, locale)}
          </button>
        ))}
      </nav>
      <main className="stage shelf" ref={shelf}>
        <h1 className="hidden">{say('menu.title')}</h1>
        <Notice notice={notice} />
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
                  <Card key={product.id} product={product} {...props} />
                ))}
            </ul>
          </section>
        ))}
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
              {basket.count === 0 ? say('menu.empty') : say('menu.count', { count: basket.count })}
            </span>
            {basket.count > 0 && <Yen amount={basket.totalYen} />}
          </div>
        }
        go={
          <Go off={basket.count === 0} onPress={() => send({ type: 'customer.checkOut' })}>
            {say('act.checkOut')}
          </Go>
        }
      />
    </Frame>
  )
}

function Card({ product, cart, locale, send }: MenuProps & { product: Product }): ReactNode {
  const say = useText()
  const name = localText(product.names, locale)
  const count = cart[product.id] ?? 0
  const add = (): void => send({ type: 'customer.add', productId: product.id })
  const kind = product.available ? (count > 0 ? 'is-in' : '') : 'is-out'
  return (
    <li className={`card ${kind}`}>
      <div className="pic">
        {product.image === null ? (
          <Tanzaku name={localText(product.names, 'ja')} />
        ) : (
          <img src={product.image} alt="" loading="lazy" draggable={false} />
        )}
      </div>
      <h3 className="name">{name}</h3>
      <span className="price">
        <Yen amount={product.priceYen} />
      </span>
      {product.available ? (
        <>
          {/* The whole card adds; for keyboards and readers the + beside it is the one control. */}
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

/** No picture: the name hangs as a paper strip, as on a wall of a small restaurant. */
function Tanzaku({ name }: { name: string }): ReactNode {
  const letters = [...name].slice(0, 4)
  return (
    <svg className="tanzaku" viewBox="0 0 320 200" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      <path d="M0 20h320v4H0z" fill="var(--ink)" />
      <path d="M129 22h62v152h-62z" fill="var(--edge)" />
      <path d="M129 17h62v152h-62z" fill="var(--sheet)" />
      {letters.map((letter, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the letters of one name never change places
        <text key={index} x="160" y={52 + index * 35} textAnchor="middle" className="tanzaku-letter">
          {letter}
        </text>
      ))}
    </svg>
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
      const top = root.getBoundingClientRect().top + 80
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
