import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import type { Session } from '../../shared/desk.ts'
import type { DeskApi } from '../api.ts'
import { deskClient } from './client.ts'
import { type Decisions, openDecisions } from './decisions.ts'
import { Desk } from './desk.tsx'
import { Door } from './door.tsx'
import { DeskLanguage, type DeskLocale, deskSay } from './text/say.ts'
import '../tokens.css'
import './attendant.css'
import './button.css'

export type AttendantProps = {
  readonly api: DeskApi
  /** The lane whose screen this is. */
  readonly lane: string
  /** Somebody is paying on the screen beneath. */
  readonly customerIsPaying: boolean
  readonly onClose: () => void
  readonly locale?: DeskLocale
  /** The till's own clock, epoch ms; only ages are measured with it. */
  readonly now?: () => number
}

/** The room behind the corner: first its door, then the desk. Loaded when somebody knocks, and never for a customer. */
export function Attendant(props: AttendantProps): ReactNode {
  const { api, lane, customerIsPaying, onClose, now = Date.now } = props
  const [locale, setLocale] = useState<DeskLocale>(props.locale ?? 'ja')
  const [session, setSession] = useState<Session | null>(null)
  const [wasSignedOut, setSignedOut] = useState(false)
  const [client] = useState(() =>
    deskClient(api, () => {
      setSession(null)
      setSignedOut(true)
    }),
  )
  const decisions = decisionsOf(api)
  const language = useMemo(() => ({ locale, say: deskSay(locale) }), [locale])

  const enter = (next: Session): void => {
    client.enter(next)
    setSession(next)
  }
  const leave = (): void => {
    client.call('signOut', {}).catch(() => {})
    client.leave()
    onClose()
  }
  return (
    <DeskLanguage value={language}>
      <div className="attendant" lang={locale}>
        {session ? (
          <Memory key={session.token}>
            <Desk
              client={client}
              decisions={decisions}
              customerIsPaying={customerIsPaying}
              now={now}
              onLocale={setLocale}
              onLeave={leave}
            />
          </Memory>
        ) : (
          <Door client={client} lane={lane} wasSignedOut={wasSignedOut} onIn={enter} onClose={onClose} />
        )}
      </div>
    </DeskLanguage>
  )
}

/**
 * They outlive a session and a desk that was closed: what was decided and not answered is the same decision for whoever comes in next,
 * for as long as the page speaks to the same host.
 */
const everyDecision = new WeakMap<DeskApi, Decisions>()

function decisionsOf(api: DeskApi): Decisions {
  const known = everyDecision.get(api) ?? openDecisions(() => crypto.randomUUID())
  everyDecision.set(api, known)
  return known
}

/** What was asked and answered, for one session: nothing that one person saw is there for the next. */
function Memory({ children }: { children: ReactNode }): ReactNode {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          // The host is on this machine or beside it: whether there is an internet says nothing.
          queries: { networkMode: 'always', retry: false, refetchOnWindowFocus: false },
          mutations: { networkMode: 'always', retry: false },
        },
      }),
  )
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>
}
