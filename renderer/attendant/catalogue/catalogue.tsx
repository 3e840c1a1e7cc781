import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useMemo, useState } from 'react'
import { localText } from '../../../shared/checkout.ts'
import type { DeskFailure } from '../../../shared/desk.ts'
import { yen } from '../../../shared/money.ts'
import type { CatalogueDocument, ProductEntry } from '../../../shared/shopDocuments.ts'
import { Yen } from '../../ui/money.tsx'
import { Mark } from '../shapes.tsx'
import { useDesk } from '../text/say.ts'
import type { UpkeepProps } from '../upkeep/pages.tsx'
import { NotYet, Told, toldOf } from '../upkeep/parts.tsx'
import { Categories } from './categories.tsx'
import { draftOf, newDraft } from './draft.ts'
import { MoveButtons, useFocusOnMove } from './move-buttons.tsx'
import { inMenuOrder, moved, shareCategory } from './order.ts'
import { ProductForm } from './product.tsx'
import './catalogue.css'

const ROW_PX = 64

type Chosen =
  | { readonly kind: 'product'; readonly id: string }
  | { readonly kind: 'new' }
  | { readonly kind: 'categories' }

/** Whole documents go in, each with the revision that was read; who is late is told. */
export type SaveCatalogue = (document: CatalogueDocument) => Promise<DeskFailure | null>

/** What is sold: the list with one tap for sold out, and the product in hand. */
export function CataloguePage({ client, announce }: UpkeepProps): ReactNode {
  const { locale, say } = useDesk()
  const queries = useQueryClient()
  const asked = useQuery({ queryKey: ['catalogue'], queryFn: () => client.ask('getCatalogue', {}) })
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [view, setView] = useState<'list' | 'one'>('list')
  const [told, setTold] = useState<Told | null>(null)
  const [isMoving, setMoving] = useState(false)
  const edition = asked.data
  if (!edition) return <NotYet error={asked.error} />
  const { document } = edition
  const [first] = inMenuOrder(document)
  const now: Chosen = chosen ?? (first ? { kind: 'product', id: first.id } : { kind: 'new' })
  const product = now.kind === 'product' ? (document.products.find(one => one.id === now.id) ?? null) : null

  const save: SaveCatalogue = async changed => {
    const answer = await client.call('setCatalogue', { revision: edition.revision, document: changed })
    await queries.invalidateQueries({ queryKey: ['catalogue'] })
    if (!answer.ok) return answer.failure
    announce(say('up.saved'))
    return null
  }
  const toggle = async (one: ProductEntry): Promise<void> => {
    const products = document.products.map(other =>
      other.id === one.id ? { ...other, available: !other.available } : other,
    )
    const failure = await save({ ...document, products })
    setTold(failure && toldOf(failure))
  }
  /** One at a time: the next press needs the revision that this one makes. */
  const move = async (one: ProductEntry, by: -1 | 1): Promise<void> => {
    if (isMoving) return
    setMoving(true)
    const products = moved(document.products, one.id, by, shareCategory)
    const failure = await save({ ...document, products }).finally(() => setMoving(false))
    setTold(failure && toldOf(failure))
    const place = products.filter(other => shareCategory(other, one)).findIndex(other => other.id === one.id)
    if (!failure) announce(say('cat.moved', { name: localText(one.names, locale), place: place + 1 }))
  }
  const choose = (next: Chosen): void => {
    setChosen(next)
    setView('one')
  }
  const back = (
    <button type="button" className="dbtn quiet one-back" onClick={() => setView('list')}>
      <Mark name="left" />
      {say('cat.products')}
    </button>
  )
  return (
    <div className="upkeep-two" data-view={view}>
      <section className="upkeep-list" aria-label={say('cat.products')}>
        <Products
          document={document}
          chosen={product?.id ?? null}
          onChoose={id => choose({ kind: 'product', id })}
          onToggle={one => {
            toggle(one).catch(() => {})
          }}
          onMove={(one, by) => {
            move(one, by).catch(() => {})
          }}
          onAdd={() => choose({ kind: 'new' })}
          onCategories={() => choose({ kind: 'categories' })}
          fault={edition.fault}
        />
        <Told told={told} isAsking={false} />
      </section>
      <div className="upkeep-form" key={now.kind === 'product' ? now.id : now.kind}>
        {now.kind === 'categories' ? (
          <Categories document={document} onSave={save} back={back} />
        ) : (
          <ProductForm
            client={client}
            document={document}
            start={product ? draftOf(product) : newDraft(document)}
            isNew={product === null}
            onSave={save}
            onDone={id => setChosen(id === null ? null : { kind: 'product', id })}
            back={back}
          />
        )}
      </div>
    </div>
  )
}

function Products(props: {
  readonly document: CatalogueDocument
  readonly chosen: string | null
  readonly fault: string | null
  readonly onChoose: (id: string) => void
  readonly onToggle: (product: ProductEntry) => void
  readonly onMove: (product: ProductEntry, by: -1 | 1) => void
  readonly onAdd: () => void
  readonly onCategories: () => void
}): ReactNode {
  const { document, chosen } = props
  const { locale, say } = useDesk()
  const [text, setText] = useState('')
  const listed = useMemo(() => inMenuOrder(document), [document])
  const wanted = text.normalize('NFKC').trim().toLowerCase()
  const found = useMemo(
    () =>
      listed.filter(product =>
        [product.id, ...Object.values(product.names)].some(name =>
          (name ?? '').normalize('NFKC').toLowerCase().includes(wanted),
        ),
      ),
    [listed, wanted],
  )
  const { list: scroller, note } = useFocusOnMove()
  const virtual = useVirtualizer({
    count: found.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: index => found[index]?.id ?? index,
    overscan: 6,
  })
  return (
    <>
      <div className="upkeep-tools">
        <h2 className="hidden">{say('cat.products')}</h2>
        {props.fault && <p className="upkeep-note is-alarm">{say('up.byHand', { says: props.fault })}</p>}
        <input
          type="search"
          className="text-field"
          aria-label={say('cat.find')}
          placeholder={say('cat.find')}
          value={text}
          onChange={event => setText(event.target.value)}
        />
        <p className="field-hint">{say('cat.orderHint')}</p>
        <div className="pick">
          <button type="button" className="dbtn" data-add onClick={props.onAdd}>
            {say('cat.add')}
          </button>
          <button type="button" className="dbtn" data-categories onClick={props.onCategories}>
            {say('cat.categories')}
          </button>
        </div>
      </div>
      {found.length === 0 && <p className="list-empty">{say('cat.nothing')}</p>}
      <div className="rows" ref={scroller}>
        <ul style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, key, start, size }) => {
            const product = found[index]
            if (!product) return null
            const name = localText(product.names, locale)
            const row = listed.filter(one => shareCategory(one, product))
            const state = say(product.available ? 'cat.available' : 'cat.soldOut')
            return (
              <li
                key={key}
                className="product-row"
                style={{ transform: `translateY(${start}px)`, height: size }}
              >
                <button
                  type="button"
                  className="row"
                  data-product={product.id}
                  aria-current={product.id === chosen}
                  onClick={() => props.onChoose(product.id)}
                >
                  <span className="one-name">{name}</span>
                  <span className="amt">
                    <Yen amount={yen(product.priceYen)} />
                  </span>
                </button>
                <MoveButtons
                  id={product.id}
                  name={name}
                  at={row.indexOf(product)}
                  count={row.length}
                  onMove={(id, by) => {
                    note(id, by)
                    props.onMove(product, by)
                  }}
                />
                <button
                  type="button"
                  role="switch"
                  className={`dbtn toggle ${product.available ? '' : 'is-off'}`}
                  aria-checked={product.available}
                  aria-label={say('cat.toggle', { name, state })}
                  onClick={() => props.onToggle(product)}
                >
                  {state}
                </button>
              </li>
            )
          })}
        </ul>
      </div>
    </>
  )
}
