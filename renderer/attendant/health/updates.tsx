import type { ReactNode } from 'react'
import type { UpdateReport } from '../../../shared/updates.ts'
import { dayAndTime } from '../days.ts'
import { useDesk } from '../text/say.ts'
import { Card, Line } from './card.tsx'

/** What the updates of the program do, and how the last one ended. */
export function Updates({ updates }: { readonly updates: UpdateReport }): ReactNode {
  const { locale, say } = useDesk()
  const { stands, found, last } = updates
  const foundSays = found && say(`health.updates.${found.is}`)
  return (
    <Card title={say('health.updates')}>
      <p>{say(`health.updates.${stands}`)}</p>
      {found && foundSays && (
        <p className="is-quiet">
          {say('health.updates.found', {
            time: dayAndTime(found.atMs, locale),
            says: found.version
              ? say('health.updates.offered', { says: foundSays, version: found.version })
              : foundSays,
          })}
        </p>
      )}
      {last && (
        <Line good={last.end === 'installed'}>
          {say(`health.updates.end.${last.end}`, {
            time: dayAndTime(last.atMs, locale),
            version: last.version,
          })}
        </Line>
      )}
      {last && last.says !== '' && <p className="is-quiet">{last.says}</p>}
    </Card>
  )
}
