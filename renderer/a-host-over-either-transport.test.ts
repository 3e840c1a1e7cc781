import { describe, expect, it } from 'vitest'
import type { LaneView } from '../shared/checkout.ts'
import { ok } from '../shared/result.ts'
import {
  type BrowserPorts,
  type DeskApi,
  type EventLine,
  type KaikeiApi,
  type KaikeiBridge,
  openApi,
} from './api.ts'
import { DELAYS } from './checkout/delays.ts'
import { awaiting, free } from './checkout/test-host.ts'

/** The promise: over Electron's bridge or over HTTP, a call answers and never rejects, and a lost line is told. */

/** A browser whose clock is turned by hand and whose host says what the test says. */
function openBrowser(host: (method: string, input: unknown) => Promise<unknown>) {
  let nowMs = 0
  let timers: { readonly atMs: number; readonly callback: () => void }[] = []
  const after: BrowserPorts['after'] = (delayMs, callback) => {
    const timer = { atMs: nowMs + delayMs, callback }
    timers.push(timer)
    return () => {
      timers = timers.filter(other => other !== timer)
    }
  }
  const lines: TestLine[] = []
  const requests: { readonly path: string; readonly init: RequestInit }[] = []
  let pushOverBridge: (view: LaneView) => void = () => {}
  const bridge: KaikeiBridge = {
    call: host,
    callDesk: host,
    watchLane(_lane, onView) {
      pushOverBridge = onView
      return () => {
        pushOverBridge = () => {}
      }
    },
  }
  let ended = 0
  const shared = {
    after,
    unpaired() {
      ended += 1
    },
    openEvents(path: string) {
      const line = testLine(path)
      lines.push(line)
      return line
    },
    async fetch(path: string, init: RequestInit) {
      requests.push({ path, init })
      const answer = await host(path.replace(/^.(api|desk)./, ''), JSON.parse(String(init.body)))
      return answer instanceof Response ? answer : Response.json(answer)
    },
  }
  return {
    lines,
    requests,
    ended: () => ended,
    push: (view: LaneView) => {
      pushOverBridge(view)
      lines.at(-1)?.say('lane', JSON.stringify(view))
    },
    overHttp: () => openApi({ ...shared, bridge: null }),
    overBridge: () => openApi({ ...shared, bridge }),
    async pass(ms: number) {
      const untilMs = nowMs + ms
      for (;;) {
        const due = timers.filter(timer => timer.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0]
        if (!due) break
        timers = timers.filter(other => other !== due)
        nowMs = due.atMs
        due.callback()
      }
      nowMs = untilMs
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
    },
    openTimers: () => timers.length,
  }
}

type TestLine = EventLine & {
  readonly path: string
  readyState: number
  say(name: string, data?: unknown): void
}

function testLine(path: string): TestLine {
  const listeners = new Map<string, (event: { readonly data?: unknown }) => void>()
  const line: TestLine = {
    path,
    readyState: 1,
    addEventListener: (name, listener) => void listeners.set(name, listener),
    close() {
      line.readyState = 2
    },
    say: (name, data) => listeners.get(name)?.({ data }),
  }
  return line
}

const transports = ['overHttp', 'overBridge'] as const
const never = () => new Promise(() => {})

describe.each(transports)('a call %s', transport => {
  const call = (api: KaikeiApi) => api.call('getLane', { lane: 'main' })

  it('carries the method and its one input, and gives back the answer', async () => {
    const seen: unknown[] = []
    const browser = openBrowser(async (method, input) => {
      seen.push(method, input)
      return ok(free())
    })
    expect(await call(browser[transport]())).toEqual(ok(free()))
    expect(seen).toEqual(['getLane', { lane: 'main' }])
    await browser.pass(0)
    expect(browser.openTimers()).toBe(0)
  })

  it('gives back a failure as it is', async () => {
    const failure = { ok: false, failure: { kind: 'laneBusy', checkoutId: 'c' } }
    expect(await call(openBrowser(async () => failure)[transport]())).toEqual(failure)
  })

  it.each([
    ['cannot be sent', () => Promise.reject(new TypeError('Failed to fetch'))],
    [
      'throws at once',
      () => {
        throw new Error('gone')
      },
    ],
    ['is answered by somebody else', async () => ({ hello: 'portal' })],
    ['is answered with nothing', async () => null],
    ['is answered with half an answer', async () => ({ ok: true })],
  ])('that %s says that the host is away', async (_, host) => {
    expect(await call(openBrowser(host)[transport]())).toEqual({ ok: false, failure: { kind: 'hostAway' } })
  })

  it('that is never answered says so in time', async () => {
    const browser = openBrowser(never)
    const answer = call(browser[transport]())
    await browser.pass(DELAYS.callMs)
    expect(await answer).toEqual({ ok: false, failure: { kind: 'hostAway' } })
  })
})

describe.each(transports)('a call of the desk %s', transport => {
  const call = (api: DeskApi) =>
    api.callDesk('getCheckout', { checkoutId: 'c1', session: 'a-token-of-somebody' })

  it('carries the method, its input and the session in it', async () => {
    const seen: unknown[] = []
    const browser = openBrowser(async (method, input) => {
      seen.push(method, input)
      return { ok: false, failure: { kind: 'signedOut' } }
    })
    expect(await call(browser[transport]())).toEqual({ ok: false, failure: { kind: 'signedOut' } })
    expect(seen).toEqual(['getCheckout', { checkoutId: 'c1', session: 'a-token-of-somebody' }])
  })

  it('that is never answered says in time that the host is away', async () => {
    const browser = openBrowser(never)
    const answer = call(browser[transport]())
    await browser.pass(DELAYS.callMs)
    expect(await answer).toEqual({ ok: false, failure: { kind: 'hostAway' } })
  })
})

describe.each(transports)('the lane %s', transport => {
  it('is handed over whole, in order, until it is no longer watched', () => {
    const browser = openBrowser(never)
    const views: LaneView[] = []
    const stop = browser[transport]().watchLane(
      'main',
      view => views.push(view),
      () => {},
    )
    browser.push(free())
    browser.push(awaiting())
    expect(views).toEqual([free(), awaiting()])
    stop()
    browser.push(free())
    expect(views).toHaveLength(2)
    expect(browser.openTimers()).toBe(0)
  })
})

describe('over HTTP', () => {
  it('a call is JSON by POST to its method, and is called off when it is too late', async () => {
    const browser = openBrowser(never)
    void browser.overHttp().call('getShop', {})
    await browser.pass(0)
    expect(browser.requests[0]).toMatchObject({
      path: '/api/getShop',
      init: { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } },
    })
    expect(browser.requests[0]?.init.signal?.aborted).toBe(false)
    await browser.pass(DELAYS.callMs)
    expect(browser.requests[0]?.init.signal?.aborted).toBe(true)
  })

  it('a call of the desk has a path of its own', async () => {
    const browser = openBrowser(never)
    void browser.overHttp().callDesk('getDoor', {})
    await browser.pass(0)
    expect(browser.requests[0]).toMatchObject({ path: '/desk/getDoor', init: { method: 'POST', body: '{}' } })
  })

  it('a page of HTML instead of an answer says that the host is away', async () => {
    const browser = openBrowser(async () => new Response('<h1>Sign in to the Wi-Fi</h1>'))
    expect(await browser.overHttp().call('getShop', {})).toEqual({ ok: false, failure: { kind: 'hostAway' } })
  })

  function watching() {
    const browser = openBrowser(never)
    const said: string[] = []
    browser.overHttp().watchLane(
      'counter-1',
      () => said.push('view'),
      () => said.push('lost'),
    )
    const line = () => {
      const last = browser.lines.at(-1)
      if (!last) throw new Error('no line was opened')
      return last
    }
    return { browser, said, line }
  }

  it('silence is a lost line, and a new one is opened', async () => {
    const { browser, said, line } = watching()
    expect(line().path).toBe('/api/events?lane=counter-1')
    await browser.pass(DELAYS.silenceMs - 1)
    line().say('ping', '{}')
    await browser.pass(DELAYS.silenceMs - 1)
    expect(said).toEqual([])
    await browser.pass(1)
    expect(said).toEqual(['lost'])
    expect(browser.lines.map(one => one.readyState)).toEqual([2])
    await browser.pass(DELAYS.reopenMs)
    expect(browser.lines).toHaveLength(2)
    browser.push(free())
    expect(said).toEqual(['lost', 'view'])
  })

  it('an error is told at once; the browser opens the line again itself, unless it has closed it', async () => {
    const { browser, said, line } = watching()
    line().readyState = 0
    line().say('error')
    expect(said).toEqual(['lost'])
    await browser.pass(DELAYS.reopenMs)
    expect(browser.lines).toHaveLength(1)
    line().readyState = 2
    line().say('error')
    await browser.pass(DELAYS.reopenMs)
    expect(browser.lines).toHaveLength(2)
  })

  it('what an old line still says is not heard', async () => {
    const { browser, said, line } = watching()
    const old = line()
    await browser.pass(DELAYS.silenceMs + DELAYS.reopenMs)
    old.say('lane', JSON.stringify(free()))
    old.say('error')
    expect(said).toEqual(['lost'])
  })

  it('a screen of the network that is revoked is told so, once', () => {
    const { browser, line } = watching()
    line().say('ping')
    expect(browser.ended()).toBe(0)
    line().say('unpaired', '{}')
    expect(browser.ended()).toBe(1)
  })

  it.each(['{', '"hello"', 'null', '{}'])('an event that is no snapshot (%s) is left out', data => {
    const { said, line } = watching()
    line().say('lane', data)
    expect(said).toEqual([])
  })
})
