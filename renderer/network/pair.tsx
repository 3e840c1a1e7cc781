import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type { PairingRefusal } from '../../shared/screens.ts'
import { DELAYS } from '../checkout/delays.ts'
import { Go } from '../ui/button.tsx'
import { useNetworkText } from './text.ts'

type Told = PairingRefusal | { readonly kind: 'away' } | null
const CODE_DIGITS = 8

/** A code is typed here, once; after that the page is the till, or the display, that the code was made for. */
export function PairPage(): ReactNode {
  const say = useNetworkText()
  const [code, setCode] = useState('')
  const [told, setTold] = useState<Told>(null)
  const [isAsking, setAsking] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const wasRevoked = new URLSearchParams(window.location.search).has('ended')
  const digits = code.normalize('NFKC').replace(/\D/g, '')
  useEffect(() => field.current?.focus(), [])
  const pair = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault()
    if (isAsking || digits.length !== CODE_DIGITS) return
    setAsking(true)
    const answer = await ask(digits)
    if (answer === 'paired') return window.location.replace('/')
    setAsking(false)
    setTold(answer)
    setCode('')
    field.current?.focus()
  }
  return (
    <main className="network-body">
      <h1 className="say">{say('pairTitle')}</h1>
      {wasRevoked && !told && <p className="network-told">{say('pairEnded')}</p>}
      <p>{say('pairTell')}</p>
      <form onSubmit={event => void pair(event)}>
        <label>
          <span className="hidden">{say('code')}</span>
          <input
            ref={field}
            className="network-code num"
            inputMode="numeric"
            autoComplete="one-time-code"
            spellCheck={false}
            maxLength={CODE_DIGITS + 3}
            placeholder="0000 0000"
            value={code}
            onChange={event => setCode(event.target.value)}
          />
        </label>
        <Go soft={digits.length !== CODE_DIGITS} waiting={isAsking} onPress={() => void pair()}>
          {say(isAsking ? 'pairing' : 'pair')}
        </Go>
      </form>
      <div role="alert">
        {told && (
          <p className="network-told">
            {say(told.kind, told.kind === 'tooManyTries' ? { minutes: Math.ceil(told.waitMs / 60_000) } : {})}
          </p>
        )}
      </div>
      <p>
        <a href="/authority">{say('toAuthority')}</a>
      </p>
    </main>
  )
}

async function ask(code: string): Promise<Told | 'paired'> {
  try {
    const response = await fetch('/pair', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
      cache: 'no-store',
      signal: AbortSignal.timeout(DELAYS.callMs),
    })
    const answer = (await response.json()) as { ok?: boolean; failure?: PairingRefusal }
    return answer.ok ? 'paired' : (answer.failure ?? { kind: 'away' })
  } catch {
    return { kind: 'away' }
  }
}
