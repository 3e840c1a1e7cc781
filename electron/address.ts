/**
 * The page's address. A scheme of its own, because file:// would give the page every file of the machine as its neighbour,
 * and http:// would need a port that others on the machine can talk to.
 */
export const PAGE_SCHEME = 'kaikei'
export const PAGE_HOST = 'app'

export function pageUrl(lane: string): string {
  return `${PAGE_SCHEME}://${PAGE_HOST}/?lane=${encodeURIComponent(lane)}`
}

/** Plain words without a script, for when the page itself cannot be kept up. */
export const CLOSED_URL = `${PAGE_SCHEME}://${PAGE_HOST}/closed.html`

/** True for the page itself; a picture on the same origin is not the page. */
export function isPageUrl(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && isOurs(url) && url.pathname === '/'
}

/** True for whatever the page may load: the page and the files beside it. */
export function isOurUrl(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && isOurs(url)
}

function isOurs(url: URL): boolean {
  return url.protocol === `${PAGE_SCHEME}:` && url.host === PAGE_HOST && url.username === ''
}
