import { contextBridge, ipcRenderer } from 'electron'
import { customerMethods } from '../shared/api.ts'
import { attendantMethods } from '../shared/attendant.ts'
import type { LaneView } from '../shared/checkout.ts'
import { fail, type Result } from '../shared/result.ts'
import { callChannel, deskChannel, LANE_CHANNEL, UNWATCH_CHANNEL, WATCH_CHANNEL } from './channels.ts'

/**
 * What the page gets: the methods of the contract by name, the snapshots of a lane, and nothing else of Electron.
 * The names come from the contract, so a new method needs no change here.
 */
contextBridge.exposeInMainWorld('kaikei', { call, callDesk, watchLane })

const channels = new Map<string, string>(customerMethods.map(method => [method, callChannel(method)]))
const deskChannels = new Map<string, string>(attendantMethods.map(method => [method, deskChannel(method)]))
const listeners = new Map<number, (view: LaneView) => void>()
let watches = 0

ipcRenderer.on(LANE_CHANNEL, (_event, watch: number, view: LaneView) => listeners.get(watch)?.(view))

/** Rejects only when main refuses this page or is gone; the page reads that as a host that is away. */
function call(method: string, input: unknown): Promise<Result<unknown>> {
  return invoke(channels, method, input)
}

/** The attendant's contract: the same, and core refuses whoever has not got in. */
function callDesk(method: string, input: unknown): Promise<Result<unknown>> {
  return invoke(deskChannels, method, input)
}

function invoke(
  named: ReadonlyMap<string, string>,
  method: string,
  input: unknown,
): Promise<Result<unknown>> {
  const channel = named.get(method)
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
