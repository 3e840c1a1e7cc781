import { type ReactNode, StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { LOCALES, type Locale, type PaypayMode, type Shop } from '../../shared/checkout.ts'
import type { CustomerEvent } from '../checkout/events.ts'
import { printReceipt } from '../receipt/print.tsx'
import type { Cart } from '../screens/props.ts'
import { languageTags, setTextLocale, startTexts } from '../text/i18n.ts'
import { Screen } from '../ui/frame.tsx'
import { DeskPicture, deskShots } from './desk-shots.tsx'
import { NetworkPicture, networkShots } from './network-shots.tsx'
import { paperOf } from './receipts.tsx'
import { type CatalogueFile, demoCart, shopOf } from './shop.ts'
import { shots } from './shots.tsx'

/**
 * Any screen in any state, by its address, to be looked at and measured; not part of the product.
 * `?screen=code&locale=en&large=1&mode=training&called=1`; `?screen=receipt-58&print=1` prints it.
 */
const root = document.querySelector('#page')
if (!root) throw new Error('index.html has no element with the id "page"; put one back')
const answer = await fetch('/catalogue.json')
const shop = shopOf((await answer.json()) as CatalogueFile)
await startTexts('ja')
const page = createRoot(root)

/** A shot is made many times faster when the page is not loaded for each. */
window.addEventListener('popstate', show)
show()

function show(): void {
  const asked = new URLSearchParams(window.location.search)
  const locale = LOCALES.find(one => one === asked.get('locale')) ?? 'ja'
  setTextLocale(locale)
  document.documentElement.lang = languageTags[locale]
  page.render(
    <StrictMode>
      <Shown key={window.location.search} asked={asked} locale={locale} shop={shop} />
    </StrictMode>,
  )
  const mode = (asked.get('mode') ?? 'production') as PaypayMode
  const paper = paperOf(asked.get('screen') ?? '', shop, locale, mode)
  if (paper && asked.has('print')) void printReceipt(paper.receipt, paper.paperMm)
}

function Shown(props: { asked: URLSearchParams; locale: Locale; shop: Shop }): ReactNode {
  const { asked, shop } = props
  const [locale, setLocale] = useState(props.locale)
  const [large, setLarge] = useState(asked.get('large') === '1')
  const [staffCalled, setCalled] = useState(asked.get('called') === '1')
  const [cart, setCart] = useState<Cart>(demoCart)
  const name = asked.get('screen') ?? 'attract'
  if (deskShots[name]) return <DeskPicture name={name} locale={locale === 'en' ? 'en' : 'ja'} />
  const mode = (asked.get('mode') ?? 'production') as PaypayMode
  if (networkShots[name]) return <NetworkPicture name={name} locale={locale} shop={shop} mode={mode} />
  const shot = shots[name]
  if (!shot) return <Index />
  const send = (event: CustomerEvent): void => {
    if (event.type === 'customer.add') setCart(changed(cart, event.productId, 1))
    if (event.type === 'customer.remove') setCart(changed(cart, event.productId, -1))
    if (event.type === 'customer.largeText') setLarge(event.on)
    if (event.type === 'customer.callStaff') setCalled(true)
    if (event.type === 'customer.language') {
      setTextLocale(event.locale)
      setLocale(event.locale)
    }
  }
  const common = { shop, locale, large, mode, staffCalled, send }
  return <Screen {...common}>{shot(common, cart)}</Screen>
}

function Index(): ReactNode {
  return (
    <ul>
      {[...Object.keys(shots), ...Object.keys(networkShots), ...Object.keys(deskShots)].map(name => (
        <li key={name}>
          <a href={`?screen=${name}`}>{name}</a>
        </li>
      ))}
    </ul>
  )
}

function changed(cart: Cart, productId: string, by: number): Cart {
  return { ...cart, [productId]: Math.max(0, (cart[productId] ?? 0) + by) }
}
