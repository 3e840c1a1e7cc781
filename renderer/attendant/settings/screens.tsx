import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import type { NetworkState, PairedScreen, PairingCode, ScreenKind } from '../../../shared/screens.ts'
import { dayAndTime } from '../days.ts'
import { DELAYS } from '../delays.ts'
import { useDesk } from '../text/say.ts'
import type { UpkeepProps } from '../upkeep/pages.tsx'
import { Choice, Field, NotYet, Told, toldOf } from '../upkeep/parts.tsx'
import './screens.css'

/** Tablets and TVs of the network: how they reach this till, a code for a new one, and those that are paired. */
export function Screens(props: UpkeepProps): ReactNode {
  const { client } = props
  const { say } = useDesk()
  const asked = useQuery({
    queryKey: ['screens'],
    queryFn: () => client.ask('listScreens', {}),
    refetchInterval: DELAYS.healthMs,
  })
  return (
    <section className="upkeep-section screens">
      <h3>{say('screens.title')}</h3>
      {asked.data ? (
        <>
          <Reached network={asked.data.network} />
          {asked.data.network.on && <NewScreen {...props} />}
          {asked.data.screens.length === 0 && <p className="is-quiet">{say('screens.none')}</p>}
          <ul className="screens-list">
            {asked.data.screens.map(screen => (
              <Paired key={screen.screenId} {...props} screen={screen} />
            ))}
          </ul>
        </>
      ) : (
        <NotYet error={asked.error} />
      )}
    </section>
  )
}

function Reached({ network }: { readonly network: NetworkState }): ReactNode {
  const { say } = useDesk()
  return (
    <>
      {network.fault && <p className="upkeep-note is-alarm">{network.fault}</p>}
      {!network.on && !network.fault && <p>{say('screens.off')}</p>}
      {network.on && (
        <>
          <p>{say('screens.open')}</p>
          <ul className="screens-urls">
            {network.urls.map(url => (
              <li key={url} className="num">
                {url}
              </li>
            ))}
          </ul>
          {network.fingerprint && (
            <p className="field-hint">{say('screens.fingerprint', { fingerprint: network.fingerprint })}</p>
          )}
        </>
      )}
    </>
  )
}

const kinds = ['till', 'display'] as const satisfies readonly ScreenKind[]

function NewScreen({ client, announce }: UpkeepProps): ReactNode {
  const { say } = useDesk()
  const [name, setName] = useState('')
  const [lane, setLane] = useState('')
  const [kind, setKind] = useState<ScreenKind>('till')
  const [desk, setDesk] = useState(false)
  const [code, setCode] = useState<(PairingCode & { readonly madeAtMs: number }) | null>(null)
  const [told, setTold] = useState<Told | null>(null)
  const [isAsking, setAsking] = useState(false)
  const isLane = /^[A-Za-z0-9-]{1,32}$/.test(lane)
  const isWrong = name.trim() === '' || !isLane
  const make = async (): Promise<void> => {
    if (isWrong || isAsking) return
    setAsking(true)
    const answer = await client.call('makePairingCode', { name: name.trim(), lane, kind, desk })
    setAsking(false)
    if (!answer.ok) return setTold(toldOf(answer.failure))
    setTold(null)
    setCode({ ...answer.value, madeAtMs: performance.now() })
    announce(`${say('screens.code')} ${answer.value.code}`)
  }
  return (
    <div className="screens-new">
      <div className="upkeep-pairs">
        <Field name="screenName" label={say('screens.name')} value={name} most={40} onValue={setName} />
        <Field
          name="screenLane"
          label={say('screens.lane')}
          hint={say('screens.laneHint')}
          value={lane}
          most={32}
          onValue={setLane}
          fault={lane !== '' && !isLane ? say('screens.laneHint') : null}
        />
      </div>
      <Choice
        legend={say('screens.kind')}
        options={kinds.map(one => [one, say(`screens.kind.${one}`)] as const)}
        chosen={kind}
        onChoose={setKind}
      />
      <p className="field-hint">{say(`screens.kindHint.${kind}`)}</p>
      {kind === 'till' && (
        <>
          <Choice
            legend={say('screens.desk')}
            options={[
              ['no', say('set.no')],
              ['yes', say('set.yes')],
            ]}
            chosen={desk ? 'yes' : 'no'}
            onChoose={chosen => setDesk(chosen === 'yes')}
          />
          <p className="field-hint">{say('screens.deskHint')}</p>
        </>
      )}
      <button
        type="button"
        className="dbtn outlined"
        data-pair
        aria-disabled={isWrong || isAsking}
        onClick={() => make().catch(() => setAsking(false))}
      >
        {say('screens.make')}
      </button>
      {code && <Code key={code.code} {...code} />}
      <Told told={told} isAsking={isAsking} asking="desk.loading" />
    </div>
  )
}

/** In two groups of four, as it is read aloud. */
function Code({ code, lifetimeMs, madeAtMs }: PairingCode & { readonly madeAtMs: number }): ReactNode {
  const { say } = useDesk()
  const [leftMs, setLeft] = useState(lifetimeMs)
  useEffect(() => {
    const timer = setInterval(() => setLeft(lifetimeMs - (performance.now() - madeAtMs)), DELAYS.lookMs)
    return () => clearInterval(timer)
  }, [lifetimeMs, madeAtMs])
  if (leftMs <= 0) return <p className="upkeep-note">{say('screens.codeOver')}</p>
  return (
    <div className="upkeep-note screens-code">
      <p>{say('screens.code')}</p>
      <p className="num" data-code>
        {code.slice(0, 4)} {code.slice(4)}
      </p>
      <p>{say('screens.codeLeft', { minutes: Math.ceil(leftMs / 60_000) })}</p>
    </div>
  )
}

function Paired({ client, announce, screen }: UpkeepProps & { readonly screen: PairedScreen }): ReactNode {
  const { locale, say } = useDesk()
  const queries = useQueryClient()
  const [isSure, setSure] = useState(false)
  const [told, setTold] = useState<Told | null>(null)
  const revoke = async (): Promise<void> => {
    const answer = await client.call('revokeScreen', { screenId: screen.screenId })
    if (!answer.ok) return setTold(toldOf(answer.failure))
    queries.setQueryData(['screens'], answer.value)
    announce(say('screens.revoked'))
  }
  const about = [
    screen.lane,
    say(`screens.kind.${screen.kind}`),
    ...(screen.desk ? [say('screens.withDesk')] : []),
    say('screens.since', { time: dayAndTime(screen.pairedAtMs, locale) }),
  ]
  const seen = screen.connected
    ? say('screens.on')
    : screen.seenAtMs === null
      ? say('screens.never')
      : say('screens.seen', { time: dayAndTime(screen.seenAtMs, locale) })
  return (
    <li data-screen={screen.screenId}>
      <span className="screens-about">
        <b>{screen.name}</b>
        <span className="is-quiet">{about.join(' ・ ')}</span>
        <span className={screen.connected ? 'is-on' : 'is-quiet'}>{seen}</span>
      </span>
      {/* Two presses: the screen is out at once. */}
      <button
        type="button"
        className={`dbtn outlined ${isSure ? 'is-sure' : ''}`}
        data-revoke
        onClick={() => (isSure ? revoke().catch(() => {}) : setSure(true))}
        onBlur={() => setSure(false)}
        aria-label={`${screen.name}: ${say(isSure ? 'screens.reallyRevoke' : 'screens.revoke')}`}
      >
        {say(isSure ? 'screens.reallyRevoke' : 'screens.revoke')}
      </button>
      {told && <Told told={told} isAsking={false} />}
    </li>
  )
}
