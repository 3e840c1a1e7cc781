import type { WebContents } from 'electron'
import { beforeEach, describe, expect, it } from 'vitest'
import { customerMethods } from '../shared/api.ts'
import { attendantMethods } from '../shared/attendant.ts'
import type { LaneView } from '../shared/checkout.ts'
import { ok, type Result } from '../shared/result.ts'
import { type Bridge, type HostKiosk, MAX_CALLS, openBridge } from './bridge.ts'
import {
  callChannel,
  DISPLAY_SHOP_CHANNEL,
  DISPLAY_WATCH_CHANNEL,
  deskChannel,
  LANE_CHANNEL,
  UNWATCH_CHANNEL,
  WATCH_CHANNEL,
} from './channels.ts'
import { ipcMain, newFrameId, type SenderEvent, WebContentsDouble } from './electron.double.ts'

// Another page, a frame inside ours, or a window that is gone must not be able to start, stop or watch a checkout.
class KioskDouble implements HostKiosk {
  readonly calls: [method: string, input: unknown][] = []
  readonly watched: string[] = []
  readonly stopped: string[] = []
  listeners: ((view: LaneView) => void)[] = []

  dispatch(method: string, input: unknown): Promise<Result<unknown>> {
    this.calls.push([method, input])
    return Promise.resolve(ok(`answer to ${method}`))
  }

  desk(method: string, input: unknown): Promise<Result<unknown, unknown>> {
    this.calls.push([`desk ${method}`, input])
    return Promise.resolve(ok(`the desk's answer to ${method}`))
  }

  watchLane(lane: string, listener: (view: LaneView) => void): () => void {
    this.watched.push(lane)
    this.listeners.push(listener)
    listener(view(lane))
    return () => this.stopped.push(lane)
  }

  showLane(): never {
    throw new Error('this page is no display')
  }
}

const view = (lane: string): LaneView => ({
  lane,
  mode: 'training',
  selling: { open: true },
  checkout: null,
  shopRevision: '1',
  staffCalled: false,
  returns: [],
})

let kiosk: KioskDouble
let bridge: Bridge
let page: WebContentsDouble

beforeEach(() => {
  bridge?.close()
  kiosk = new KioskDouble()
  bridge = openBridge(kiosk)
  page = new WebContentsDouble()
  bridge.admit(page as unknown as WebContents, 'main')
})

const strangers: Readonly<Record<string, () => SenderEvent>> = {
  'a window that was never admitted': () => new WebContentsDouble().event,
  'a frame inside the page': () => ({
    sender: page,
    senderFrame: { url: 'kaikei://app/', parent: page.mainFrame, frameTreeNodeId: newFrameId() },
  }),
  'a frame that says it is on top': () => ({
    sender: page,
    senderFrame: { url: 'kaikei://app/', parent: null, frameTreeNodeId: newFrameId() },
  }),
  'a frame that is gone': () => ({ sender: page, senderFrame: null }),
  'a frame that goes away while it is looked at': () => ({
    sender: page,
    get senderFrame(): never {
      throw new Error('Render frame was disposed before WebFrameMain could be accessed')
    },
  }),
  'a window that is destroyed': () => {
    const { event } = page
    page.destroy()
    return event
  },
  'another site in our window': () => showing('https://example.com/'),
  'another site with our host’s name': () => showing('https://app/'),
  'another host of our scheme': () => showing('kaikei://other/'),
  'a host that begins like ours': () => showing('kaikei://app.example.com/'),
  'a picture on our origin': () => showing('kaikei://app/media/evil.svg'),
  'a local file': () => showing('file:///home/user/index.html'),
  'an empty page': () => showing('about:blank'),
}

function showing(url: string): SenderEvent {
  page.mainFrame.url = url
  return page.event
}

describe.each(Object.entries(strangers))('%s', (_name, event) => {
  it('calls no method', async () => {
    const stranger = event()
    for (const method of customerMethods)
      await expect(ipcMain.invoke(callChannel(method), stranger, {})).rejects.toThrow('refused')
    for (const method of attendantMethods)
      await expect(ipcMain.invoke(deskChannel(method), stranger, {})).rejects.toThrow('refused')
    expect(kiosk.calls).toEqual([])
  })

  it('watches no lane, and ends nobody’s watch', () => {
    ipcMain.emit(WATCH_CHANNEL, page.event, 1, 'main')
    const stranger = event()
    const stopped = [...kiosk.stopped]
    ipcMain.emit(WATCH_CHANNEL, stranger, 2, 'main')
    ipcMain.emit(UNWATCH_CHANNEL, stranger, 1)
    expect(kiosk.watched).toEqual(['main'])
    expect(kiosk.stopped).toEqual(stopped)
  })
})

it('the window hears of each paper that core has counted, and of nothing else', async () => {
  const printed: string[] = []
  const own = new WebContentsDouble()
  bridge.admit(own as unknown as WebContents, 'main', () => printed.push('paper'))
  for (const method of customerMethods) await ipcMain.invoke(callChannel(method), own.event, { lane: 'main' })
  expect(printed).toEqual(['paper'])
  for (const method of attendantMethods) await ipcMain.invoke(deskChannel(method), own.event, {})
  expect(printed).toEqual(['paper', 'paper'])
})

it('our page calls every method of the contract, and there is no other door', async () => {
  for (const method of customerMethods)
    expect(await ipcMain.invoke(callChannel(method), page.event, { lane: 'main', method })).toEqual(
      ok(`answer to ${method}`),
    )
  expect(kiosk.calls).toEqual(customerMethods.map(method => [method, { lane: 'main', method }]))
  for (const method of attendantMethods)
    expect(await ipcMain.invoke(deskChannel(method), page.event, {})).toEqual(
      ok(`the desk's answer to ${method}`),
    )
  expect([...ipcMain.handlers.keys()]).toEqual([
    ...customerMethods.map(callChannel),
    ...attendantMethods.map(deskChannel),
    DISPLAY_SHOP_CHANNEL,
  ])
  expect(ipcMain.eventNames()).toEqual([WATCH_CHANNEL, UNWATCH_CHANNEL, DISPLAY_WATCH_CHANNEL])
  await expect(ipcMain.invoke(DISPLAY_SHOP_CHANNEL, page.event)).rejects.toThrow('refused')
})

it('every snapshot goes to the watch that asked, whole', () => {
  ipcMain.emit(WATCH_CHANNEL, page.event, 7, 'main')
  kiosk.listeners[0]?.({ ...view('main'), staffCalled: true })
  expect(page.sent).toEqual([
    [LANE_CHANNEL, 7, view('main')],
    [LANE_CHANNEL, 7, { ...view('main'), staffCalled: true }],
  ])
})

it.each([
  ['no number', 'x', 'main'],
  ['half a number', 1.5, 'main'],
  ['no lane', 1, undefined],
  ['a lane that cannot be', 1, '../main'],
  ['a lane that is an object', 1, { lane: 'main' }],
])('a watch with %s is not begun', (_what, id, lane) => {
  ipcMain.emit(WATCH_CHANNEL, page.event, id, lane)
  expect(kiosk.watched).toEqual([])
})

it('a page that forgets to end its watches runs out of them', () => {
  for (let id = 0; id < 100; id += 1) ipcMain.emit(WATCH_CHANNEL, page.event, id, 'main')
  expect(kiosk.watched).toHaveLength(8)
})

describe('a screen that goes away no longer watches its lane', () => {
  beforeEach(() => {
    ipcMain.emit(WATCH_CHANNEL, page.event, 1, 'main')
    ipcMain.emit(WATCH_CHANNEL, page.event, 2, 'main')
  })

  it('when it says so itself', () => {
    ipcMain.emit(UNWATCH_CHANNEL, page.event, 2)
    ipcMain.emit(UNWATCH_CHANNEL, page.event, 2)
    expect(kiosk.stopped).toEqual(['main'])
  })

  it.each([
    ['when it is loaded again', () => page.emit('did-navigate')],
    ['when its process is gone', () => page.emit('render-process-gone')],
    ['when its window is destroyed', () => page.destroy()],
    ['when the host closes', () => bridge.close()],
  ])('%s', (_when, happens) => {
    happens()
    expect(kiosk.stopped).toEqual(['main', 'main'])
    // A snapshot that was on its way finds nobody.
    page.sent.length = 0
    if (page.isDestroyed()) kiosk.listeners[0]?.(view('main'))
    expect(page.sent).toEqual([])
  })

  it('and a page that was loaded again may watch anew', () => {
    page.emit('did-navigate')
    ipcMain.emit(WATCH_CHANNEL, page.event, 1, 'main')
    expect(kiosk.watched).toEqual(['main', 'main', 'main'])
  })
})

describe('a page that was taken over', () => {
  it('reaches no other lane, whatever it calls there', async () => {
    for (const method of customerMethods)
      await expect(ipcMain.invoke(callChannel(method), page.event, { lane: 'other' })).rejects.toThrow(
        'refused',
      )
    for (const method of ['setUp', 'signIn'] as const)
      await expect(ipcMain.invoke(deskChannel(method), page.event, { lane: 'other' })).rejects.toThrow(
        'refused',
      )
    ipcMain.emit(WATCH_CHANNEL, page.event, 1, 'other')
    expect(kiosk.calls).toEqual([])
    expect(kiosk.watched).toEqual([])
  })

  it('and each window has its own', async () => {
    const other = new WebContentsDouble()
    bridge.admit(other as unknown as WebContents, 'other')
    const call = (lane: string) => ipcMain.invoke(callChannel('getLane'), other.event, { lane })
    expect(await call('other')).toMatchObject({ ok: true })
    await expect(call('main')).rejects.toThrow('refused')
  })

  it('but whoever is in at its desk may answer a call of another lane', async () => {
    expect(await ipcMain.invoke(deskChannel('answerCall'), page.event, { lane: 'other' })).toMatchObject({
      ok: true,
    })
  })

  it('has so many calls under way and no more, and calls again when they are answered', async () => {
    let answerAll: () => void = () => undefined
    const held = new Promise<void>(resolve => {
      answerAll = resolve
    })
    kiosk.dispatch = method => held.then(() => ok(method))
    const call = () => ipcMain.invoke(callChannel('getShop'), page.event, {})
    const under = Array.from({ length: MAX_CALLS }, call)
    await expect(call()).rejects.toThrow('refused')
    // Another window has a number of its own.
    const other = new WebContentsDouble()
    bridge.admit(other as unknown as WebContents, 'left')
    expect(await ipcMain.invoke(deskChannel('getDoor'), other.event, {})).toMatchObject({ ok: true })
    answerAll()
    await Promise.all(under)
    expect(await call()).toMatchObject({ ok: true })
  })

  it('gets its place back for a call that fails', async () => {
    kiosk.dispatch = () => Promise.reject(new Error('a bug'))
    for (let time = 0; time < MAX_CALLS; time += 1)
      await expect(ipcMain.invoke(callChannel('getShop'), page.event, {})).rejects.toThrow('a bug')
    await expect(ipcMain.invoke(callChannel('getShop'), page.event, {})).rejects.toThrow('a bug')
  })
})

it('after the host has closed nobody reaches it', async () => {
  bridge.close()
  await expect(ipcMain.invoke(callChannel('getLane'), page.event, {})).rejects.toThrow('No handler')
  expect(ipcMain.eventNames()).toEqual([])
})
