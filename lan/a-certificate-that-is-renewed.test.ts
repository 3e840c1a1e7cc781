import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type TLSSocket } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultSettings } from '../core/config.ts'
import type { NetworkState } from '../shared/screens.ts'
import type { NetworkSettings } from '../shared/shopDocuments.ts'
import { authorityIn, issueLeaf } from './authority.ts'
import { type Network, openNetwork } from './network.ts'
import type { LanTill } from './routes.ts'

// Nobody starts a till again for a certificate: with the clock turned, over real TLS on loopback.

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const START_MS = Date.parse('2026-11-24T12:00:00+09:00')

let folder: string
let nowMs: number
let due: (() => void)[]
/** What the desk was told of the network, after each look. */
let told: NetworkState[]
let heard: () => void
let port: number
let network: Network
const sockets: TLSSocket[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaikei-renewed-'))
  nowMs = START_MS
  due = []
  told = []
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await network.close()
  rmSync(folder, { recursive: true, force: true })
})

async function opens(changes: Partial<NetworkSettings> = {}): Promise<void> {
  const settings = {
    ...defaultSettings,
    network: { ...defaultSettings.network, enabled: true, address: '127.0.0.1', port: 0, ...changes },
  }
  const screens = {
    set network(state: NetworkState) {
      told.push(state)
      heard()
    },
    onRevoked: () => () => {},
    whose: () => null,
  }
  const till = {
    screens,
    watchSettings(listener: (now: typeof settings) => void) {
      listener(settings)
      return () => {}
    },
  }
  const { promise: opened, resolve } = Promise.withResolvers<void>()
  heard = resolve
  network = openNetwork({
    till: till as unknown as LanTill,
    dataDir: folder,
    pageDir: folder,
    clock: {
      nowMs: () => nowMs,
      monotonicMs: () => nowMs,
      after(_delayMs, run) {
        due.push(run)
        return () => {}
      },
    },
    log: {
      info: details => {
        port = Number(details.port)
      },
      warn() {},
      error() {},
    },
  })
  await opened
  expect(told[0]).toMatchObject({ on: true })
}

/** The till's next look, when it is that late. */
async function looksAt(atMs: number): Promise<NetworkState | undefined> {
  nowMs = atMs
  const { promise: looked, resolve } = Promise.withResolvers<void>()
  heard = resolve
  for (const run of due.splice(0)) run()
  await looked
  return told.at(-1)
}

/** A screen connects; how far its own clock is, is not the point here. */
async function screenConnects(): Promise<TLSSocket> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false })
  sockets.push(socket)
  await once(socket, 'secureConnect')
  return socket
}

async function shown(): Promise<X509Certificate> {
  const certificate = (await screenConnects()).getPeerX509Certificate()
  if (!certificate) throw new Error('the till showed no certificate')
  return certificate
}

describe('the till’s own', () => {
  const authority = () => new X509Certificate(readFileSync(join(folder, 'network/authority.pem'), 'utf8'))

  it('is another one in its last thirty days, of the same authority, and no open line notices', async () => {
    await opens()
    const first = await shown()
    expect(await looksAt(START_MS + 60 * DAY_MS - MINUTE_MS)).toMatchObject({ on: true, fault: null })
    expect((await shown()).fingerprint256).toBe(first.fingerprint256)

    const line = await screenConnects()
    const state = await looksAt(START_MS + 60 * DAY_MS)
    expect(state).toMatchObject({ on: true, fault: null, fingerprint: told[0]?.fingerprint })
    const second = await shown()
    expect(second.fingerprint256).not.toBe(first.fingerprint256)
    expect(second.verify(authority().publicKey)).toBe(true)
    expect(second.checkIP('127.0.0.1')).toBe('127.0.0.1')
    expect(Date.parse(second.validTo)).toBe(START_MS + 150 * DAY_MS)

    line.write('GET /pair HTTP/1.1\r\nHost: elsewhere\r\n\r\n')
    expect(String(await once(line, 'data'))).toMatch(/^HTTP\/1\.1 /)
    expect(line.getPeerX509Certificate()?.fingerprint256).toBe(first.fingerprint256)

    await looksAt(START_MS + 120 * DAY_MS - MINUTE_MS)
    expect((await shown()).fingerprint256).toBe(second.fingerprint256)
    await looksAt(START_MS + 120 * DAY_MS)
    expect((await shown()).fingerprint256).not.toBe(second.fingerprint256)
  })

  it('that cannot be renewed is served on, the desk is told, and the next look after it was mended renews it', async () => {
    await opens()
    const first = await shown()
    const file = join(folder, 'network/authority.pem')
    const sound = readFileSync(file, 'utf8')
    writeFileSync(file, 'torn')
    const late = START_MS + 61 * DAY_MS
    expect(await looksAt(late)).toMatchObject({
      on: true,
      fault: expect.stringMatching(/authority\.pem is damaged/),
    })
    expect((await shown()).fingerprint256).toBe(first.fingerprint256)
    writeFileSync(file, sound)
    expect(await looksAt(late + MINUTE_MS)).toMatchObject({ on: true, fault: null })
    expect((await shown()).fingerprint256).not.toBe(first.fingerprint256)
  })
})

describe('the operator’s', () => {
  const files = () => ({ certificateFile: join(folder, 'shop.crt'), keyFile: join(folder, 'shop.key') })
  async function lays(name: string, issuedAtMs: number): Promise<void> {
    const leaf = await issueLeaf(
      await authorityIn(join(folder, 'known'), START_MS),
      [name, '127.0.0.1'],
      issuedAtMs,
    )
    writeFileSync(files().certificateFile, leaf.cert)
    writeFileSync(files().keyFile, leaf.key)
  }

  it('that somebody has renewed is shown within the hour, without a start', async () => {
    await lays('old.example', START_MS)
    await opens(files())
    await lays('new.example', START_MS)
    await looksAt(START_MS + HOUR_MS - 1)
    expect((await shown()).subject).toBe('CN=old.example')
    const state = await looksAt(START_MS + HOUR_MS)
    const now = await shown()
    expect(now.subject).toBe('CN=new.example')
    // It is what the desk says that screens have to compare.
    expect(state).toMatchObject({ fault: null, fingerprint: now.fingerprint256 })
  })

  it.each<[string, () => void | Promise<void>, RegExp]>([
    ['half a file', () => writeFileSync(files().certificateFile, '-----BEGIN CERT'), /cannot be used/],
    ['one without its key', () => rmSync(files().keyFile), /shop\.key cannot be read/],
    [
      'one that holds from next week on',
      () => lays('early.example', START_MS + 8 * DAY_MS),
      /holds only from/,
    ],
  ])(
    'renewed with %s is served as it was, the desk is told, and a good one is taken at the next look',
    async (_what, lay, says) => {
      await lays('old.example', START_MS)
      await opens(files())
      await lay()
      expect(await looksAt(START_MS + HOUR_MS)).toMatchObject({
        on: true,
        fault: expect.stringMatching(says),
      })
      expect((await shown()).subject).toBe('CN=old.example')
      await lays('new.example', START_MS)
      expect(await looksAt(START_MS + HOUR_MS + MINUTE_MS)).toMatchObject({ on: true, fault: null })
      expect((await shown()).subject).toBe('CN=new.example')
    },
  )

  it('that ends before somebody renews it is told on that day', async () => {
    await lays('old.example', START_MS)
    await opens(files())
    const endMs = START_MS + 90 * DAY_MS
    expect(await looksAt(endMs - HOUR_MS / 2)).toMatchObject({ fault: null })
    expect(await looksAt(endMs)).toMatchObject({
      on: true,
      fault: expect.stringMatching(/shop\.crt ended on/),
    })
    await lays('new.example', endMs)
    expect(await looksAt(endMs + MINUTE_MS)).toMatchObject({ fault: null })
  })

  it('without one of the till’s names is shown, and the desk is told which screens will refuse', async () => {
    await lays('old.example', START_MS)
    await opens({ ...files(), names: ['till.local'] })
    expect(told[0]).toMatchObject({ on: true, fault: expect.stringMatching(/does not cover till\.local/) })
  })
})
