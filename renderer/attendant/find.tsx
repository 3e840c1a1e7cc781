import { type ReactNode, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { localInputOf, msOfLocalInput } from './days.ts'
import { isNarrowed, type Search } from './finding.ts'
import { Pad } from './pad.tsx'
import { Mark } from './shapes.tsx'
import { useDesk } from './text/say.ts'
import './find.css'

/** The search box, which `/` leads to from anywhere, number keys for a till without a keyboard, and behind a quiet button the rest. */
export function Find(props: {
  readonly search: Search
  readonly onSearch: (search: Search) => void
  readonly lanes: readonly string[]
  readonly now: () => number
  /** The first one found is wanted. */
  readonly onEnter: () => void
  /** Somebody wants to look for something. */
  readonly onFind: () => void
}): ReactNode {
  const { search, onSearch } = props
  const { say } = useDesk()
  const field = useRef<HTMLInputElement>(null)
  const [open, setOpen] = useState<'digits' | 'filters' | null>(null)
  useSlash(field, props.onFind)
  const toggle = (which: 'digits' | 'filters') => () => setOpen(open === which ? null : which)
  return (
    <search className="finding">
      <div className="find">
        <label>
          <Mark name="find" />
          <span className="hidden">{say('list.find')}</span>
          <input
            ref={field}
            type="text"
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            placeholder={say('list.find')}
            value={search.text}
            onChange={event => onSearch({ ...search, text: event.target.value })}
            onKeyDown={event => {
              if (event.key === 'Enter') props.onEnter()
              if (event.key !== 'Escape' || search.text === '') return
              event.preventDefault()
              onSearch({ ...search, text: '' })
            }}
          />
        </label>
        {search.text === '' ? (
          <kbd title={say('list.findKey')}>/</kbd>
        ) : (
          <button
            type="button"
            className="dbtn bare"
            aria-label={say('list.clear')}
            onClick={() => {
              onSearch({ ...search, text: '' })
              field.current?.focus()
            }}
          >
            <Mark name="cross" />
          </button>
        )}
        <button
          type="button"
          className="dbtn bare"
          aria-label={say('list.digits')}
          aria-expanded={open === 'digits'}
          onClick={toggle('digits')}
        >
          <Mark name="digits" />
        </button>
        <button
          type="button"
          className={`dbtn bare ${isNarrowed(search) ? 'is-on' : ''}`}
          aria-label={say(isNarrowed(search) ? 'list.filtersOn' : 'list.filters')}
          aria-expanded={open === 'filters'}
          onClick={toggle('filters')}
        >
          <Mark name="filter" />
        </button>
      </div>
      {open === 'digits' && (
        <Pad digits={search.text} most={20} onDigits={text => onSearch({ ...search, text })} />
      )}
      {open === 'filters' && <Filters {...props} />}
    </search>
  )
}

function Filters({
  search,
  onSearch,
  lanes,
  now,
}: {
  readonly search: Search
  readonly onSearch: (search: Search) => void
  readonly lanes: readonly string[]
  readonly now: () => number
}): ReactNode {
  const { say } = useDesk()
  /** From the first minute of the day so many days ago, to the end of one. */
  const days = (fromDaysAgo: number, toDaysAgo: number) => () => {
    const startMs = Date.parse(`${localInputOf(now()).slice(0, 10)}T00:00:00+09:00`)
    const dayMs = 86_400_000
    const fromMs = startMs - fromDaysAgo * dayMs
    onSearch({ ...search, fromMs, toMs: startMs - toDaysAgo * dayMs + dayMs - 1 })
  }
  const time = (which: 'fromMs' | 'toMs') => (
    <label>
      <span>{say(which === 'fromMs' ? 'list.from' : 'list.to')}</span>
      <input
        type="datetime-local"
        className="text-field"
        value={search[which] === null ? '' : localInputOf(search[which])}
        onChange={event => onSearch({ ...search, [which]: msOfLocalInput(event.target.value) })}
      />
    </label>
  )
  return (
    <div className="filters">
      <label>
        <span>{say('list.lane')}</span>
        <select
          className="text-field"
          value={search.lane ?? ''}
          onChange={event => onSearch({ ...search, lane: event.target.value || null })}
        >
          <option value="">{say('list.everyLane')}</option>
          {lanes.map(lane => (
            <option key={lane} value={lane}>
              {lane}
            </option>
          ))}
        </select>
      </label>
      <div className="quick">
        <button type="button" className="dbtn" onClick={days(0, 0)}>
          {say('list.today')}
        </button>
        <button type="button" className="dbtn" onClick={days(1, 1)}>
          {say('list.yesterday')}
        </button>
        <button type="button" className="dbtn" onClick={days(6, 0)}>
          {say('list.week')}
        </button>
      </div>
      {time('fromMs')}
      {time('toMs')}
      <button
        type="button"
        className="dbtn"
        onClick={() => onSearch({ ...search, lane: null, fromMs: null, toMs: null })}
      >
        {say('list.noFilter')}
      </button>
    </div>
  )
}

/** `/` leads to the field, unless somebody is writing elsewhere. */
function useSlash(field: { readonly current: HTMLInputElement | null }, onFind: () => void) {
  const find = useRef(onFind)
  find.current = onFind
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.target instanceof HTMLElement && event.target.matches('input:not([readonly]), textarea'))
        return
      event.preventDefault()
      // On a narrow screen the list has to come up first; a frame later, what a quick hand types next would be lost.
      flushSync(() => find.current())
      field.current?.focus()
      field.current?.select()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [field])
}
