import { mkdtempSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Till } from '../core/till.ts'
import { MOST_CONNECTIONS, MOST_WATCHERS, type RunningHost, startHost } from './http.ts'

// Something on this machine opens line after line and closes none: what the host holds for it does not grow.

let host: RunningHost
let pageDir: string
let watched: string[]
let aborter: AbortController
/** A response that nobody holds is collected, and its connection with it. */
let held: Response[]

beforeEach(async () => {
  watched = []
  held = []
  aborter = new AbortController()
  pageDir = mkdtempSync(join(tmpdir(), 'kaikei-page-'))
  const till = {
    watchLane(lane: string, listener: (view: unknown) => void) {
      watched.push(lane)
      listener({ lane })
      return () => void watched.splice(watched.indexOf(lane), 1)
    },
  } as unknown as Till
  host = await startHost({ till, port: 0, pageDir })
})
afterEach(async () => {
  aborter.abort()
  await host.close()
  rmSync(pageDir, { recursive: true, force: true })
})

async function watch(lane: string, signal = aborter.signal): Promise<Response> {
  const response = await fetch(`${host.kioskUrl}api/events?lane=${lane}`, { signal })
  held.push(response)
  return response
}

it('one screen too many is told so and watches nothing; when one has gone, there is room for another', async () => {
  const leaver = new AbortController()
  await watch('leaver', leaver.signal)
  for (let number = 1; number < MOST_WATCHERS; number += 1)
    expect((await watch(`lane-${number}`)).status).toBe(200)
  expect(watched).toHaveLength(MOST_WATCHERS)

  const refused = await watch('late')
  expect(refused.status).toBe(503)
  expect(await refused.json()).toEqual({
    error: `${MOST_WATCHERS} screens watch this till, and no more can: close one of them first`,
  })
  expect(watched).not.toContain('late')

  leaver.abort()
  await expect.poll(() => watched).not.toContain('leaver')
  expect((await watch('late')).status).toBe(200)
  expect(watched).toContain('late')
})

it('connections are counted, whatever they say: the next one is hung up on, and one that goes makes room', async () => {
  const { port } = new URL(host.kioskUrl)
  const open = (): Promise<Socket> =>
    new Promise((resolve, reject) => {
      const socket: Socket = connect(Number(port), '127.0.0.1', () => resolve(socket))
      socket.once('error', reject)
    })
  const answer = async (): Promise<string> => {
    const socket = await open()
    socket.write('GET /nothing HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n')
    return (await socket.toArray().catch(() => [])).join('')
  }
  const idle: Socket[] = []
  while (idle.length < MOST_CONNECTIONS) idle.push(await open())
  expect(await answer()).toBe('')
  idle.pop()?.destroy()
  await expect.poll(answer).toContain('HTTP/1.1 404')
  for (const socket of idle) socket.destroy()
})
