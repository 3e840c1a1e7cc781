import { readFile } from 'node:fs/promises'
import { extname, join, resolve, sep } from 'node:path'
import { PAGE_HOST } from './address.ts'

export type PageFile = { readonly bytes: Uint8Array; readonly contentType: string }

export type PageOptions = {
  /** The folder that `npm run build:page` fills. */
  readonly pageDir: string
  /** A file that the shop names (`/media/…`), or null. */
  readonly media: (path: string) => Promise<PageFile | null>
}

/** The page may load what is beside it and talk to nobody: its calls go over the bridge. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  // No text becomes markup or code, whoever puts it together: the page makes its elements one by one.
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

export const PAGE_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'cache-control': 'no-store',
} as const

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
        headers: { ...PAGE_HEADERS, 'content-type': file.contentType },
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
  const file = join(folder, path === '/' ? 'index.html' : path)
  const contentType = contentTypes[extname(file)]
  if (contentType === undefined || !file.startsWith(folder + sep)) return null
  return { bytes: await readFile(file), contentType }
}

function refusal(status: 404 | 405): Response {
  return new Response(null, { status, headers: PAGE_HEADERS })
}
