import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import type { AuditEntry } from '../../../shared/audit.ts'
import { dayAndTime, msOfLocalInput } from '../days.ts'
import { saveFile } from '../save-file.ts'
import { Shape } from '../shapes.tsx'
import { useDesk } from '../text/say.ts'
import type { UpkeepProps } from '../upkeep/pages.tsx'
import { NotYet, Select, Told, toldOf } from '../upkeep/parts.tsx'
import { Waiting } from '../waiting.tsx'
import { chainInWords, type Group, groupNames, groups, sentenceOf, whoOf } from './words.ts'
import './audit.css'

const ROW_PX = 64
const PAGE = 100
/** A minute in `to` is meant whole. */
const MINUTE_MS = 59_999

/** Who did what, newest first, to be narrowed and exported; and whether the ledger is sound. */
export function AuditPage({ client, announce }: UpkeepProps): ReactNode {
  const { locale, say } = useDesk()
  const [userId, setUserId] = useState('')
  const [group, setGroup] = useState<Group>('all')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [told, setTold] = useState<Told | null>(null)
  const [isAsking, setAsking] = useState(false)
  const query = useMemo(() => {
    const toMs = msOfLocalInput(to)
    return {
      userId: userId === '' ? null : userId,
      kinds: group === 'all' ? [] : [...groups[group]],
      fromMs: msOfLocalInput(from),
      toMs: toMs === null ? null : toMs + MINUTE_MS,
    }
  }, [userId, group, from, to])
  const users = useQuery({ queryKey: ['users'], queryFn: () => client.ask('listUsers', {}) })
  const found = useInfiniteQuery({
    queryKey: ['audit', query],
    queryFn: ({ pageParam }) => client.ask('findAudit', { ...query, before: pageParam, limit: PAGE }),
    initialPageParam: null as number | null,
    getNextPageParam: page => page.next,
    placeholderData: keepPreviousData,
  })
  const entries = useMemo(() => found.data?.pages.flatMap(page => page.entries) ?? null, [found.data])
  const chain = found.data?.pages[0]?.chain
  const exported = async (): Promise<void> => {
    if (isAsking) return
    setAsking(true)
    const answer = await client.call('exportAudit', query)
    setAsking(false)
    if (!answer.ok) return setTold(toldOf(answer.failure))
    const { csv, rows, cut } = answer.value
    saveFile('kaikei-audit.csv', 'text/csv', csv)
    setTold({ good: !cut, sentence: { key: cut ? 'audit.cut' : 'audit.exported', values: { number: rows } } })
    announce(say('audit.exported', { number: rows }))
  }
  const people = [
    ['', say('audit.everybody')] as const,
    ...(users.data ?? []).map(user => [user.userId, user.name] as const),
  ]
  return (
    <div className="audit">
      <div className="audit-tools">
        <h2>{say('audit.title')}</h2>
        {chain && (
          <p className={`st chain ${chain.last?.sound === false ? 'st-case' : 'st-done'}`}>
            <Shape shape={chain.last?.sound === false ? 'alarm' : chain.last ? 'check' : 'half'} />
            <span>{chainInWords(chain, say, locale)}</span>
          </p>
        )}
        <div className="audit-filters">
          <Select label={say('audit.who')} options={people} value={userId} onValue={setUserId} />
          <Select
            label={say('audit.kind')}
            options={groupNames.map(([name, key]) => [name, say(key)] as const)}
            value={group}
            onValue={setGroup}
          />
          {(
            [
              ['audit.from', from, setFrom],
              ['audit.to', to, setTo],
            ] as const
          ).map(([key, value, set]) => (
            <label key={key} className="field">
              <span className="field-name">{say(key)}</span>
              <input
                type="datetime-local"
                className="text-field"
                value={value}
                onChange={event => set(event.target.value)}
              />
            </label>
          ))}
          <button
            type="button"
            className="dbtn outlined"
            data-export
            aria-disabled={isAsking}
            onClick={() => exported().catch(() => setAsking(false))}
          >
            {say('audit.export')}
          </button>
        </div>
        <Told told={told} isAsking={isAsking} asking="desk.loading" />
      </div>
      {entries ? (
        <Entries
          entries={entries}
          more={found.hasNextPage}
          onMore={() => {
            if (!found.isFetchingNextPage) found.fetchNextPage().catch(() => {})
          }}
        />
      ) : (
        <NotYet error={found.error} />
      )}
    </div>
  )
}

function Entries(props: {
  readonly entries: readonly AuditEntry[]
  readonly more: boolean
  readonly onMore: () => void
}): ReactNode {
  const { entries, more, onMore } = props
  const { locale, say } = useDesk()
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: entries.length + (more ? 1 : 0),
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: index => entries[index]?.seq ?? 'more',
    overscan: 8,
  })
  const drawn = virtual.getVirtualItems()
  const isNearEnd = (drawn.at(-1)?.index ?? 0) >= entries.length - 5
  useEffect(() => {
    if (more && isNearEnd) onMore()
  })
  if (entries.length === 0) return <p className="list-empty">{say('audit.empty')}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard has to be able to scroll what has no button in it
    <section className="rows" ref={scroller} tabIndex={0} aria-label={say('audit.title')}>
      <ul style={{ height: virtual.getTotalSize() }}>
        {drawn.map(({ index, key, start, size }) => {
          const entry = entries[index]
          const place = { transform: `translateY(${start}px)`, height: size }
          if (!entry)
            return (
              <li key={key} style={place}>
                <Waiting>{say('list.more')}</Waiting>
              </li>
            )
          return (
            <li key={key} className="entry" data-kind={entry.what.kind} style={place}>
              <span className="time num">{dayAndTime(entry.atMs, locale)}</span>
              <span className="who">{whoOf(entry, say)}</span>
              <span className="what">{sentenceOf(entry.what, say)}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** As a download: the browser, or the window's host, asks where to. */
