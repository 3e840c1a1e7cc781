import { Fragment, type ReactNode, useEffect, useState } from 'react'
import type { SetupHost } from './setup.ts'
import { useNetworkText } from './text.ts'

const HOWTOS = ['ipad', 'android', 'windows', 'tv'] as const

/** How a screen comes to trust the authority that this till made for itself. */
export function AuthorityPage({ host }: { readonly host: SetupHost }): ReactNode {
  const say = useNetworkText()
  /** undefined: not known yet; null: the operator's own certificate. */
  const [fingerprint, setFingerprint] = useState<string | null | undefined>(undefined)
  useEffect(() => void host.fingerprint().then(setFingerprint), [host])
  return (
    <main className="network-body network-install">
      <h1 className="say">{say(fingerprint === null ? 'ownTitle' : 'authorityTitle')}</h1>
      {fingerprint === null ? (
        <p>{say('ownTell')}</p>
      ) : (
        <>
          <p>{say('authorityWhy')}</p>
          <p>{say('fingerprint')}</p>
          <p className="network-print num">{fingerprint === undefined ? '…' : bytesOf(fingerprint)}</p>
          <p>
            <a className="btn" href="/authority.crt" download>
              {say('download')}
            </a>
          </p>
          <ul>
            {HOWTOS.map(key => (
              <li key={key}>{say(key)}</li>
            ))}
          </ul>
        </>
      )}
      <p>
        <a href="/pair">{say('back')}</a>
      </p>
    </main>
  )
}

/** A line may end after a byte, never in the middle of one: it is read aloud and compared. */
function bytesOf(fingerprint: string): ReactNode {
  return fingerprint.split(/(?<=:)/).map((byte, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a byte occurs twice, and has no other name than its place
    <Fragment key={index}>
      {byte}
      <wbr />
    </Fragment>
  ))
}
