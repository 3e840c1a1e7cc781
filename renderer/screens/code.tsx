import type { ReactNode } from 'react'
import { useText } from '../text/i18n.ts'
import { Go, Out } from '../ui/button.tsx'
import { Foot, Frame, Top } from '../ui/frame.tsx'
import { PhoneStep } from '../ui/icons.tsx'
import { Yen } from '../ui/money.tsx'
import { Qr } from '../ui/qr.tsx'
import type { CodeProps, Countdown } from './props.ts'
import './code.css'

const LAST_MS = 30_000
const AROUND = 300
const steps = [
  [1, 'code.open'],
  [2, 'code.scan'],
  [3, 'code.confirm'],
] as const

/** The QR, as large as the screen allows; the task is on the phone, so nothing here is filled. */
export function Code(props: CodeProps): ReactNode {
  const { shop, locale, checkout, code, countdown, asking, send } = props
  const say = useText()
  return (
    <Frame kind="frame-code">
      <Top shop={shop} locale={locale}>
        <span className="order">{say('order.number', { number: checkout.claimNumber })}</span>
      </Top>
      <main className="stage">
        <div className="code">
          <h1 className="say">{say('code.title')}</h1>
          <div className="sumline">
            <Yen amount={checkout.totalYen} large />
            <Left countdown={countdown} />
          </div>
          <Qr text={code.url} label={say('code.qr', { amount: checkout.totalYen.toLocaleString('en-US') })} />
          <ol className="howto">
            {steps.map(([step, key]) => (
              <li key={step}>
                <PhoneStep step={step} />
                <span>
                  <b>{step}</b>
                  {say(key)}
                </span>
              </li>
            ))}
          </ol>
        </div>
      </main>
      <Foot
        screen={props}
        out={
          <Out icon="cross" onPress={() => send({ type: 'customer.cancel' })}>
            {say('act.cancel')}
          </Out>
        }
        mark={shop.paypayLogo}
        go={
          asking ? (
            <Go waiting onPress={() => send({ type: 'customer.havePaid' })}>
              {say('act.asking')}
            </Go>
          ) : (
            <Go soft onPress={() => send({ type: 'customer.havePaid' })}>
              {say('act.havePaid')}
            </Go>
          )
        }
      />
    </Frame>
  )
}

/** What PayPay still gives the code. The last half minute is amber, and says so in a word. */
export function Left({ countdown: { leftMs, wholeMs } }: { countdown: Countdown }): ReactNode {
  const say = useText()
  const seconds = Math.max(0, Math.ceil(leftMs / 1000))
  const isLast = leftMs <= LAST_MS
  const part = wholeMs > 0 ? Math.min(1, leftMs / wholeMs) * AROUND : 0
  return (
    <div className={`left ${isLast ? 'is-last' : ''}`} role="timer">
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <circle className="base" cx="50" cy="50" r="43" />
        <path
          className="rest"
          pathLength={AROUND}
          strokeDasharray={`${part} ${AROUND}`}
          transform="rotate(-90 50 50)"
          fill="none"
          d="M93 50a43 43 0 1 1-86 0a43 43 0 1 1 86 0"
        />
      </svg>
      <span>
        <span className="word">{say(isLast ? 'code.hurry' : 'code.left')}</span>
        <span className="time">
          {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')}
        </span>
      </span>
    </div>
  )
}
