import type { Session, WebContents } from 'electron'
import { isDeskFileName } from '../shared/deskFile.ts'
import { isOurUrl, pageAt } from './address.ts'

/** Nothing leaves the page: no other page, no second window, no webview. Put on every WebContents there is. */
export function guardContents(contents: WebContents): void {
  const onlyOurPage = (event: { readonly url: string; preventDefault(): void }): void => {
    // The same one again, and not the other: each has a preload of its own.
    const to = pageAt(event.url)
    if (to === null || to !== pageAt(contents.getURL())) event.preventDefault()
  }
  contents.on('will-navigate', onlyOurPage)
  contents.on('will-redirect', onlyOurPage)
  // The page has no frames, so a frame that goes somewhere is not the page's idea.
  contents.on('will-frame-navigate', event => {
    if (!event.isMainFrame) event.preventDefault()
  })
  contents.on('will-attach-webview', event => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  // Copy, look up, inspect: nothing for a till.
  contents.on('context-menu', event => event.preventDefault())
  // A page that asks "really leave?" would stay when it is to be opened again.
  contents.on('will-prevent-unload', event => event.preventDefault())
}

/** A till needs no camera, place, clipboard, device or network, and no download but the desk's own files: what is not ours is refused. */
export function guardSession(session: Session): void {
  session.setPermissionCheckHandler(() => false)
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setDevicePermissionHandler(() => false)
  session.setSpellCheckerEnabled(false)
  session.on('will-download', (event, item) => {
    // What somebody at the desk keeps is put together by the page; the system asks them where.
    if (!isMadeByOurPage(item.getURL()) || !isDeskFileName(item.getFilename())) event.preventDefault()
  })
  session.webRequest.onBeforeRequest((request, answer) => answer({ cancel: !mayLoad(request.url) }))
}

function mayLoad(url: string): boolean {
  return isOurUrl(url) || url.startsWith('data:') || isMadeByOurPage(url)
}

/** What the page itself has put together, and nobody else can name. */
function isMadeByOurPage(url: string): boolean {
  return url.startsWith('blob:') && isOurUrl(url.slice('blob:'.length))
}
