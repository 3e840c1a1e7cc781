import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { localText } from '../../../shared/checkout.ts'
import type { DayClose, DayView } from '../../../shared/day.ts'
import type { DeskState } from '../../../shared/desk.ts'
import type { DeskClient } from '../client.ts'
import { dayAndTime } from '../days.ts'
import { DELAYS } from '../delays.ts'
import { Waiting } from '../waiting.tsx'
import { Chooser } from './chooser.tsx'
import { Closing } from './closing.tsx'
import { Compare } from './compare.tsx'
import { Days } from './days.tsx'
import { Failing } from './failing.tsx'
import { Figures } from './figures.tsx'
import { Head } from './head.tsx'
import { Keep } from './keep.tsx'
import { useDay } from './text/say.ts'
import './day.css'
import './print.css'

const DAYS_A_PAGE = 40

/** Days on the left, the report of one in the middle, what is done with it on the right. */
export function DayPage(props: {
  readonly client: DeskClient
  readonly state: DeskState
  readonly now: () => number
}): ReactNode {
  const { client, state, now } = props
  const { locale, say } = useDay()
  const queries = useQueryClient()
  const today = state.today.businessDay
  const [day, setDay] = useState(today)
  const [part, setPart] = useState<'figures' | 'compare'>('figures')
  const isManager = state.user.role === 'manager'

  const view = useQuery({
    queryKey: ['day', day],
    queryFn: () => client.ask('getDay', { day }),
    refetchInterval: query => (query.state.status === 'error' ? DELAYS.lookMs : false),
  })
  const days = useInfiniteQuery({
    queryKey: ['days'],
    queryFn: ({ pageParam }) => client.ask('listDays', { before: pageParam, limit: DAYS_A_PAGE }),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
    refetchInterval: query => (query.state.status === 'error' ? DELAYS.lookMs : false),
  })
  const { revision } = state
  useEffect(() => {
    // Once when the page is opened as well: what another page left behind may be old.
    if (revision < 0) return
    queries.invalidateQueries({ queryKey: ['day'] }).catch(() => {})
    queries.invalidateQueries({ queryKey: ['days'] }).catch(() => {})
  }, [revision, queries])
  const take = useCallback(
    (next: DayView) => {
      queries.setQueryData(['day', next.figures.day], next)
      queries.invalidateQueries({ queryKey: ['days'] }).catch(() => {})
    },
    [queries],
  )

  const shown = view.data
  return (
    <main className="daybook">
      <Days
        days={days.data?.pages.flatMap(page => page.days) ?? null}
        hasMore={days.hasNextPage}
        onMore={() => days.fetchNextPage().catch(() => {})}
        chosen={day}
        onChoose={setDay}
      />
      <section className="day-report" aria-label={say('day.report')} aria-busy={!shown}>
        <Chooser day={day} today={today} onChoose={setDay} />
        {view.error && <Failing error={view.error} />}
        {shown ? (
          <>
            <Paper shopName={localText(state.shopNames, locale)} close={shown.closes.at(-1)} />
            <Head view={shown} now={now} />
            {isManager && (
              <fieldset className="day-parts" aria-label={say('day.parts')}>
                {(['figures', 'compare'] as const).map(one => (
                  <button
                    key={one}
                    type="button"
                    className={`dbtn ${one === part ? 'is-on' : ''}`}
                    aria-pressed={one === part}
                    onClick={() => setPart(one)}
                  >
                    {say(`day.tab.${one}`)}
                  </button>
                ))}
              </fieldset>
            )}
            {part === 'compare' && isManager ? (
              <Compare key={day} client={client} view={shown} />
            ) : (
              <Figures figures={shown.figures} />
            )}
          </>
        ) : (
          !view.error && (
            <p className="day-waits">
              <Waiting>{say('day.loading')}</Waiting>
            </p>
          )
        )}
      </section>
      <aside className="day-side" aria-label={say('day.side')}>
        {shown && (
          <>
            <Closing
              key={`close ${day}`}
              client={client}
              view={shown}
              isManager={isManager}
              onClosed={take}
            />
            <Keep key={`keep ${day}`} client={client} day={day} />
          </>
        )}
      </aside>
    </main>
  )
}

/** What paper has to say that the screen says elsewhere: whose day it is, and who has closed it. */
function Paper({ shopName, close }: { shopName: string; close: DayClose | undefined }): ReactNode {
  const { locale, say } = useDay()
  return (
    <p className="day-paper">
      {shopName}
      {close && ` · ${say('close.isClosed')} ${dayAndTime(close.closedAtMs, locale)} ${close.by}`}
    </p>
  )
}
