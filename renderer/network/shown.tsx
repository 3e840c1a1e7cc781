import type { ReactNode } from 'react'
import { type Checkout, type LaneView, type Locale, localText, type Shop } from '../../shared/checkout.ts'
import { Noren } from '../screens/attract.tsx'
import { Closed } from '../screens/closed.tsx'
import { Left } from '../screens/code.tsx'
import { Claim, Result, Slip, Tell } from '../screens/result.tsx'
import { type TextKey, useText } from '../text/i18n.ts'
import { basketInWords } from '../ui/basket.ts'
import { Frame, Top } from '../ui/frame.tsx'
import { Yen } from '../ui/money.tsx'
import { Qr } from '../ui/qr.tsx'
import { Seal } from '../ui/seal.tsx'

type Common = { readonly shop: Shop; readonly locale: Locale }

/** One picture for each state of the lane; a new status asks for its picture here. */
export function Shown(
  props: Common & {
    readonly view: LaneView
    readonly isAway: boolean
    /** How old the snapshot is, ms. */
    readonly sinceMs: number
  },
): ReactNode {
  const { view, isAway, sinceMs, ...common } = props
  const { checkout, selling } = view
  if (isAway || (!checkout && !selling.open))
    return (
      <Closed
        {...common}
        large={false}
        mode={view.mode}
        staffCalled={view.staffCalled}
        send={null}
        reason={isAway || selling.open ? 'hostAway' : selling.reason}
        opens={(!isAway && !selling.open && selling.opens) || null}
      />
    )
  if (!checkout) return <Rest {...common} />
  switch (checkout.status) {
    case 'awaitingPayment':
      return <Pay {...common} checkout={checkout} sinceMs={sinceMs} />
    case 'creating':
      return (
        <About
          {...common}
          checkout={checkout}
          title="checking.creating"
          tell="checking.creatingWait"
          seal="wait"
        />
      )
    case 'checking':
      return (
        <About {...common} checkout={checkout} title="checking.asking" tell="checking.wait" seal="wait" />
      )
    case 'paid':
      return <About {...common} checkout={checkout} title="paid.title" seal="done" />
    case 'unpaid':
      return (
        <About
          {...common}
          checkout={checkout}
          title="unpaid.title"
          tell={`unpaid.${checkout.why}`}
          seal="zero"
        />
      )
    case 'returning':
      return <About {...common} checkout={checkout} title="returned.title" tell="returned.look" seal="back" />
    case 'returned':
      return (
        <About
          {...common}
          checkout={checkout}
          title="returned.doneTitle"
          tell="returned.doneLook"
          seal="back"
        />
      )
    case 'problem':
      return (
        <About
          {...common}
          checkout={checkout}
          title={`problem.${checkout.money}`}
          tell={checkout.money === 'unknown' ? 'problem.staffUnknown' : 'problem.staff'}
          seal="wait"
        />
      )
    default:
      return checkout satisfies never
  }
}

/** Nobody pays: the noren hangs out. */
function Rest({ shop, locale }: Common): ReactNode {
  const say = useText()
  return (
    <Frame kind="frame-attract frame-rest">
      <header className="curtain">
        <Noren letters={[...shop.noren]} label={localText(shop.names, locale)} />
      </header>
      <main className="welcome">
        <div className="words drift">
          <h1 className="say">{say('attract.hello')}</h1>
          <p className="note">{localText(shop.tagline, locale)}</p>
        </div>
      </main>
    </Frame>
  )
}

/** The QR as large as the screen allows: it is read from further away than a tablet's. */
function Pay(
  props: Common & {
    readonly checkout: Checkout & { readonly status: 'awaitingPayment' }
    readonly sinceMs: number
  },
): ReactNode {
  const { checkout, sinceMs } = props
  const say = useText()
  const { code, totalYen } = checkout
  const countdown = { leftMs: Math.max(0, code.remainingMs - sinceMs), wholeMs: code.lifetimeMs }
  return (
    <Frame kind="frame-show">
      <Top {...props}>
        <span className="order">{say('order.number', { number: checkout.claimNumber })}</span>
      </Top>
      <main className="stage show">
        <div className="show-words">
          <h1 className="say">{say('code.title')}</h1>
          <Yen amount={totalYen} large />
          <Left countdown={countdown} />
        </div>
        <Qr text={code.url} label={say('code.qr', { amount: totalYen.toLocaleString('en-US') })} />
      </main>
    </Frame>
  )
}

function About(
  props: Common & {
    readonly checkout: Checkout
    readonly title: TextKey
    readonly tell?: TextKey
    readonly seal: 'done' | 'back' | 'wait' | 'zero'
  },
): ReactNode {
  const { checkout, locale, title, tell, seal } = props
  const say = useText()
  return (
    <Result
      screen={props}
      title={say(title)}
      seal={<Seal kind={seal} label={say(title)} />}
      tell={tell && <Tell>{say(tell)}</Tell>}
      label={say(seal === 'done' ? 'paid.number' : 'checking.number')}
      figure={<Claim number={checkout.claimNumber} half={tell !== undefined} />}
      more={
        <Slip what={basketInWords(checkout.lines, locale, say)}>
          <Yen amount={checkout.totalYen} />
        </Slip>
      }
      foot={null}
    />
  )
}
