import type { WebContents } from 'electron'
import { expect, it } from 'vitest'
import { customerMethods } from '../shared/api.ts'
import { attendantMethods } from '../shared/attendant.ts'
import { ok } from '../shared/result.ts'
import { openBridge } from './bridge.ts'
import { exposed, ipcMain, ipcRenderer, rendererOf } from './electron.double.ts'
import './preload.ts'

// The preload is the only thing that the page has of Electron: one name too many in it is a hole in every till.
type Api = {
  call(method: string, input: unknown): Promise<unknown>
  callDesk(method: string, input: unknown): Promise<unknown>
  watchLane(lane: string, onView: (view: unknown) => void): () => void
}
const api = exposed.kaikei as Api
const calls: unknown[] = []
const stopped: string[] = []

const bridge = openBridge({
  async dispatch(method, input) {
    calls.push([method, input])
    return ok(method)
  },
  async desk(method, input) {
    calls.push(['desk', method, input])
    return ok(method)
  },
  watchLane(lane, listener) {
    listener({ lane } as never)
    return () => stopped.push(lane)
  },
  showLane: () => expect.unreachable(),
})
bridge.admit(rendererOf.contents as unknown as WebContents, 'left')

it('the page gets one name, with three functions', () => {
  expect(Object.keys(exposed)).toEqual(['kaikei'])
  expect(Object.keys(api)).toEqual(['call', 'callDesk', 'watchLane'])
})

it('every method of the contract is reachable by its name', async () => {
  for (const method of customerMethods) expect(await api.call(method, { x: method })).toEqual(ok(method))
  expect(calls).toEqual(customerMethods.map(method => [method, { x: method }]))
})

it('the attendant’s contract goes through a door of its own, and neither opens the other', async () => {
  calls.length = 0
  for (const method of attendantMethods) expect(await api.callDesk(method, { x: method })).toEqual(ok(method))
  expect(calls).toEqual(attendantMethods.map(method => ['desk', method, { x: method }]))
  expect(await api.call('giveBack', {})).toMatchObject({ failure: { kind: 'unknownMethod' } })
  expect(await api.callDesk('startCheckout', {})).toMatchObject({ failure: { kind: 'unknownMethod' } })
})

it.each(['kaikei:watch', 'toString', '__proto__', 'constructor', '', 'getLane '])(
  'the name "%s" goes nowhere, in words',
  async name => {
    calls.length = 0
    expect(await api.call(name, {})).toEqual({
      ok: false,
      failure: { kind: 'unknownMethod', method: name },
    })
    expect(calls).toEqual([])
  },
)

it('two watches are told apart, and each ends for itself, once', () => {
  const seen: unknown[] = []
  const endLeft = api.watchLane('left', view => seen.push(['first', view]))
  const endRight = api.watchLane('left', view => seen.push(['second', view]))
  ipcRenderer.deliver()
  expect(seen).toEqual([
    ['first', { lane: 'left' }],
    ['second', { lane: 'left' }],
  ])
  endLeft()
  endLeft()
  expect(stopped).toEqual(['left'])
  endRight()
  expect(stopped).toEqual(['left', 'left'])
  expect(ipcMain.listenerCount('kaikei:lane')).toBe(0)
})
