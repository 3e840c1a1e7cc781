import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef } from 'react'
import type { DeskRow, DeskState } from '../../shared/desk.ts'
import { Yen } from '../ui/money.tsx'
import { caseAdvice, caseReason } from './case-words.ts'
import { ageOf, dayInWords, timeOfDay } from './days.ts'
import { Find } from './find.tsx'
import { countOf, isNarrowed, listItems, rowAfter, type Search, stepOf, type Tab, tabs } from './finding.ts'
import { Word } from './shapes.tsx'
import { useDesk } from './text/say.ts'
import { Waiting } from './waiting.tsx'
import './list.css'

const HEIGHTS = { day: 32, row: 60, case: 84, more: 44 } as const

type ListProps = {
  readonly state: DeskState
  readonly search: Search
  readonly onSearch: (search: Search) => void
  /** Null: not here yet. */
  readonly rows: readonly DeskRow[] | null
  /** What the rows were looked for with. */
  readonly settled: Search
  readonly more: boolean
  readonly onMore: () => void
  readonly chosen: string | null
  readonly onChoose: (checkoutId: string) => void
  /** The first one found is wanted. */
  readonly onEnter: () => void
  /** Somebody wants to look for something. */
  readonly onFind: () => void
  /** Chosen by a keyboard that stays in the list. */
  readonly onStep: (checkoutId: string) => void
  readonly now: () => number
  readonly announce: (text: string) => void
}

export function List(props: ListProps): ReactNode {
  const { state, search, onSearch, rows, settled, more, announce } = props
  const { say } = useDesk()
  useEffect(() => {
    if (!rows || (settled.text === '' && !isNarrowed(settled))) return
    announce(say(more ? 'list.foundMore' : 'list.found', { number: rows.length }))
  }, [rows, settled, more, announce, say])
  return (
    <section className="desk-list" aria-label={say('list.title')}>
      <Find
        search={search}
        onSearch={onSearch}
        lanes={state.lanes}
        now={props.now}
        onEnter={props.onEnter}
        onFind={props.onFind}
      />
      <fieldset className="tabs" aria-label={say('list.title')}>
        {(Object.keys(tabs) as Tab[]).map(tab => {
          const number = countOf(tab, state)
          const name = say(tabs[tab].key)
          return (
            <button
              type="button"
              key={tab}
              className={`dbtn ${search.tab === tab ? 'is-on' : ''}`}
              aria-pressed={search.tab === tab}
              onClick={() => onSearch({ ...search, tab })}
            >
              {number === null ? name : say('tab.count', { name, number })}
            </button>
          )
        })}
      </fieldset>
      {rows === null && (
        <p className="list-empty">
          <Waiting>{say('desk.loading')}</Waiting>
        </p>
      )}
      {rows?.length === 0 && <Empty search={settled} />}
      {rows && rows.length > 0 && <Rows {...props} rows={rows} />}
    </section>
  )
}

/** Nothing was found: it says what was looked for. */
function Empty({ search }: { search: Search }): ReactNode {
  const { say } = useDesk()
  if (search.text !== '')
    return (
      <div className="list-empty">
        <p>{say('list.emptyText', { text: search.text })}</p>
        <p className="is-quiet">{say(isNarrowed(search) ? 'list.filtersOn' : 'list.emptyTextHint')}</p>
      </div>
    )
  if (isNarrowed(search)) return <p className="list-empty">{say('list.emptyFilter')}</p>
  if (search.tab === 'all')
    return (
      <div className="list-empty">
        <p>{say('list.emptyAll')}</p>
        <p className="is-quiet">{say('list.emptyAllHint')}</p>
      </div>
    )
  const keys = {
    cases: 'list.emptyCases',
    underWay: 'list.emptyUnderWay',
    returns: 'list.emptyReturns',
  } as const
  return <p className="list-empty">{say(keys[search.tab])}</p>
}

/** Only what can be seen is drawn, however long the history is; more is asked for near the end. */
function Rows(props: ListProps & { readonly rows: readonly DeskRow[] }): ReactNode {
  const { rows, settled, more, onMore, chosen } = props
  const { locale, say } = useDesk()
  const items = useMemo(() => listItems(rows, settled.tab), [rows, settled.tab])
  const scroller = useRef<HTMLDivElement>(null)
  const wantsFocus = useRef(false)
  const virtual = useVirtualizer({
    count: items.length + (more ? 1 : 0),
    getScrollElement: () => scroller.current,
    estimateSize: index => {
      const item = items[index]
      if (!item) return HEIGHTS.more
      if (item.kind === 'day') return HEIGHTS.day
      return item.row.word === 'case' && settled.tab === 'cases' ? HEIGHTS.case : HEIGHTS.row
    },
    getItemKey: index => {
      const item = items[index]
      if (!item) return 'more'
      return item.kind === 'day' ? item.businessDay : item.row.checkoutId
    },
    overscan: 8,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: other heights, and from the top, where something else is looked for
  useEffect(() => {
    virtual.measure()
    virtual.scrollToOffset(0)
  }, [settled])
  const drawn = virtual.getVirtualItems()
  const isNearEnd = (drawn.at(-1)?.index ?? 0) >= items.length - 5
  useEffect(() => {
    if (more && isNearEnd) onMore()
  })
  useEffect(() => {
    if (!wantsFocus.current) return
    // A row that is far away is drawn once the list has been scrolled to it.
    const row = scroller.current?.querySelector<HTMLElement>('[aria-current=true]')
    if (!row) return
    wantsFocus.current = false
    row.focus()
  })
  const step = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / HEIGHTS.row) - 1)
    const far = stepOf(event.key, page)
    if (far === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const row = rowAfter(rows, chosen, far)
    if (!row || row.checkoutId === chosen) return
    wantsFocus.current = true
    virtual.scrollToIndex(items.findIndex(item => item.kind === 'row' && item.row === row))
    props.onStep(row.checkoutId)
  }
  const isChosenDrawn = drawn.some(({ index }) => isRow(items[index], chosen))
  const firstRow = drawn.find(({ index }) => items[index]?.kind === 'row')?.index
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the rows in it
    <div className="rows" ref={scroller} onKeyDown={step}>
      <ul style={{ height: virtual.getTotalSize() }}>
        {drawn.map(({ index, key, start, size }) => {
          const item = items[index]
          const place = { transform: `translateY(${start}px)`, height: size }
          if (!item)
            return (
              <li key={key} className="day" style={place}>
                <Waiting>{say('list.more')}</Waiting>
              </li>
            )
          if (item.kind === 'day') return <Day key={key} {...props} {...item} place={place} locale={locale} />
          return (
            <li key={key} style={place}>
              <Row
                {...props}
                row={item.row}
                isOn={item.row.checkoutId === chosen}
                isReached={isChosenDrawn ? item.row.checkoutId === chosen : index === firstRow}
                tells={settled.tab === 'cases' && item.row.word === 'case'}
              />
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function isRow(item: ReturnType<typeof listItems>[number] | undefined, checkoutId: string | null): boolean {
  return item?.kind === 'row' && item.row.checkoutId === checkoutId
}

type Place = { readonly transform: string; readonly height: number }

function Day({
  businessDay,
  place,
  state: { today },
  locale,
}: ListProps & {
  readonly businessDay: string
  readonly place: Place
  readonly locale: 'ja' | 'en'
}): ReactNode {
  const { say } = useDesk()
  return (
    <li className="day" style={place}>
      <h2>{dayInWords(businessDay, locale)}</h2>
      {today.businessDay === businessDay && (
        <span className="num">{say('list.day', { number: today.sales, amountYen: today.salesYen })}</span>
      )}
    </li>
  )
}

function Row(
  props: ListProps & {
    readonly row: DeskRow
    readonly isOn: boolean
    /** The one row that a keyboard comes to with Tab; the arrows lead to the others. */
    readonly isReached: boolean
    /** Says why a person has to look, how long already, and what to do. */
    readonly tells: boolean
  },
): ReactNode {
  const { row, tells } = props
  const { say } = useDesk()
  const openCase = tells ? row.openCase : null
  const age = openCase && ageOf(openCase.sinceMs, props.now())
  return (
    <button
      type="button"
      className={`row ${openCase ? 'tells' : ''}`}
      data-claim={row.claimNumber}
      aria-current={props.isOn}
      tabIndex={props.isReached ? 0 : -1}
      onClick={() => props.onChoose(row.checkoutId)}
    >
      <span className="time">{timeOfDay(row.startedAtMs)}</span>
      <span className="cl">{row.claimNumber}</span>
      <Word word={row.word} />
      <span className="amt">
        <Yen amount={openCase?.amountYen ?? row.totalYen} />
      </span>
      {openCase && age && (
        <span className="why">
          <span>{caseReason(openCase.why, say)}</span>
          <span>
            {say(age.key, { number: age.number })} ・ {say(caseAdvice(openCase.why))}
          </span>
        </span>
      )}
    </button>
  )
}
