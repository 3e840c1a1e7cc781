import type { Display, WebContents } from 'electron'
import type { Log } from '../core/log.ts'
import type { SecondScreenSettings } from '../shared/shopDocuments.ts'
import { BESIDE_URL, CLOSED_URL, displayUrl, pageUrl } from './address.ts'
import type { Bridge } from './bridge.ts'
import { otherDisplay } from './displays.ts'
import type { KioskWindow, KioskWindowOptions } from './window.ts'

export type SecondScreenPorts = {
  /** What the settings say, at once and at every change. */
  readonly watchSettings: (
    listener: (settings: { readonly secondScreen: SecondScreenSettings }) => void,
  ) => () => void
  /** The lane of the till's own window, and the number of the display that it was told to cover. */
  readonly lane: string
  readonly display: number | null
  /** A lane that the command line puts on the other display, whatever the settings say. */
  readonly secondLane: string | null
  readonly preloads: { readonly till: string; readonly display: string }
  readonly bridge: Bridge
  readonly log: Log
  readonly open: (window: SecondWindow) => KioskWindow
}

export type SecondWindow = Pick<KioskWindowOptions, 'url' | 'closedUrl' | 'preload' | 'admit' | 'isExtra'> & {
  readonly display: () => Display | null
}

/**
 * The other display of the till: nothing, a mirror of a lane, or a lane of its own, as the settings say now. Whatever goes wrong here is
 * told in the log, and the till sells on. The answer closes it for good.
 */
export function openSecondScreen(ports: SecondScreenPorts): () => void {
  const { log } = ports
  let shown: SecondScreenSettings = { shows: 'nothing', display: null, lane: null }
  let current: KioskWindow | null = null
  const show = (wanted: SecondScreenSettings): void => {
    if (JSON.stringify(wanted) === JSON.stringify(shown)) return
    shown = wanted
    current?.close()
    current = null
    const window = windowOf(wanted, ports)
    if (typeof window === 'string') log.warn({}, window)
    else if (window) current = ports.open(window)
  }
  const unwatch = ports.watchSettings(({ secondScreen }) =>
    show(ports.secondLane === null ? secondScreen : { shows: 'lane', display: null, lane: ports.secondLane }),
  )
  return () => {
    unwatch()
    current?.close()
    current = null
  }
}

/** Null: nothing is wanted there. A text: why what is wanted cannot be. */
function windowOf(
  { shows, display: chosen, lane }: SecondScreenSettings,
  ports: SecondScreenPorts,
): SecondWindow | string | null {
  const { bridge, preloads } = ports
  const display = (): Display | null => otherDisplay(ports.display, chosen)
  switch (shows) {
    case 'nothing':
      return null
    case 'mirror': {
      const whose = lane ?? ports.lane
      return {
        url: displayUrl(whose),
        closedUrl: BESIDE_URL,
        preload: preloads.display,
        isExtra: true,
        display,
        admit: (contents: WebContents) => bridge.admitDisplay(contents, whose),
      }
    }
    case 'lane':
      if (lane === null || lane === ports.lane)
        return `The second screen stays dark: it is to be the lane "${lane}", which is the till’s own. Write another name into secondScreen.lane, or "mirror" into secondScreen.shows.`
      return {
        url: pageUrl(lane),
        closedUrl: CLOSED_URL,
        preload: preloads.till,
        isExtra: true,
        display,
        admit: (contents: WebContents, prints: () => void) => bridge.admit(contents, lane, prints),
      }
    default:
      return shows satisfies never
  }
}
