import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '../../core/log.ts'
import { RESTING } from '../../core/update/record.ts'
import type { Feed, FeedFault } from '../../core/update/rounds.ts'
import type { PaypayMode } from '../../shared/checkout.ts'
import { signedText } from '../../shared/updateSignature.ts'
import { AppImage, appImageOf, PROBE, probeAnswer } from './appImage.ts'
import { openFeed } from './feed.ts'
import { recordFile } from './recordFile.ts'

// electron-updater itself, over HTTP from a feed on this machine, with a program that says what an AppImage of ours says when it is tried.

const keys = generateKeyPairSync('ed25519')
const publicKey = keys.publicKey.export({ type: 'spki', format: 'pem' }).toString()
const program = (version: string): string =>
  `#!/bin/sh\n[ "$1" = --${PROBE} ] && echo '${probeAnswer(version)}' && exit 0\nexit 9\n`
const CHANNEL = process.arch === 'x64' ? 'latest-linux.yml' : `latest-linux-${process.arch}.yml`
const FILE = 'Kaikei-0.3.0.AppImage'

let folder: string
let file: string
let server: Server
let url: string
let files: Record<string, string>
let asked: IncomingMessage[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kaikei-feed-'))
  file = join(folder, 'Kaikei.AppImage')
  writeFileSync(file, program('0.2.0'))
  chmodSync(file, 0o755)
  process.env.APPIMAGE = file
  asked = []
  server = createServer((request, response) => {
    asked.push(request)
    const path = new URL(request.url ?? '/', 'http://feed').pathname.slice(1)
    const found = files[path]
    if (found?.startsWith('to ')) response.writeHead(302, { location: found.slice(3) }).end()
    else response.writeHead(found === undefined ? 404 : 200).end(found)
  }).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  publish()
})
afterEach(async () => {
  delete process.env.APPIMAGE
  await new Promise(resolve => server.close(resolve).closeAllConnections())
  rmSync(folder, { recursive: true })
})

/** A release as electron-builder writes one, and its signature as `packaging/electron/sign.ts` does. */
function publish(
  change: {
    bytes?: string
    version?: string
    yml?: (text: string) => string
    name?: string
    key?: typeof keys
  } = {},
): void {
  const { bytes = program('0.3.0'), version = '0.3.0' } = change
  const sha512 = createHash('sha512').update(bytes).digest('base64')
  const written = [
    `version: ${version}`,
    'files:',
    `  - url: ${FILE}`,
    `    sha512: ${sha512}`,
    `    size: ${bytes.length}`,
    '  - url: kaikei_0.3.0_amd64.deb',
    `    sha512: ${sha512}`,
    '    size: 5',
    `path: ${FILE}`,
    `sha512: ${sha512}`,
    'vendor:',
    '  ledgerSchema: 3',
    "releaseDate: '2026-11-24T00:00:00.000Z'",
    '',
  ].join('\n')
  const text = change.yml?.(written) ?? written
  const signature = sign(
    null,
    Buffer.from(signedText(change.name ?? CHANNEL, text)),
    (change.key ?? keys).privateKey,
  )
  files = { [CHANNEL]: text, [`${CHANNEL}.sig`]: `${signature.toString('base64')}\n`, [FILE]: bytes }
}

const open = (more: { publicKey?: string | null; mode?: PaypayMode } = {}): Feed =>
  openFeed({
    program: new AppImage(file),
    running: '0.2.0',
    mode: 'training',
    publicKey,
    userDataDir: folder,
    log: silentLog,
    ...more,
  })
const whyNot = (answer: Promise<unknown>): Promise<[string | undefined, string]> =>
  answer.then(
    () => ['nothing was refused', ''],
    (error: FeedFault) => [error.stands, error.message],
  )
/** The program in its place. */
const runs = (): string => readFileSync(file, 'utf8')

it('a newer version is found, fetched, tried and put in place, and the one before is kept beside it', async () => {
  const feed = open()
  const image = new AppImage(file)
  expect(await feed.look(url)).toEqual({ version: '0.3.0', ledgerSchema: 3 })
  // To look is not to fetch.
  expect(asked.map(({ url: path }) => path)).toEqual([`/${CHANNEL}`, `/${CHANNEL}.sig`])
  await image.prepare(await feed.download(), '0.3.0')
  expect(runs()).toBe(program('0.2.0'))
  expect(feed.install()).toBe(true)
  expect(runs()).toBe(program('0.3.0'))
  expect(statSync(file).mode & 0o777).toBe(0o755)
  expect(readFileSync(`${file}.previous`, 'utf8')).toBe(program('0.2.0'))
  // A second time there is nothing to install, and what is there stays.
  expect(feed.install()).toBe(false)
  image.putBack()
  expect(runs()).toBe(program('0.2.0'))
  expect(readdirSync(folder).filter(name => name.startsWith('Kaikei'))).toEqual(['Kaikei.AppImage'])
})

it('nothing that is sent tells one till from another', async () => {
  const feed = open()
  await feed.look(url)
  await feed.download()
  const heads = asked.map(({ headers, url: path }) => JSON.stringify([headers, path]))
  expect(heads.length).toBe(3)
  expect(heads.filter(head => /staging|[0-9a-f]{8}-[0-9a-f]{4}|cookie|noCache/i.test(head))).toEqual([])
})

describe('refused before anything is fetched', () => {
  const wrong: readonly [string, () => void, string][] = [
    ['a text that was changed', () => (files[CHANNEL] = `${files[CHANNEL]}\n`), 'signature'],
    ['another key', () => publish({ key: generateKeyPairSync('ed25519') }), 'signature'],
    ['another system’s file under this name', () => publish({ name: 'latest.yml' }), 'signature'],
    ['no signature', () => delete files[`${CHANNEL}.sig`], 'unreachable'],
    ['an empty signature', () => (files[`${CHANNEL}.sig`] = ''), 'signature'],
    [
      'two programs',
      () => publish({ yml: text => text.replace('kaikei_0.3.0_amd64.deb', 'b.AppImage') }),
      'malformed',
    ],
    [
      'a program elsewhere',
      () => publish({ yml: text => text.replaceAll(FILE, `https://x.example/${FILE}`) }),
      'malformed',
    ],
    [
      'no digest',
      () => publish({ yml: text => text.replace(/^ {4}sha512: .*$/m, '    sha2: x') }),
      'malformed',
    ],
    ['no size', () => publish({ yml: text => text.replace(/^ {4}size: .*$/m, '') }), 'malformed'],
    ['a page without an end', () => (files[CHANNEL] = '#'.repeat(70_000)), 'malformed'],
    ['signed words that are no release', () => publish({ yml: () => '{' }), 'malformed'],
    ['a way to plain HTTP elsewhere', () => (files[CHANNEL] = 'to http://feed.invalid/'), 'unreachable'],
  ]
  it.each(wrong)('%s', async (_name, happens, because) => {
    happens()
    expect(
      (
        await whyNot(
          open()
            .look(url)
            .then(() => open().download()),
        )
      )[0],
    ).toBe(because)
    expect(asked.map(({ url: path }) => path)).not.toContain(`/${FILE}`)
  })

  it('a till without a key', async () => {
    expect((await whyNot(open({ publicKey: null }).look(url)))[0]).toBe('noKey')
    expect((await whyNot(open({ publicKey: 'no key' }).look(url)))[0]).toBe('signature')
  })

  it('an older version and the same one are told, and cannot be fetched', async () => {
    for (const version of ['0.1.0', '0.2.0']) {
      publish({ version })
      const feed = open()
      expect((await feed.look(url)).version).toBe(version)
      expect((await whyNot(feed.download()))[1]).toMatch(/check update first/)
    }
  })
})

describe('fetched, and not put in', () => {
  const fetch = async (): Promise<void> => {
    const feed = open()
    await feed.look(url)
    await new AppImage(file, 2_000).prepare(await feed.download(), '0.3.0')
  }
  const bad: readonly [string, () => void, RegExp][] = [
    ['other bytes than those that were signed', () => (files[FILE] = program('0.3.1')), /sha512|digest/i],
    [
      'more bytes than were signed',
      () => (files[FILE] = `${program('0.3.0')}${'#'.repeat(100_000)}`),
      /bytes/,
    ],
    ['a program that is another version', () => publish({ bytes: program('0.2.9') }), /does not say/],
    ['a program that ends badly', () => publish({ bytes: '#!/bin/sh\nexit 3\n' }), /ended with 3/],
    [
      'a program that is none',
      () => publish({ bytes: '\0\0\0\0' }),
      /could not be started|ended with|does not say/,
    ],
    ['a program that hangs', () => publish({ bytes: '#!/bin/sh\nsleep 60\n' }), /within 2 s/],
    ['a program elsewhere, in the clear', () => (files[FILE] = 'to http://feed.invalid/x'), /not https/],
  ]
  it.each(bad)('%s', async (_name, happens, says) => {
    happens()
    expect((await whyNot(fetch()))[1]).toMatch(says)
    expect(runs()).toBe(program('0.2.0'))
    expect(existsSync(`${file}.previous`)).toBe(false)
  })
})

it('only an AppImage whose user may replace it installs by itself', () => {
  const under = (platform: NodeJS.Platform, APPIMAGE?: string) => appImageOf(platform, { APPIMAGE })
  expect(under('linux', file)).toBe(file)
  expect(under('linux')).toBeNull()
  expect(under('linux', 'Kaikei.AppImage')).toBeNull()
  expect(under('linux', join(folder, 'away.AppImage'))).toBeNull()
  expect(under('win32', file)).toBeNull()
  expect(under('darwin', file)).toBeNull()
})

it('the record is whole after every write, and a damaged one is an empty one', () => {
  const path = join(folder, 'till/updates.json')
  const told: string[] = []
  const log = { ...silentLog, error: (_event: unknown, says: string) => void told.push(says) }
  const record = recordFile(path, log)
  expect(record.read()).toEqual(RESTING)
  record.write({ ...RESTING, bad: ['0.3.0'] })
  expect(record.read().bad).toEqual(['0.3.0'])
  expect(told).toEqual([])
  for (const damaged of ['', '{', '{"format":2}', JSON.stringify({ ...RESTING, stage: { at: 'trial' } })]) {
    writeFileSync(path, damaged)
    expect(record.read()).toEqual(RESTING)
  }
  expect(told.length).toBe(4)
  // What a power cut leaves of a write is never read.
  record.write(RESTING)
  writeFileSync(`${path}.new`, '{"format"')
  expect(record.read()).toEqual(RESTING)
  mkdirSync(join(folder, 'other'))
})
