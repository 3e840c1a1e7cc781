import { contextBridge, ipcRenderer } from 'electron'
import { customerMethods } from '../shared/api.ts'
import type { LaneView } from '../shared/checkout.ts'
import { fail, type Result } from '../shared/result.ts'
import { callChannel, LANE_CHANNEL, UNWATCH_CHANNEL, WATCH_CHANNEL } from './channels.ts'

/**
 * What the page gets: the methods of the contract by name, the snapshots of a lane, and nothing else of Electron.
 * The names come from the contract, so a new method needs no change here.
 */
contextBridge.exposeInMainWorld('kaikei', { call, watchLane })

const channels = new Map<string, string>(customerMethods.map(method => [method, callChannel(method)]))
const listeners = new Map<number, (view: LaneView) => void>()
let watches = 0

ipcRenderer.on(LANE_CHANNEL, (_event, watch: number, view: LaneView) => listeners.get(watch)?.(view))

/** Rejects only when main refuses this page or is gone; the page reads that as a host that is away. */
function call(method: string, input: unknown): Promise<Result<unknown>> {
  const channel = channels.get(method)
  if (channel === undefined) return Promise.resolve(fail({ kind: 'unknownMethod', method: String(method) }))
  return ipcRenderer.invoke(channel, input)
}

function watchLane(lane: string, onView: (view: LaneView) => void): () => void {
  watches += 1
  const watch = watches
  listeners.set(watch, onView)
  ipcRenderer.send(WATCH_CHANNEL, watch, lane)
  return () => {
    if (listeners.delete(watch)) ipcRenderer.send(UNWATCH_CHANNEL, watch)
  }
}
