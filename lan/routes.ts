import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../core/clock.ts'
import type { Till } from '../core/till.ts'
import { PAGE_HEADERS } from '../shared/pageHeaders.ts'
import { fail, ok } from '../shared/result.ts'
import type { OwnScreen } from '../shared/screens.ts'
import {
  addressOf,
  answerJson,
  cookieWith,
  jsonOf,
  NO_COOKIE,
  otherLane,
  redirect,
  refusal,
  tokenOf,
  Unreadable,
} from './access.ts'
import { Buckets } from './bucket.ts'
import { customersCall, desksCall } from './calls.ts'
import type { Lines } from './lines.ts'
import { isOnShopsNetwork } from './names.ts'
import { isPagesFile, sendPage } from './page.ts'

export type LanTill = Pick<
  Till,
  'dispatch' | 'desk' | 'watchLane' | 'showLane' | 'screens' | 'media' | 'watchSettings'
>
export type Screen = NonNullable<ReturnType<Till['screens']['whose']>>

/** Everything that an address asks: the page with all its pictures at once is well below it. */
const FROM_ONE_ADDRESS = { burst: 600, perSecond: 60 }
/** Without being paired there is one page to load, and a code to type. */
const FROM_A_STRANGER = { burst: 60, perSecond: 2 }
/** A customer's fingers and the desk's own questions are far slower. */
const CALLS_OF_ONE_SCREEN = { burst: 60, perSecond: 10 }
const PAIRING_BYTES = 1_024

export type Routes = {
  readonly till: LanTill
  readonly lines: Lines
  readonly pageDir: string
  readonly clock: Clock
  /** What `Host` may say. */
  readonly hosts: () => ReadonlySet<string>
  /** The authority's certificate to install, and what to compare; null: the operator's own certificate. */
  readonly authority: () => { readonly der: Uint8Array; readonly fingerprint: string } | null
}

/** Who may ask what, from the shop's network: nobody who is not paired gets further than the pairing page. Never rejects. */
export function routes(ports: Routes): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const addresses = new Buckets(ports.clock, FROM_ONE_ADDRESS)
  const strangers = new Buckets(ports.clock, FROM_A_STRANGER)
  const calls = new Buckets(ports.clock, CALLS_OF_ONE_SCREEN)

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value)
    const address = addressOf(request)
    if (!isOnShopsNetwork(address))
      return answerJson(response, 403, { error: 'this till answers its own network only' })
    if (!addresses.take(address)) return tooOften(response)
    const refused = refusal(request, ports.hosts())
    if (refused) return answerJson(response, refused.status, { error: refused.error })
    const token = tokenOf(request)
    const screen = token === '' ? null : ports.till.screens.whose(token)
    const { pathname, searchParams } = new URL(request.url ?? '/', 'https://till')
    // Of the page's files there are dozens, and a browser that was warned keeps none of them.
    if (!screen && !isPagesFile(pathname) && !strangers.take(address)) return tooOften(response)
    if (request.method === 'POST') {
      if (pathname === '/pair') return pair(request, response, address)
      if (!screen) return answerJson(response, 401, { error: 'this screen is not paired' })
      if (!calls.take(screen.screenId)) return tooOften(response)
      const [, room, method = ''] = pathname.match(/^\/(api|desk)\/([A-Za-z]{1,64})$/) ?? []
      if (room === 'api') return customersCall(ports.till, screen, method, request, response)
      if (room === 'desk') return desksCall(ports.till, screen, method, request, response)
      return nothing(response)
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return nothing(response)
    if (isPagesFile(pathname)) return file(response, pathname)
    switch (pathname) {
      case '/pair':
        return screen ? redirect(response, homeOf(screen)) : page(response)
      case '/authority':
        return page(response)
      case '/authority.json':
        return answerJson(response, 200, { fingerprint: ports.authority()?.fingerprint ?? null })
      case '/authority.crt':
        return authority(response)
      case '/':
      case '/display':
        return home(response, pathname, searchParams, screen, token)
      case '/screen':
        if (!screen) return answerJson(response, 401, { error: 'this screen is not paired' })
        return answerJson(response, 200, ownOf(screen))
      case '/api/events':
        if (!screen) return ports.lines.refuse(response)
        if ((searchParams.get('lane') ?? screen.lane) !== screen.lane) return otherLane(response)
        return ports.lines.open(request, response, screen)
      default:
        if (screen && pathname.startsWith('/media/')) return media(response, pathname)
        return nothing(response)
    }
  }

  async function pair(request: IncomingMessage, response: ServerResponse, address: string): Promise<void> {
    const body = (await jsonOf(request, PAIRING_BYTES)) as { code?: unknown } | null
    // Full-width digits, and the gaps that make a code easier to read, are meant as what they look like.
    const code = typeof body?.code === 'string' ? body.code.normalize('NFKC').replace(/\D/g, '') : ''
    const paired = await ports.till.screens.pair(code, address)
    if (!paired.ok) return answerJson(response, paired.failure.kind === 'tooManyTries' ? 429 : 403, paired)
    response.setHeader('set-cookie', cookieWith(paired.value.token))
    return answerJson(response, 200, ok(ownOf(paired.value.screen)))
  }

  async function file(response: ServerResponse, path: string): Promise<void> {
    if (!(await sendPage(response, ports.pageDir, path))) nothing(response)
  }

  const page = (response: ServerResponse): Promise<void> => file(response, '/index.html')

  async function home(
    response: ServerResponse,
    pathname: string,
    query: URLSearchParams,
    screen: Screen | null,
    token: string,
  ): Promise<void> {
    if (!screen) {
      if (token !== '') response.setHeader('set-cookie', NO_COOKIE)
      return redirect(response, '/pair')
    }
    response.setHeader('set-cookie', cookieWith(token))
    const isHome =
      pathname === (screen.kind === 'display' ? '/display' : '/') && query.get('lane') === screen.lane
    return isHome ? page(response) : redirect(response, homeOf(screen))
  }

  function authority(response: ServerResponse): void {
    const own = ports.authority()
    if (!own) {
      nothing(response)
      return
    }
    response.writeHead(200, {
      'content-type': 'application/x-x509-ca-cert',
      'content-disposition': 'attachment; filename="kaikei-authority.crt"',
      'cache-control': 'no-store',
    })
    response.end(own.der)
  }

  async function media(response: ServerResponse, path: string): Promise<void> {
    const found = await ports.till.media(path)
    if (!found) return nothing(response)
    response.writeHead(200, { 'content-type': found.contentType, 'cache-control': 'no-cache' })
    response.end(found.bytes)
  }

  return async (request, response) => {
    try {
      await answer(request, response)
    } catch (error) {
      if (error instanceof Unreadable) {
        // What is still on its way is not read.
        response.setHeader('connection', 'close')
        answerJson(response, error.status, { error: error.message })
      } else if (response.headersSent) response.destroy()
      else answerJson(response, 500, fail({ kind: 'internal', reference: 'network' }))
    }
  }
}

function homeOf({ kind, lane }: Pick<OwnScreen, 'kind' | 'lane'>): string {
  return `${kind === 'display' ? '/display' : '/'}?lane=${lane}`
}

function ownOf({ name, lane, kind, desk }: OwnScreen): OwnScreen {
  return { name, lane, kind, desk }
}

function tooOften(response: ServerResponse): void {
  response.setHeader('retry-after', '10')
  answerJson(response, 429, { error: 'too many calls: wait a moment' })
}

function nothing(response: ServerResponse): void {
  answerJson(response, 404, { error: 'there is nothing here' })
}
