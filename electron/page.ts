import { readFile } from 'node:fs/promises'
import { extname, join, resolve, sep } from 'node:path'
import { BRIDGED_PAGE_HEADERS } from '../shared/pageHeaders.ts'
import { PAGE_HOST } from './address.ts'

export type PageFile = { readonly bytes: Uint8Array; readonly contentType: string }

export type PageOptions = {
  /** The folder that `npm run build:page` fills. */
  readonly pageDir: string
  /** A file that the shop names (`/media/…`), or null. */
  readonly media: (path: string) => Promise<PageFile | null>
}

/** What the build of the page consists of; a file of another kind is not part of it. */
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Answers the page's scheme: the built page, the shop's pictures, 404 for everything else. Never rejects. */
export function pageHandler(options: PageOptions): (request: Request) => Promise<Response> {
  return async request => {
    if (request.method !== 'GET') return refusal(405)
    const path = pathOf(request.url)
    if (path === null) return refusal(404)
    try {
      const file = path.startsWith('/media/') ? await options.media(path) : await pageFile(options, path)
      if (!file) return refusal(404)
      // Copied because a Response wants bytes of its own.
      return new Response(Uint8Array.from(file.bytes), {
        headers: { ...BRIDGED_PAGE_HEADERS, 'content-type': file.contentType },
      })
    } catch {
      return refusal(404)
    }
  }
}

/** The decoded path, or null for another host or an address that is none. It may still try to climb. */
function pathOf(address: string): string | null {
  const url = URL.parse(address)
  if (url?.host !== PAGE_HOST) return null
  try {
    return decodeURIComponent(url.pathname)
  } catch {
    return null
  }
}

/** Null for what is not part of the page, or lies outside its folder. */
async function pageFile({ pageDir }: PageOptions, path: string): Promise<PageFile | null> {
  const folder = resolve(pageDir)
  const file = join(folder, path === '/' || path === '/display' ? 'index.html' : path)
  const contentType = contentTypes[extname(file)]
  if (contentType === undefined || !file.startsWith(folder + sep)) return null
  return { bytes: await readFile(file), contentType }
}

function refusal(status: 404 | 405): Response {
  return new Response(null, { status, headers: BRIDGED_PAGE_HEADERS })
}
