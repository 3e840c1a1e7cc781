/**
 * The page's address. A scheme of its own, because file:// would give the page every file of the machine as its neighbour,
 * and http:// would need a port that others on the machine can talk to.
 */
export const PAGE_SCHEME = 'kaikei'
export const PAGE_HOST = 'app'

export function pageUrl(lane: string): string {
  return `${PAGE_SCHEME}://${PAGE_HOST}/?lane=${encodeURIComponent(lane)}`
}

/** What a lane's screen does, on a display beside it. */
export function displayUrl(lane: string): string {
  return `${PAGE_SCHEME}://${PAGE_HOST}/display?lane=${encodeURIComponent(lane)}`
}

/** Plain words without a script, for when the page itself cannot be kept up. */
export const CLOSED_URL = `${PAGE_SCHEME}://${PAGE_HOST}/closed.html`

/** The same for a display beside a till: it sends people to the till's own screen. */
export const BESIDE_URL = `${PAGE_SCHEME}://${PAGE_HOST}/beside.html`

/** Which of the two pages an address is; null: neither. A picture on the same origin is no page. */
export function pageAt(text: string): 'till' | 'display' | null {
  const url = URL.parse(text)
  if (url === null || !isOurs(url)) return null
  return url.pathname === '/' ? 'till' : url.pathname === '/display' ? 'display' : null
}

/** True for whatever the page may load: the page and the files beside it. */
export function isOurUrl(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && isOurs(url)
}

function isOurs(url: URL): boolean {
  return url.protocol === `${PAGE_SCHEME}:` && url.host === PAGE_HOST && url.username === ''
}
