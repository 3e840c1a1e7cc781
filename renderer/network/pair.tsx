import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Go } from '../ui/button.tsx'
import type { SetupHost } from './setup.ts'
import { useNetworkText } from './text.ts'

type Told = Exclude<Awaited<ReturnType<SetupHost['pair']>>, 'paired'> | null
const CODE_DIGITS = 8

/** A code is typed here, once; after that the page is the till, or the display, that the code was made for. */
export function PairPage(props: { readonly host: SetupHost; readonly wasRevoked: boolean }): ReactNode {
  const { host, wasRevoked } = props
  const say = useNetworkText()
  const [code, setCode] = useState('')
  const [told, setTold] = useState<Told>(null)
  const [isAsking, setAsking] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const digits = code.normalize('NFKC').replace(/\D/g, '')
  useEffect(() => field.current?.focus(), [])
  const pair = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault()
    if (isAsking || digits.length !== CODE_DIGITS) return
    setAsking(true)
    const answer = await host.pair(digits)
    if (answer === 'paired') return window.location.replace('/')
    setAsking(false)
    setTold(answer)
    setCode('')
    field.current?.focus()
  }
  const notice = told?.kind ?? (wasRevoked ? 'pairEnded' : null)
  const minutes = told?.kind === 'tooManyTries' ? Math.ceil(told.waitMs / 60_000) : 0
  return (
    <main className="network-body network-pair">
      <div className="network-part">
        <h1 className="say">{say('pairTitle')}</h1>
        <p>{say('pairTell')}</p>
      </div>
      <div className="network-part network-act">
        <form className="network-part" onSubmit={event => void pair(event)}>
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
        <div role="alert">{notice && <p className="network-told">{say(notice, { minutes })}</p>}</div>
      </div>
      <p>
        <a href="/authority">{say('toAuthority')}</a>
      </p>
    </main>
  )
}
