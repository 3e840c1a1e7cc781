import { type ReactNode, useEffect, useState } from 'react'
import { useNetworkText } from './text.ts'

const HOWTOS = ['ipad', 'android', 'windows', 'tv'] as const

/** How a screen comes to trust the authority that this till made for itself. */
export function AuthorityPage(): ReactNode {
  const say = useNetworkText()
  /** undefined: not known yet; null: the operator's own certificate. */
  const [fingerprint, setFingerprint] = useState<string | null | undefined>(undefined)
  useEffect(() => {
    fetch('/authority.json')
      .then(response => response.json())
      .then((answer: { fingerprint: string | null }) => setFingerprint(answer.fingerprint))
      .catch(() => {})
  }, [])
  return (
    <main className="network-body">
      <h1 className="say">{say('authorityTitle')}</h1>
      {fingerprint === null ? (
        <p>{say('authorityOwn')}</p>
      ) : (
        <>
          <p>{say('authorityWhy')}</p>
          <p>{say('fingerprint')}</p>
          <p className="network-print num">{fingerprint ?? '…'}</p>
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
