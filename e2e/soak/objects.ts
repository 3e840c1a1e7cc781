import type CDP from 'chrome-remote-interface'

const GROUP = 'counted'

/**
 * How many objects of any kind (arrays, functions, maps, promises) are held by a program's JavaScript, after its garbage was thrown
 * away. Compiled code is none of them, which V8 makes and drops as it sees fit.
 * Source: Chrome DevTools Protocol, `Runtime.queryObjects`.
 */
export async function countObjects({ Runtime }: CDP.Client): Promise<number> {
  const { result: root } = await Runtime.evaluate({ expression: 'Object.prototype', objectGroup: GROUP })
  const { objects } = await Runtime.queryObjects({ prototypeObjectId: idOf(root), objectGroup: GROUP })
  const { result: count } = await Runtime.callFunctionOn({
    objectId: idOf(objects),
    functionDeclaration: 'function () { return this.length }',
    returnByValue: true,
  })
  // What was counted is held until now.
  await Runtime.releaseObjectGroup({ objectGroup: GROUP })
  return Number(count.value)
}

function idOf({ objectId }: { objectId?: string }): string {
  if (objectId === undefined) throw new Error('DevTools names no object')
  return objectId
}
