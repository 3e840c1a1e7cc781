import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { localText } from '../../shared/checkout.ts'
import type { DeskCheckout, DeskFailure } from '../../shared/desk.ts'
import { Bar, saidOf } from './bar.tsx'
import { type DeskClient, Refusal } from './client.ts'
import { useSettled } from './clocks.ts'
import { DayPage } from './day/day.tsx'
import type { Decisions } from './decisions.ts'
import { DELAYS } from './delays.ts'
import { EVERYTHING, inOrder, pageWanted, type Search, searchedText } from './finding.ts'
import { closeByEscape, useKeyboardsPlace } from './keys.ts'
import { List } from './list.tsx'
import { MoneyBack } from './money-back.tsx'
import { One } from './one.tsx'
import type { PageId } from './pages.ts'
import { useDesk } from './text/say.ts'
import { UpkeepPage } from './upkeep/pages.tsx'
import { Waiting } from './waiting.tsx'
import './desk.css'

type DeskProps = {
  readonly client: DeskClient
  readonly decisions: Decisions
  readonly customerIsPaying: boolean
  readonly now: () => number
  readonly onLocale: (locale: 'ja' | 'en') => void
  /** Back to the customer's screen; the session ends. */
  readonly onLeave: () => void
}

/** The list on the left, the one thing on the right. On a narrow screen one of the two, with a way back. */
export function Desk(props: DeskProps): ReactNode {
  const { client, decisions, now } = props
  const { locale, say } = useDesk()
  const live = useRef<HTMLParagraphElement>(null)
  const announce = useCallback((text: string) => {
    if (live.current) live.current.textContent = text
  }, [])
  const [page, setPage] = useState<PageId>('checkouts')
  const [view, setView] = useState<'list' | 'one'>('list')
  const [search, setSearch] = useState<Search>(EVERYTHING)
  const asked = useMemo(() => ({ ...search, text: searchedText(search.text) }), [search])
  const settled = useSettled(asked, DELAYS.searchMs)
  const queries = useQueryClient()
  const stayedAtMs = useRef(performance.now())
  const stands = useKeyboardsPlace()

  const state = useQuery({
    queryKey: ['desk'],
    queryFn: () => client.ask('getDesk', {}),
    refetchInterval: DELAYS.lookMs,
    refetchIntervalInBackground: true,
  })
  const found = useInfiniteQuery({
    queryKey: ['rows', settled],
    queryFn: ({ pageParam }) => client.ask('findCheckouts', pageWanted(settled, pageParam)),
    initialPageParam: null as number | null,
    getNextPageParam: page => page.next,
    refetchInterval: whileItFails,
  })
  const rows = useMemo(() => {
    const every = found.data?.pages.flatMap(page => page.rows)
    return every ? inOrder(every, settled.tab) : null
  }, [found.data, settled.tab])
  const [chosen, setChosen] = useChoice(rows, settled)
  const one = useQuery({
    queryKey: ['checkout', chosen],
    queryFn: () => client.ask('getCheckout', { checkoutId: chosen ?? '' }),
    enabled: chosen !== null,
    refetchInterval: whileItFails,
  })

  const revision = state.data?.revision
  const seen = useRef(revision)
  useEffect(() => {
    const isFirst = seen.current === undefined
    if (seen.current === revision) return
    seen.current = revision
    if (isFirst) return
    queries.invalidateQueries({ queryKey: ['rows'] }).catch(() => {})
    queries.invalidateQueries({ queryKey: ['checkout'] }).catch(() => {})
  }, [revision, queries])

  const take = useCallback(
    (checkout: DeskCheckout) => {
      queries.setQueryData(['checkout', checkout.checkoutId], checkout)
      queries.invalidateQueries({ queryKey: ['desk'] }).catch(() => {})
      queries.invalidateQueries({ queryKey: ['rows'] }).catch(() => {})
    },
    [queries],
  )
  const failure = failureIn(state.error, found.error, one.error)
  const choose = (checkoutId: string): void => {
    setChosen(checkoutId)
    setView('one')
  }
  // A scanner is done before its first letter has been looked for: Enter waits for what it belongs to.
  const [wantsFirst, setWantsFirst] = useState(false)
  if (wantsFirst && settled === asked && rows && !found.isPlaceholderData) {
    setWantsFirst(false)
    const [first] = rows
    if (first) choose(first.checkoutId)
  }
  const back = (): void => {
    setView('list')
    // Once the list can be seen again, the keyboard stands where it was.
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.row[aria-current=true]')?.focus())
  }
  if (!state.data)
    return (
      <main className="desk-blank">
        <h1>{say('desk.title')}</h1>
        {failure ? <p role="alert">{saidOf(failure, say)}</p> : <Waiting>{say('desk.loading')}</Waiting>}
        <button type="button" className="dbtn" onClick={props.onLeave}>
          {say('desk.leave')}
        </button>
      </main>
    )
  // Reading is asking by itself, and does not count; touching and typing do.
  const stay = (): void => {
    if (performance.now() - stayedAtMs.current < DELAYS.stayMs) return
    stayedAtMs.current = performance.now()
    client.call('stayIn', {}).catch(() => {})
  }
  const shared = { client, state: state.data, now, announce, onAnswer: take }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to whatever is open in it
    <div
      className="desk"
      data-view={view}
      onKeyDown={closeByEscape}
      onFocus={stands}
      onKeyDownCapture={stay}
      onPointerDownCapture={stay}
    >
      <p className="hidden" role="status" ref={live} />
      <Bar
        {...props}
        state={state.data}
        failure={failure}
        page={page}
        onPage={setPage}
        onState={next => queries.setQueryData(['desk'], next)}
      />
      {page === 'day' && <DayPage client={client} state={state.data} now={now} />}
      {page !== 'checkouts' && page !== 'day' && <UpkeepPage key={page} page={page} {...shared} />}
      {/* It stays while another page is looked at: nobody loses what they were in the middle of. */}
      <main className="desk-main" hidden={page !== 'checkouts'}>
        <List
          state={state.data}
          search={search}
          onSearch={setSearch}
          rows={rows}
          settled={settled}
          more={found.hasNextPage}
          onMore={() => {
            if (!found.isFetchingNextPage) found.fetchNextPage().catch(() => {})
          }}
          chosen={chosen}
          onChoose={choose}
          onEnter={() => setWantsFirst(true)}
          onFind={() => {
            setPage('checkouts')
            setView('list')
          }}
          onStep={setChosen}
          now={now}
          announce={announce}
        />
        <div className="desk-one" key={chosen}>
          {one.data ? (
            <>
              <One {...shared} checkout={one.data} isShown={view === 'one'} onBack={back} />
              <MoneyBack
                {...shared}
                checkout={one.data}
                decisions={decisions}
                shownAtMs={one.dataUpdatedAt}
                onDoubt={() => {
                  queries.invalidateQueries({ queryKey: ['checkout'] }).catch(() => {})
                }}
                shopName={localText(state.data.shopNames, locale)}
              />
            </>
          ) : (
            <p className="one-none">{chosen !== null && <Waiting>{say('desk.loading')}</Waiting>}</p>
          )}
        </div>
      </main>
    </div>
  )
}

/** The first of them, as something that can be said; a bug of ours is one of a host that cannot be understood. */
function failureIn(...errors: readonly (Error | null)[]): DeskFailure | null {
  const error = errors.find(one => one !== null)
  if (!error) return null
  return error instanceof Refusal ? error.failure : { kind: 'hostAway' }
}

/** What failed is asked for again by itself; what worked is asked for when the revision changes. */
function whileItFails(query: { readonly state: { readonly status: string } }): number | false {
  return query.state.status === 'error' ? DELAYS.lookMs : false
}

/**
 * The chosen checkout. When something else is looked for, and its first rows are there, the newest is chosen unless the chosen one is
 * among them; rows that come and go later choose nothing, because somebody may be in the middle of giving back.
 */
function useChoice(
  rows: readonly { readonly checkoutId: string }[] | null,
  search: Search,
): readonly [string | null, (checkoutId: string) => void] {
  const [choice, setChoice] = useState<{ readonly id: string | null; readonly search: Search | null }>({
    id: null,
    search: null,
  })
  if (rows && choice.search !== search) {
    const isThere = rows.some(row => row.checkoutId === choice.id)
    setChoice({ id: isThere ? choice.id : (rows[0]?.checkoutId ?? null), search })
  }
  const choose = useCallback((id: string) => setChoice(now => ({ ...now, id })), [])
  return [choice.id, choose]
}
