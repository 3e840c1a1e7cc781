import type { ReactNode } from 'react'
import { useText } from '../text/i18n.ts'
import { Foot, Frame, Go, Out, Top } from '../ui/frame.tsx'
import { PhoneStep } from '../ui/icons.tsx'
import { Yen } from '../ui/money.tsx'
import { Qr } from '../ui/qr.tsx'
import type { CodeProps, Countdown } from './props.ts'

const LAST_MS = 30_000
const AROUND = 300

/** The QR, as large as the screen allows; the task is on the phone, so nothing here is filled. */
export function Code(props: CodeProps): ReactNode {
  const { shop, locale, checkout, code, countdown, asking, send } = props
  const say = useText()
  return (
    <Frame kind="frame-code">
      <Top shop={shop} locale={locale}>
        <span className="order num">{say('order.number', { number: checkout.claimNumber })}</span>
      </Top>
      <main className="stage">
        <div className="code">
          <h1 className="say">
            {shop.paypayLogo !== null && <img className="paypay-logo" src={shop.paypayLogo} alt="PayPay" />}
            {say('code.title')}
          </h1>
          <div className="sumline">
            <Yen amount={checkout.totalYen} large />
            <Left countdown={countdown} />
          </div>
          <Qr text={code.url} label={say('code.qr')} />
          <ol className="howto">
            {([1, 2, 3] as const).map(step => (
              <li key={step}>
                <PhoneStep step={step} />
                <span>
                  <b>{step}</b>
                  {say(step === 1 ? 'code.open' : step === 2 ? 'code.scan' : 'code.confirm')}
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
        go={
          <Go soft onPress={() => send({ type: 'customer.havePaid' })}>
            {say(asking ? 'act.asking' : 'act.havePaid')}
          </Go>
        }
      />
    </Frame>
  )
}

function Left({ countdown: { leftMs, wholeMs } }: { countdown: Countdown }): ReactNode {
  const say = useText()
  const seconds = Math.max(0, Math.ceil(leftMs / 1000))
  const last = leftMs <= LAST_MS
  const part = wholeMs > 0 ? Math.min(1, leftMs / wholeMs) * AROUND : 0
  return (
    <div className={`left ${last ? 'is-last' : ''}`} role="timer">
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
        <span className="k">{say(last ? 'code.hurry' : 'code.left')}</span>
        <span className="t">
          {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')}
        </span>
      </span>
    </div>
  )
}
