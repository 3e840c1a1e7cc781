import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FileFault } from '../core/catalogue.ts'
import { DangerousStart } from '../core/dangers.ts'
import { LedgerBroken } from '../core/ledger/ledger.ts'
import { silentLog } from '../core/log.ts'
import { StateFileError } from '../simulator/stateFile.ts'
import { type Secrets, SecretsRefused } from './secrets.ts'
import { type OpenedTill, openTill, type TillRequest } from './till.ts'

// Whoever opens Kaikei for the first time, or after somebody touched its folder, gets a till or words, never half of one.
const demoDir = fileURLToPath(new URL('../server/demo', import.meta.url))
const noKeys: Secrets = {
  read: async () => null,
  write: async () => undefined,
  forget: async () => undefined,
}
let userDataDir: string
const opened: OpenedTill[] = []
const servers: Server[] = []

beforeEach(() => {
  userDataDir = mkdtempSync(join(tmpdir(), 'kaikei-first-'))
})
afterEach(async () => {
  for (const till of opened.splice(0)) await till.close()
  for (const server of servers.splice(0)) await new Promise(resolve => server.close(resolve))
  rmSync(userDataDir, { recursive: true, force: true })
})

async function open(changes: Partial<TillRequest> = {}): Promise<OpenedTill> {
  const till = await openTill({
    mode: 'training',
    userDataDir,
    demoDir,
    simulator: null,
    secrets: noKeys,
    importKeys: null,
    start: { env: {}, execArgv: [], argv: [] },
    version: '0.0.0',
    log: silentLog,
    ...changes,
  })
  opened.push(till)
  return till
}

const shop = (): string => join(userDataDir, 'till/shop')

it('a first start has a shop to try, with its pictures, and a phone', async () => {
  const { till, phoneUrl } = await open()
  expect(readdirSync(shop()).toSorted()).toEqual(readdirSync(demoDir).toSorted())
  expect(await till.dispatch('getShop', {})).toMatchObject({ ok: true })
  expect(await till.media('/media/coffee.svg')).toMatchObject({ contentType: 'image/svg+xml' })
  expect((await fetch(phoneUrl ?? '')).status).toBe(200)
})

it('a shop that is there is the operator’s, and stays as it is', async () => {
  mkdirSync(shop(), { recursive: true })
  const catalogue = readFileSync(join(demoDir, 'catalogue.json'), 'utf8')
  writeFileSync(join(shop(), 'catalogue.json'), `${catalogue}\n\n`)
  await open()
  expect(readFileSync(join(shop(), 'catalogue.json'), 'utf8')).toBe(`${catalogue}\n\n`)
  expect(readdirSync(shop())).toEqual(['catalogue.json'])
})

it('a port that is taken only moves the phone', async () => {
  const other = createServer()
  servers.push(other)
  // Taken by this test, or by somebody else before.
  await new Promise<void>(resolve => other.on('error', () => resolve()).listen(4_650, '127.0.0.1', resolve))
  const { phoneUrl } = await open()
  expect(new URL(phoneUrl ?? '').port).not.toBe('4650')
  expect((await fetch(phoneUrl ?? '')).status).toBe(200)
})

it('a folder that cannot be written is named', async () => {
  writeFileSync(join(userDataDir, 'till'), 'a file where the folder should be')
  const failing = open()
  await expect(failing).rejects.toThrow(FileFault)
  await expect(failing).rejects.toThrow(/The shop’s folder .* cannot be written/)
})

it('a catalogue with a fault is named, and the simulator does not stay behind', async () => {
  mkdirSync(shop(), { recursive: true })
  writeFileSync(join(shop(), 'catalogue.json'), '{')
  const listening = (): number =>
    process.getActiveResourcesInfo().filter(resource => resource === 'TCPServerWrap').length
  await expect.poll(listening).toBe(0)
  await expect(open()).rejects.toThrow(FileFault)
  await expect.poll(listening).toBe(0)
})

it('a simulator’s file that is not one is named', async () => {
  mkdirSync(join(userDataDir, 'till'))
  writeFileSync(join(userDataDir, 'till/paypay-simulator.jsonl'), 'not\nours\nat all\n')
  await expect(open()).rejects.toThrow(StateFileError)
})

it('a folder that another till has is refused before the book of its simulator is touched', async () => {
  await open()
  const book = join(userDataDir, 'till/paypay-simulator.jsonl')
  const before = statSync(book)
  const failing = open()
  await expect(failing).rejects.toThrow(LedgerBroken)
  await expect(failing).rejects.toThrow(/Another Kaikei already writes to/)
  // Opening a book writes it anew under its name.
  expect(statSync(book).ino).toBe(before.ino)
})

it('a start that others could read along is refused with real money before anything is opened, and told in training', async () => {
  const start = { env: { NODE_OPTIONS: '--import x' }, execArgv: [], argv: ['--remote-debugging-port=1'] }
  const failing = open({ mode: 'production', start })
  await expect(failing).rejects.toThrow(DangerousStart)
  await expect(failing).rejects.toThrow(/NODE_OPTIONS .* --remote-debugging-port/)
  expect(readdirSync(join(userDataDir, 'till'))).toEqual(['shop'])
  await open({ start })
})

it('real money without keys starts closed, sends nothing, and waits for a manager to enter them', async () => {
  const { till, phoneUrl } = await open({ mode: 'production' })
  await till.ready
  expect(phoneUrl).toBeNull()
  expect(till.health()).toMatchObject({
    selling: { open: false, reason: 'paypayRefused' },
    says: expect.stringMatching(/no PayPay keys yet, so nothing was sent\. A manager enters them/),
  })
})

/** Remembers what it is given. */
function keyStore(): Secrets {
  let kept: Awaited<ReturnType<Secrets['read']>> = null
  return {
    read: async () => kept,
    write: async credentials => {
      kept = credentials
    },
    forget: async () => undefined,
  }
}

const KEYS = { apiKey: 'a_key_of_PayPays_0042', apiSecret: 'canary-S3cret-of-PayPays' }
/** A file of an operator's, to import. */
function keysFile(): string {
  const file = join(userDataDir, 'keys.json')
  writeFileSync(file, JSON.stringify(KEYS), { mode: 0o600 })
  return file
}

type Desk = (method: string, input: object) => Promise<{ value: { token: string } }>
/** At the first start, with a manager in. */
async function atDesk({ till }: OpenedTill): Promise<{ desk: Desk; session: string }> {
  const desk: Desk = async (method, input) => (await till.desk(method, input)) as Awaited<ReturnType<Desk>>
  const { token } = (await desk('setUp', { lane: 'main', name: '店長', pin: '284915' })).value
  return { desk, session: token }
}
const anyKeysSet = { userId: null, kinds: ['keysSet'], fromMs: null, toMs: null, before: null, limit: 10 }

it('keys that are imported at a start are a fact, in the records as nobody’s, and said to the log without a word of them', async () => {
  const secrets = keyStore()
  const file = keysFile()
  const lines: unknown[] = []
  const write = (...line: unknown[]): void => void lines.push(line)
  const log = { info: write, warn: write, error: write }
  const { desk, session } = await atDesk(await open({ secrets, importKeys: file, log }))
  expect(existsSync(file)).toBe(false)
  expect(JSON.stringify(lines)).toMatch(/keys were imported/)
  expect(await desk('getKeys', { session })).toMatchObject({ value: { kept: { last4: '0042', by: null } } })
  const audit = await desk('findAudit', { session, ...anyKeysSet })
  expect(audit).toMatchObject({
    value: { entries: [{ who: null, what: { kind: 'keysSet', last4: '0042' } }] },
  })
  expect(JSON.stringify([lines, audit])).not.toContain('canary')
})

describe('keys that are imported at a start that then fails are in the records of the next good one, once', () => {
  const catalogue = () => join(shop(), 'catalogue.json')
  const book = () => join(userDataDir, 'till/paypay-simulator.jsonl')
  it.each<[string, boolean, () => void, () => void]>([
    [
      'a catalogue with a fault: nothing was imported yet',
      false,
      () => {
        mkdirSync(shop(), { recursive: true })
        writeFileSync(catalogue(), '{')
      },
      () => writeFileSync(catalogue(), readFileSync(join(demoDir, 'catalogue.json'))),
    ],
    [
      'a simulator’s file that is not one: they are written down already',
      true,
      () => {
        mkdirSync(join(userDataDir, 'till'))
        writeFileSync(book(), 'not\nours\nat all\n')
      },
      () => rmSync(book()),
    ],
  ])('%s', async (_what, isImported, spoil, mend) => {
    const secrets = keyStore()
    const importKeys = keysFile()
    spoil()
    await expect(open({ secrets, importKeys })).rejects.toThrow()
    expect((await secrets.read()) !== null).toBe(isImported)
    expect(existsSync(importKeys)).toBe(!isImported)
    mend()
    const { desk, session } = await atDesk(await open({ secrets, importKeys }))
    expect(existsSync(importKeys)).toBe(false)
    expect(await desk('findAudit', { session, ...anyKeysSet })).toMatchObject({
      value: { entries: [{ who: null, what: { kind: 'keysSet', last4: '0042' } }] },
    })
  })

  it('another till that has the ledger: nothing was imported yet', async () => {
    const other = await open()
    const secrets = keyStore()
    const importKeys = keysFile()
    await expect(open({ secrets, importKeys })).rejects.toThrow(/Another Kaikei already writes to/)
    expect(await secrets.read()).toBeNull()
    expect(JSON.parse(readFileSync(importKeys, 'utf8'))).toEqual(KEYS)
    const { desk, session } = await atDesk(other)
    expect(await desk('findAudit', { session, ...anyKeysSet })).toMatchObject({ value: { entries: [] } })
  })
})

it('keys that are imported with real money are what the till signs with, over kept ones that cannot be read', async () => {
  const torn = keyStore()
  const secrets: Secrets = {
    ...torn,
    read: async () =>
      (await torn.read()) ?? Promise.reject(new SecretsRefused('they are not in Kaikei’s form')),
  }
  await expect(open({ mode: 'production', secrets })).rejects.toThrow(SecretsRefused)
  const { till } = await open({ mode: 'production', secrets, importKeys: keysFile() })
  expect(till.health().says).not.toMatch(/no PayPay keys yet/)
})

it('keys that are entered at the desk are in the system’s key store, and nowhere in an answer', async () => {
  const secrets = keyStore()
  const { desk, session } = await atDesk(await open({ secrets }))
  const answer = await desk('setKeys', { session, keys: { ...KEYS, merchantId: null } })
  expect(answer).toMatchObject({ value: { needed: false, kept: { last4: '0042', by: '店長' } } })
  expect(JSON.stringify(answer)).not.toContain(KEYS.apiSecret)
  expect((await secrets.read())?.apiSecret.reveal()).toBe(KEYS.apiSecret)
})
