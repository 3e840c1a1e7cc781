import { execFile } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { createConnection } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { World } from '../misfortunes/world.ts'
import { openPairSocket, pairSocketIn } from './socket.ts'

// Whoever runs the machine wants a tablet paired and has no desk: the command asks the till that runs, and nobody else can.

let world: World
let socket: { close(): Promise<void> }
const told: string[] = []
beforeEach(async () => {
  world = await World.open()
  socket = await open()
})
afterEach(async () => {
  await socket.close()
  await world.end()
})

function open(): Promise<{ close(): Promise<void> }> {
  const hear = (_event: unknown, says: string): void => void told.push(says)
  return openPairSocket({
    screens: world.kiosk.screens,
    dataDir: world.dataDir,
    log: { info: hear, warn: hear, error: hear },
  })
}

function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const file = new URL('main.ts', import.meta.url).pathname
  return new Promise(resolve =>
    execFile(process.execPath, [file, '--data-dir', world.dataDir, ...args], (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    ),
  )
}

it('a code from the terminal pairs a screen, which is listed there and revoked there', async () => {
  world.kiosk.screens.network = {
    on: true,
    urls: ['https://192.168.1.20:8443/'],
    fingerprint: 'AB:CD',
    fault: null,
  }
  const made = await run('--lane', 'table-1', '--name', 'Tablet')
  expect(made).toMatchObject({ code: 0, stderr: '' })
  expect(made.stdout).toContain('https://192.168.1.20:8443/')
  expect(made.stdout).toContain('AB:CD')
  const code = (made.stdout.match(/\d{4} \d{4}/)?.[0] ?? '').replace(' ', '')
  expect(await world.kiosk.screens.pair(code, '192.168.1.30')).toMatchObject({
    ok: true,
    value: { screen: { name: 'Tablet', lane: 'table-1', kind: 'till', desk: false } },
  })
  expect((await run('--list')).stdout).toBe('s1  Tablet  table-1  till  -  -\n')
  expect(await run('--revoke', 's1')).toMatchObject({ code: 0 })
  expect((await run('--list')).stdout).toBe('No screen is paired.\n')
  expect(await run('--revoke', 's1')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('no screen s1'),
  })
})

it('while the network is off no code is shown, but what to do', async () => {
  expect(await run('--lane', 'table-1')).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('network.enabled'),
  })
})

it('a till that does not run is told in words, and a socket that a killed one left is replaced', async () => {
  await socket.close()
  expect(await run('--list')).toMatchObject({ code: 1, stderr: expect.stringContaining('Start it') })
  const first = await open()
  socket = await open()
  expect((await run('--list')).code).toBe(0)
  await first.close()
})

it('nobody else can open the socket, and nonsense gets no answer', async () => {
  const file = pairSocketIn(world.dataDir)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(statSync(`${world.dataDir}/network`).mode & 0o777).toBe(0o700)
  expect(await said(file, 'nonsense\n')).toBe('')
  expect(await said(file, 'x'.repeat(10_000))).toBe('')
  const wish = { name: '', lane: 'no lane', kind: 'till', desk: true }
  expect(await said(file, `${JSON.stringify({ ask: 'pair', wish })}\n`)).toContain('badInput')
  expect(world.kiosk.screens.state().screens).toEqual([])
  await socket.close()
  expect(existsSync(file)).toBe(false)
})

function said(file: string, text: string): Promise<string> {
  return new Promise(resolve => {
    let heard = ''
    const line = createConnection(file, () => line.write(text))
    line.on('data', part => {
      heard += String(part)
    })
    line.on('error', () => {})
    line.on('close', () => resolve(heard))
  })
}
