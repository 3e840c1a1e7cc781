import type { Frame } from '@playwright/test'
import { encodeClone } from './clone.ts'
import { PRELOAD_WORLD, RECEIVE_FUNCTION, SEND_BINDING, type ToPreload } from './worlds.ts'

/**
 * A renderer that was taken over speaks to main from whatever frame it likes, past the preload. This sends one such message and
 * resolves to main's answer.
 */
export async function forgedInvoke(
  frame: Frame,
  channel: string,
  ...args: readonly unknown[]
): Promise<ToPreload> {
  const cdp = await frame.page().context().newCDPSession(frame.page())
  const { frameTree } = await cdp.send('Page.getFrameTree')
  const frameId = frame.parentFrame() ? frameTree.childFrames?.[0]?.frame.id : frameTree.frame.id
  if (frameId === undefined) throw new Error('Chromium has no such frame')
  const { executionContextId } = await cdp.send('Page.createIsolatedWorld', {
    frameId,
    worldName: PRELOAD_WORLD,
  })
  const message = JSON.stringify({ kind: 'invoke', id: 1, channel, args: encodeClone(args) })
  const { result } = await cdp.send('Runtime.evaluate', {
    contextId: executionContextId,
    awaitPromise: true,
    expression: `new Promise(resolve => {
      globalThis.${RECEIVE_FUNCTION} = resolve
      globalThis.${SEND_BINDING}(${JSON.stringify(message)})
    })`,
  })
  await cdp.detach()
  return JSON.parse(String(result.value)) as ToPreload
}
