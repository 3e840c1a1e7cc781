import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type DragEvent, type ReactNode, useId, useState } from 'react'
import type { Comparison, DayView } from '../../../shared/day.ts'
import type { DeskFailure } from '../../../shared/desk.ts'
import type { FileFault } from '../../../shared/reconciliation.ts'
import { saidOf } from '../bar.tsx'
import type { DeskClient } from '../client.ts'
import { dayAndTime } from '../days.ts'
import { Shape } from '../shapes.tsx'
import { useDesk } from '../text/say.ts'
import { Failing } from './failing.tsx'
import { faultSentence } from './fault-words.ts'
import { Outcome } from './outcome.tsx'
import { useDay } from './text/say.ts'

/** Between two looks at how far a comparison is. */
const LOOK_MS = 500
const MOST_BYTES = 20 * 1024 * 1024

/** PayPay's file, or its answers alone, beside the day; how far it is; what came of it. */
export function Compare({ client, view }: { client: DeskClient; view: DayView }): ReactNode {
  const { day } = view.figures
  const { locale, say } = useDay()
  const { say: sayDesk } = useDesk()
  const queries = useQueryClient()
  const [failure, setFailure] = useState<DeskFailure | null>(null)
  const [isAsking, setAsking] = useState(false)
  const last = useQuery({
    queryKey: ['comparison', day],
    queryFn: () => client.ask('getComparison', { day }),
    refetchInterval: ({ state }) =>
      state.status === 'error' || state.data?.state === 'running' ? LOOK_MS : false,
  })
  const comparison = last.data ?? null
  const isRunning = isAsking || comparison?.state === 'running'
  const start = async (file: File | null): Promise<void> => {
    if (isRunning) return
    setFailure(null)
    if (file && file.size > MOST_BYTES) return setFailure(tooLarge(file))
    setAsking(true)
    const dropped = file && { name: file.name, base64: await base64Of(file) }
    const answer = await client.call('compareDay', { day, file: dropped })
    setAsking(false)
    if (!answer.ok) return setFailure(answer.failure)
    queries.setQueryData<Comparison | null>(['comparison', day], answer.value)
    return undefined
  }
  const begin = (file: File | null): void => void start(file).catch(() => setFailure({ kind: 'hostAway' }))
  return (
    <div className="day-compare">
      <p className="is-quiet">{say('compare.why')}</p>
      <Drop isBusy={isRunning} onFile={begin} />
      {last.error && <Failing error={last.error} />}
      <div role="status" aria-live="polite">
        {comparison?.state === 'running' && <Progress {...comparison} />}
        {failure?.kind === 'faultyFile' && <Fault fault={failure.fault} />}
        {failure && failure.kind !== 'faultyFile' && <p className="is-told">{saidOf(failure, sayDesk)}</p>}
        {comparison?.state === 'failed' && (
          <p className="is-told">{say('compare.failed', { reference: comparison.reference })}</p>
        )}
      </div>
      {comparison?.state === 'finished' && <Outcome comparison={comparison} />}
      {view.comparisons.length > 0 && (
        <section className="day-earlier">
          <h3>{say('compare.earlier')}</h3>
          <ul>
            {view.comparisons.toReversed().map(one => {
              const differences = one.onlyOurs + one.onlyTheirs + one.differentAmount + one.differentState
              return (
                <li key={one.atMs}>
                  <span>{dayAndTime(one.atMs, locale)}</span>
                  <span className={`st ${differences > 0 ? 'st-case' : 'st-done'}`}>
                    <Shape shape={differences > 0 ? 'alarm' : 'check'} />
                    <span>
                      {differences > 0
                        ? say('compare.differs', { number: differences })
                        : say('compare.earlierAgrees')}
                    </span>
                  </span>
                  <span className="is-quiet">
                    {say('compare.matched', { number: one.matched.count, amountYen: one.matched.yen })} ·{' '}
                    {one.fileName === null ? say('compare.apiOnly') : one.fileName} · {one.by}
                  </span>
                </li>
              )
            })}
          </ul>
        </section>
      )}
    </div>
  )
}

function Drop({ isBusy, onFile }: { isBusy: boolean; onFile: (file: File | null) => void }): ReactNode {
  const { say } = useDay()
  const field = useId()
  const [isOver, setOver] = useState(false)
  const take = (event: DragEvent, isHere: boolean): void => {
    event.preventDefault()
    setOver(isHere)
  }
  return (
    <fieldset
      aria-label={say('compare.title')}
      className={`day-drop ${isOver ? 'is-over' : ''}`}
      onDragOver={event => take(event, true)}
      onDragLeave={event => take(event, false)}
      onDrop={event => {
        take(event, false)
        const [file] = event.dataTransfer.files
        if (file && !isBusy) onFile(file)
      }}
    >
      <p>{say('compare.drop')}</p>
      <div className="day-buttons">
        <input
          id={field}
          className="day-file"
          type="file"
          accept=".csv,text/csv"
          disabled={isBusy}
          onChange={({ target }) => {
            const file = target.files?.[0]
            // The same file again is a new wish.
            target.value = ''
            if (file) onFile(file)
          }}
        />
        <label className="dbtn is-go" htmlFor={field} aria-disabled={isBusy}>
          {say('compare.pick')}
        </label>
        <button
          type="button"
          className="dbtn outlined"
          aria-disabled={isBusy}
          onClick={() => !isBusy && onFile(null)}
        >
          {say('compare.only')}
        </button>
      </div>
      <p className="is-quiet">{say('compare.fileName')}</p>
    </fieldset>
  )
}

function Progress({ done, of }: { done: number; of: number }): ReactNode {
  const { say } = useDay()
  return (
    <div className="day-progress">
      <p>{of === 0 ? say('compare.counting') : say('compare.asking', { done, of })}</p>
      <progress value={done} max={Math.max(1, of)} aria-label={say('compare.title')} />
      <p className="is-quiet">{say('compare.goesOn')}</p>
    </div>
  )
}

function Fault({ fault }: { fault: FileFault }): ReactNode {
  const { say } = useDay()
  const { key, values } = faultSentence(fault)
  return (
    <div className="day-note is-alarm">
      <h3>{say('file.title')}</h3>
      <p>{say(key, values)}</p>
    </div>
  )
}

function tooLarge(file: File): DeskFailure {
  return { kind: 'faultyFile', fault: { kind: 'tooLarge', bytes: file.size, maxBytes: MOST_BYTES } }
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '')
    reader.onerror = () => reject(reader.error ?? new Error('the file cannot be read'))
    reader.readAsDataURL(file)
  })
}
