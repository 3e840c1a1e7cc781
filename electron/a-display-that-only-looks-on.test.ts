import type { WebContents } from 'electron'
import { beforeEach, describe, expect, it } from 'vitest'
import { customerMethods } from '../shared/api.ts'
import { attendantMethods } from '../shared/attendant.ts'
import type { LaneView } from '../shared/checkout.ts'
import { ok } from '../shared/result.ts'
import { displayUrl } from './address.ts'
import { type Bridge, openBridge } from './bridge.ts'
import {
  callChannel,
  DISPLAY_SHOP_CHANNEL,
  DISPLAY_WATCH_CHANNEL,
  deskChannel,
  LANE_CHANNEL,
  WATCH_CHANNEL,
} from './channels.ts'
import { exposed, ipcMain, ipcRenderer, rendererOf, WebContentsDouble } from './electron.double.ts'
import { guardContents } from './guard.ts'
import './preloadDisplay.ts'

// A TV that mirrors a lane hangs where anybody can reach it: what its page can do has to be nothing.
type DisplayPage = {
  getShop(): Promise<unknown>
  watchLane(onView: (view: LaneView) => void): () => void
}
const page = exposed.kaikeiDisplay as DisplayPage
const view = (lane: string): LaneView => ({
  lane,
  mode: 'training',
  selling: { open: true },
  checkout: null,
  shopRevision: '1',
  staffCalled: false,
  returns: [],
})

let called: string[]
let shown: string[]
let ended: string[]
let bridge: Bridge
let tv: WebContentsDouble

beforeEach(() => {
  bridge?.close()
  called = []
  shown = []
  ended = []
  bridge = openBridge({
    dispatch: async method => {
      called.push(method)
      return ok('the shop')
    },
    desk: () => expect.unreachable(),
    // It would count as the lane's screen, and goods would be handed over before an empty room.
    watchLane: () => expect.unreachable(),
    showLane(lane, listener) {
      shown.push(lane)
      listener(view(lane))
      return () => ended.push(lane)
    },
  })
  tv = new WebContentsDouble(displayUrl('main'))
  rendererOf.contents = tv
  bridge.admitDisplay(tv as unknown as WebContents, 'main')
})

it('gets two functions: the shop, and its lane', async () => {
  expect(Object.keys(exposed)).toEqual(['kaikeiDisplay'])
  expect(Object.keys(page)).toEqual(['getShop', 'watchLane'])
  expect(await page.getShop()).toEqual(ok('the shop'))
  expect(called).toEqual(['getShop'])
  const seen: string[] = []
  page.watchLane(({ lane }) => seen.push(lane))
  ipcRenderer.deliver()
  expect([shown, seen]).toEqual([['main'], ['main']])
})

it('calls no method, at the counter or at the desk, even past its preload', async () => {
  for (const channel of [...customerMethods.map(callChannel), ...attendantMethods.map(deskChannel)])
    await expect(ipcMain.invoke(channel, tv.event, { lane: 'main' })).rejects.toThrow('refused')
  ipcMain.emit(WATCH_CHANNEL, tv.event, 1, 'main')
  expect([called, tv.sent]).toEqual([[], []])
})

it('sees the lane that main opened it for, whatever it says itself', () => {
  ipcMain.emit(DISPLAY_WATCH_CHANNEL, tv.event, 7, 'other')
  expect(shown).toEqual(['main'])
  expect(tv.sent).toEqual([[LANE_CHANNEL, 7, view('main')]])
})

describe.each([
  ['a till’s page', () => new WebContentsDouble().event],
  ['a display that was never admitted', () => new WebContentsDouble(displayUrl('main')).event],
  [
    'a display that shows another page',
    () => {
      tv.mainFrame.url = 'kaikei://app/?lane=main'
      return tv.event
    },
  ],
  ['a display whose frame is gone', () => ({ sender: tv, senderFrame: null })],
])('%s', (_name, event) => {
  it('sees nothing', async () => {
    const stranger = event()
    ipcMain.emit(DISPLAY_WATCH_CHANNEL, stranger, 1)
    await expect(ipcMain.invoke(DISPLAY_SHOP_CHANNEL, stranger)).rejects.toThrow('refused')
    expect(shown).toEqual([])
  })
})

it.each([
  ['is loaded again', () => tv.emit('did-navigate')],
  ['dies', () => tv.emit('render-process-gone')],
  ['is closed', () => tv.destroy()],
  ['outlives the host', () => bridge.close()],
])('looks no more when it %s', (_how, happens) => {
  ipcMain.emit(DISPLAY_WATCH_CHANNEL, tv.event, 1)
  happens()
  expect(ended).toEqual(['main'])
})

it('can become no till, nor a till a display', () => {
  const till = new WebContentsDouble()
  for (const contents of [tv, till]) guardContents(contents as unknown as WebContents)
  const goes = (contents: WebContentsDouble, url: string) => !contents.prevents('will-navigate', { url })
  expect(goes(tv, displayUrl('main'))).toBe(true)
  expect(goes(tv, 'kaikei://app/?lane=main')).toBe(false)
  expect(goes(till, displayUrl('main'))).toBe(false)
})
