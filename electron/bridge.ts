import { type IpcMainEvent, type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron'
import { customerApi, customerMethods } from '../shared/api.ts'
import { attendantApi, attendantMethods } from '../shared/attendant.ts'
import type { LaneView } from '../shared/checkout.ts'
import type { Result } from '../shared/result.ts'
import { pageAt } from './address.ts'
import {
  callChannel,
  DISPLAY_SHOP_CHANNEL,
  DISPLAY_WATCH_CHANNEL,
  deskChannel,
  LANE_CHANNEL,
  UNWATCH_CHANNEL,
  WATCH_CHANNEL,
} from './channels.ts'

/** What the bridge needs of core's Kiosk; structural, so that this file compiles and is tested on its own. */
export type HostKiosk = {
  /** The customer's contract. */
  dispatch(method: string, input: unknown): Promise<Result<unknown, unknown>>
  /** The attendant's; core sees who may. */
  desk(method: string, input: unknown): Promise<Result<unknown, unknown>>
  /** Whole snapshots, at once and at every change; the answer ends it. Counts as a screen that watches the lane. */
  watchLane(lane: string, listener: (view: LaneView) => void): () => void
  /** The same for a display beside the lane's screen: it does not count as one. */
  showLane(lane: string, listener: (view: LaneView) => void): () => void
}

export type Bridge = {
  /**
   * From now on the page in this window may call, for this lane. Whatever else sends to main is refused. `prints` is called when core has
   * counted a paper for it: its printing comes next.
   */
  admit(contents: WebContents, lane: string, prints?: () => void): void
  /** From now on the page in this window may look at this lane, and do nothing. */
  admitDisplay(contents: WebContents, lane: string): void
  /** No more calls; every watched lane loses its screen. */
  close(): void
}

/** What main knows of a window. */
type Screen = {
  readonly page: 'till' | 'display'
  readonly lane: string
  /** By the page's own numbers; each ends one. */
  readonly watches: Map<number, () => void>
  readonly prints: () => void
  /** Under way. */
  calls: number
}

/** One page watches one lane; more than this is a page that forgets to stop. */
const MAX_WATCHES = 8
/** After these the page prints. */
const PRINTS: ReadonlySet<string> = new Set([callChannel('printReceipt'), deskChannel('issuePaper')])
/** The desk asks a handful of things at a time; a page with more under way is flooding main. */
export const MAX_CALLS = 32

/**
 * The contract over Electron's IPC: every method of it, nothing else, only for the page of an admitted window, and only for its own lane:
 * a page that was taken over reaches no other customer. At the desk, whoever is in may name other lanes; getting in is the lane's own.
 */
export function openBridge(kiosk: HostKiosk): Bridge {
  const screens = new Map<WebContents, Screen>()

  const answer = (
    page: Screen['page'],
    channel: string,
    isBound: boolean,
    call: (input: unknown) => Promise<Result<unknown, unknown>>,
  ): void => {
    ipcMain.handle(channel, async (event, input: unknown) => {
      // A stranger gets an error without a word about us; our page never sees it.
      const screen = screenOf(event, screens, page)
      if (!screen) throw new Error('refused')
      if (isBound && !isOfLane(input, screen.lane)) throw new Error('refused')
      if (screen.calls >= MAX_CALLS) throw new Error('refused')
      screen.calls += 1
      try {
        const answered = await call(input)
        if (answered.ok && PRINTS.has(channel)) screen.prints()
        return answered
      } finally {
        screen.calls -= 1
      }
    })
  }
  for (const method of customerMethods)
    answer('till', callChannel(method), true, input => kiosk.dispatch(method, input))
  for (const method of attendantMethods)
    answer('till', deskChannel(method), attendantApi[method].access === 'anyone', input =>
      kiosk.desk(method, input),
    )
  answer('display', DISPLAY_SHOP_CHANNEL, false, () => kiosk.dispatch('getShop', {}))

  const begin = (
    contents: WebContents,
    { watches, lane }: Screen,
    id: unknown,
    follow: HostKiosk['watchLane'],
  ): void => {
    if (!isWatchId(id) || watches.has(id) || watches.size >= MAX_WATCHES) return
    // The first snapshot comes before watchLane returns, so the place is taken first.
    watches.set(id, () => undefined)
    watches.set(
      id,
      follow(lane, view => {
        if (!contents.isDestroyed()) contents.send(LANE_CHANNEL, id, view)
      }),
    )
  }
  const watch = (event: IpcMainEvent, id: unknown, lane: unknown): void => {
    const screen = screenOf(event, screens, 'till')
    const wanted = customerApi.getLane.input.safeParse({ lane })
    if (!screen || !wanted.success || wanted.data.lane !== screen.lane) return
    begin(event.sender, screen, id, (own, listener) => kiosk.watchLane(own, listener))
  }
  const show = (event: IpcMainEvent, id: unknown): void => {
    const screen = screenOf(event, screens, 'display')
    if (screen) begin(event.sender, screen, id, (own, listener) => kiosk.showLane(own, listener))
  }
  const unwatch = (event: IpcMainEvent, id: unknown): void => {
    if (isWatchId(id)) stop(screenOf(event, screens, 'till')?.watches, id)
  }

  ipcMain.on(WATCH_CHANNEL, watch)
  ipcMain.on(UNWATCH_CHANNEL, unwatch)
  ipcMain.on(DISPLAY_WATCH_CHANNEL, show)

  const admit = (
    contents: WebContents,
    page: Screen['page'],
    lane: string,
    prints: () => void = () => undefined,
  ): void => {
    const watches = new Map<number, () => void>()
    screens.set(contents, { page, lane, watches, prints, calls: 0 })
    const screenGone = (): void => {
      for (const id of [...watches.keys()]) stop(watches, id)
    }
    // Committed, not started: a navigation that is refused leaves the page, and its watches, where they are.
    contents.on('did-navigate', screenGone)
    contents.on('render-process-gone', screenGone)
    contents.on('destroyed', () => {
      screenGone()
      screens.delete(contents)
    })
  }

  return {
    admit: (contents, lane, prints) => admit(contents, 'till', lane, prints),
    admitDisplay: (contents, lane) => admit(contents, 'display', lane),
    close() {
      for (const method of customerMethods) ipcMain.removeHandler(callChannel(method))
      for (const method of attendantMethods) ipcMain.removeHandler(deskChannel(method))
      ipcMain.removeHandler(DISPLAY_SHOP_CHANNEL)
      ipcMain.off(WATCH_CHANNEL, watch)
      ipcMain.off(UNWATCH_CHANNEL, unwatch)
      ipcMain.off(DISPLAY_WATCH_CHANNEL, show)
      for (const { watches } of screens.values()) for (const id of [...watches.keys()]) stop(watches, id)
      screens.clear()
    },
  }
}

/** The admitted window whose top frame, showing the page that it was opened for, has sent this. A frame that is gone, or that cannot be read, is nobody. */
function screenOf(
  event: IpcMainEvent | IpcMainInvokeEvent,
  screens: ReadonlyMap<WebContents, Screen>,
  page: Screen['page'],
): Screen | null {
  try {
    const { sender, senderFrame } = event
    const screen = screens.get(sender)
    const isOurs =
      screen?.page === page &&
      senderFrame !== null &&
      senderFrame.frameTreeNodeId === sender.mainFrame.frameTreeNodeId &&
      pageAt(senderFrame.url) === page
    return isOurs ? screen : null
  } catch {
    // Electron throws when a frame went away between its message and now.
    return null
  }
}

/** Nothing that names a lane names another one. What has no lane, or no shape at all, is core's to refuse. */
function isOfLane(input: unknown, ownLane: string): boolean {
  if (typeof input !== 'object' || input === null || !('lane' in input)) return true
  return typeof input.lane !== 'string' || input.lane === ownLane
}

function stop(watches: Map<number, () => void> | undefined, id: number): void {
  const end = watches?.get(id)
  watches?.delete(id)
  end?.()
}

function isWatchId(id: unknown): id is number {
  return typeof id === 'number' && Number.isSafeInteger(id)
}
