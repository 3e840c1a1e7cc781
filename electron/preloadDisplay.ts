import { contextBridge, ipcRenderer } from 'electron'
import type { LaneView, Shop } from '../shared/checkout.ts'
import type { Result } from '../shared/result.ts'
import { DISPLAY_SHOP_CHANNEL, DISPLAY_WATCH_CHANNEL, LANE_CHANNEL } from './channels.ts'

/**
 * What the page of a display beside a till gets: the shop, and the snapshots of the lane that main opened it for. There is no lane to
 * name and nothing to call, so whoever takes this page over can only look on.
 */
contextBridge.exposeInMainWorld('kaikeiDisplay', { getShop, watchLane })

const listeners = new Map<number, (view: LaneView) => void>()
let watches = 0

ipcRenderer.on(LANE_CHANNEL, (_event, watch: number, view: LaneView) => listeners.get(watch)?.(view))

/** Rejects only when main refuses this page or is gone. */
function getShop(): Promise<Result<Shop>> {
  return ipcRenderer.invoke(DISPLAY_SHOP_CHANNEL)
}

/** A page shows one lane for as long as it lives, so main is not told of the end. */
function watchLane(onView: (view: LaneView) => void): () => void {
  watches += 1
  const watch = watches
  listeners.set(watch, onView)
  ipcRenderer.send(DISPLAY_WATCH_CHANNEL, watch)
  return () => void listeners.delete(watch)
}
