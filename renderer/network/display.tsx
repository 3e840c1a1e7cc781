import { type ReactNode, useEffect, useReducer, useState } from 'react'
import type { LaneView, Shop } from '../../shared/checkout.ts'
import type { DisplayApi } from '../api.ts'
import { DELAYS } from '../checkout/delays.ts'
import { languageTags, setTextLocale } from '../text/i18n.ts'
import { Screen } from '../ui/frame.tsx'
import { Shown } from './shown.tsx'
import './display.css'

type Told = { readonly view: LaneView; readonly atMs: number }

/** A TV beside a tablet, or the other display of a till: what the lane's own screen does, for whoever stands before it. There is nothing to press. */
export function Display({ api, lane }: { readonly api: DisplayApi; readonly lane: string }): ReactNode {
  const [told, setTold] = useState<Told | null>(null)
  const [isAway, setAway] = useState(false)
  const shop = useShop(api, told?.view.shopRevision ?? null)
  const [, redraw] = useReducer((drawn: number) => drawn + 1, 0)
  const checkout = told?.view.checkout ?? null
  const locale = shop?.locales[0] ?? 'ja'
  useEffect(
    () =>
      api.watchLane(
        lane,
        view => {
          setAway(false)
          setTold({ view, atMs: performance.now() })
        },
        () => setAway(true),
      ),
    [api, lane],
  )
  useEffect(() => {
    setTextLocale(locale)
    document.documentElement.lang = languageTags[locale]
  }, [locale])
  const runs = checkout?.status === 'awaitingPayment'
  useEffect(() => {
    if (!runs) return undefined
    const timer = setInterval(redraw, DELAYS.redrawMs)
    return () => clearInterval(timer)
  }, [runs])
  // As the lane's own screen: a lost line has a moment to come back before anything is said of it.
  const [isLongAway, setLongAway] = useState(false)
  useEffect(() => {
    setLongAway(false)
    if (!isAway) return undefined
    const timer = setTimeout(() => setLongAway(true), DELAYS.hostGraceMs)
    return () => clearTimeout(timer)
  }, [isAway])
  return (
    <Screen shop={shop} locale={locale} large={false} mode={told?.view.mode ?? 'production'}>
      {shop && told && (
        <div className="display" style={{ display: 'contents' }}>
          <Shown
            shop={shop}
            locale={locale}
            view={told.view}
            isAway={isLongAway}
            sinceMs={performance.now() - told.atMs}
          />
        </div>
      )}
    </Screen>
  )
}

/** The shop as it is; asked again while it does not come, and whenever it has become another. */
function useShop(api: DisplayApi, revision: string | null): Shop | null {
  const [shop, setShop] = useState<Shop | null>(null)
  useEffect(() => {
    if (revision === null) return undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOver = false
    const ask = async (): Promise<void> => {
      const answer = await api.getShop()
      if (isOver) return
      if (answer.ok) setShop(answer.value)
      else timer = setTimeout(() => void ask(), DELAYS.retryMs)
    }
    void ask()
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [api, revision])
  return shop
}
