import { type ReactNode, useState } from 'react'
import type { DayFile } from '../../../shared/day.ts'
import type { DeskFailure } from '../../../shared/desk.ts'
import { saidOf } from '../bar.tsx'
import type { DeskClient } from '../client.ts'
import { saveFile } from '../save-file.ts'
import { useDesk } from '../text/say.ts'
import { useDay } from './text/say.ts'

const encodings = ['utf8', 'sjis'] as const

/** What leaves the till: tables for a bookkeeper, and paper. */
export function Keep({ client, day }: { client: DeskClient; day: string }): ReactNode {
  const { say } = useDay()
  const { say: sayDesk } = useDesk()
  const [encoding, setEncoding] = useState<(typeof encodings)[number]>('utf8')
  const [isAsking, setAsking] = useState(false)
  const [told, setTold] = useState<DayFile | DeskFailure | null>(null)
  const keep = async (what: 'sales' | 'figures'): Promise<void> => {
    if (isAsking) return
    setAsking(true)
    const answer = await client.call('exportDay', { day, encoding, what })
    setAsking(false)
    if (answer.ok) save(answer.value)
    setTold(answer.ok ? answer.value : answer.failure)
  }
  return (
    <section className="day-box">
      <h3>{say('keep.title')}</h3>
      <fieldset className="pick" aria-label={say('keep.encoding')}>
        {encodings.map(one => (
          <button
            key={one}
            type="button"
            className={`dbtn ${one === encoding ? 'is-on' : ''}`}
            aria-pressed={one === encoding}
            onClick={() => setEncoding(one)}
          >
            {say(`keep.${one}`)}
          </button>
        ))}
      </fieldset>
      <div className="day-buttons">
        {(['sales', 'figures'] as const).map(what => (
          <button
            key={what}
            type="button"
            className="dbtn outlined"
            aria-disabled={isAsking}
            onClick={() => keep(what).catch(() => {})}
          >
            {say(`keep.${what}`)}
          </button>
        ))}
        <button type="button" className="dbtn outlined" onClick={() => window.print()}>
          {say('keep.print')}
        </button>
      </div>
      <div role="status">
        {told && 'kind' in told && <p className="is-told">{saidOf(told, sayDesk)}</p>}
        {told && 'name' in told && (
          <p className="is-quiet">
            {say('keep.done', { name: told.name })}
            {told.replaced > 0 && ` ${say('keep.replaced', { number: told.replaced })}`}
          </p>
        )}
      </div>
    </section>
  )
}

function save({ name, base64 }: DayFile) {
  saveFile(
    name,
    'text/csv',
    Uint8Array.from(atob(base64), character => character.charCodeAt(0)),
  )
}
