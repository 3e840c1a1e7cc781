import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
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
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FileFault } from '../core/catalogue.ts'
import { authorityIn, issueLeaf, LEAF_DAYS, RENEW_DAYS } from './authority.ts'
import { identityOf } from './identity.ts'

// What a screen is shown when it asks who the till is: of an authority made on the spot, or of the operator's; with the clock turned.

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
/** Certificates know whole seconds. */
const NOW_MS = Date.parse('2026-11-24T12:00:00+09:00')
const NAMES = ['till.local', '192.168.1.20']
const none = { certificateFile: null, keyFile: null }
let folder: string
let network: string
let authorityFile: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaikei-identity-'))
  network = join(folder, 'network')
  authorityFile = join(network, 'authority.pem')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const own = (nowMs = NOW_MS, names = NAMES) => identityOf(none, names, network, nowMs)
const certificateOf = ({ cert }: { cert: string }) => new X509Certificate(cert)

describe('without a certificate of the operator’s', () => {
  it('an authority is made, which may sign and has none under it, in a file that its owner alone reads', async () => {
    const identity = await own()
    const authority = certificateOf(await authorityIn(network, NOW_MS))
    expect(identity).toMatchObject({ fingerprint: authority.fingerprint256, uncovered: [] })
    expect(new X509Certificate(identity.authority ?? '').fingerprint256).toBe(authority.fingerprint256)
    expect(authority.ca).toBe(true)
    expect(authority.verify(authority.publicKey)).toBe(true)
    expect(authority.toLegacyObject()).toMatchObject({
      subject: { CN: expect.stringMatching(/^Kaikei till \w+/) },
    })
    expect(Date.parse(authority.validTo)).toBe(NOW_MS + 3_650 * DAY_MS)
    expect(readdirSync(network)).toEqual(['authority.pem'])
    expect(statSync(authorityFile).mode & 0o777).toBe(0o600)
    expect(statSync(network).mode & 0o777).toBe(0o700)
  })

  it('the till’s own certificate is signed by it, for its names and addresses, for 90 days, and signs for nobody', async () => {
    const identity = await own()
    const leaf = certificateOf(identity)
    const authority = certificateOf(await authorityIn(network, NOW_MS))
    expect(leaf.checkIssued(authority)).toBe(true)
    expect(leaf.verify(authority.publicKey)).toBe(true)
    expect(leaf.checkPrivateKey(createPrivateKey(identity.key))).toBe(true)
    expect(leaf.ca).toBe(false)
    expect(leaf.checkHost('till.local')).toBe('till.local')
    expect(leaf.checkIP('192.168.1.20')).toBe('192.168.1.20')
    expect(leaf.checkHost('paypay.ne.jp')).toBeUndefined()
    // A screen whose clock is a little behind takes it too.
    expect(Date.parse(leaf.validFrom)).toBe(NOW_MS - DAY_MS)
    expect(Date.parse(leaf.validTo)).toBe(NOW_MS + LEAF_DAYS * DAY_MS)
    expect(identity.renewAtMs).toBe(NOW_MS + (LEAF_DAYS - RENEW_DAYS) * DAY_MS)
  })

  it('later starts keep the authority, with another certificate for other names', async () => {
    const first = await own()
    const later = await own(NOW_MS + 300 * DAY_MS, ['10.0.0.7'])
    expect(later.fingerprint).toBe(first.fingerprint)
    expect(later.key).not.toBe(first.key)
    expect(certificateOf(later).checkIP('10.0.0.7')).toBe('10.0.0.7')
    expect(certificateOf(later).checkIP('192.168.1.20')).toBeUndefined()
    expect(Date.parse(certificateOf(later).validTo)).toBe(NOW_MS + (300 + LEAF_DAYS) * DAY_MS)
  })

  it('in the last days of the authority no certificate outlives it, and then a person is told', async () => {
    await own()
    const endMs = NOW_MS + 3_650 * DAY_MS
    const last = await own(endMs - 10 * DAY_MS)
    expect(Date.parse(certificateOf(last).validTo)).toBe(endMs)
    // Not at every look.
    expect(last.renewAtMs).toBe(endMs - 10 * DAY_MS + HOUR_MS)
    const before = readFileSync(authorityFile, 'utf8')
    await expect(own(endMs)).rejects.toThrow(FileFault)
    await expect(own(endMs)).rejects.toThrow(
      /authority\.pem ended on .*Look whether the clock is right.*move it away/,
    )
    expect(readFileSync(authorityFile, 'utf8')).toBe(before)
  })

  it.each<[string, (pem: string) => string]>([
    ['is cut off', pem => pem.slice(0, -200)],
    ['has lost its key', pem => pem.slice(pem.indexOf('-----BEGIN CERTIFICATE'))],
    ['is empty', () => ''],
  ])(
    'an authority that %s is told, and stays as it is: a new one is a person’s decision',
    async (_what, spoil) => {
      await own()
      const spoilt = spoil(readFileSync(authorityFile, 'utf8'))
      writeFileSync(authorityFile, spoilt)
      await expect(own()).rejects.toThrow(FileFault)
      await expect(own()).rejects.toThrow(
        /authority\.pem is damaged\. Put it back from a copy; or move it away/,
      )
      expect(readFileSync(authorityFile, 'utf8')).toBe(spoilt)
    },
  )

  it('an authority with another one’s key is damaged too', async () => {
    await own()
    const other = await authorityIn(join(folder, 'other'), NOW_MS)
    writeFileSync(authorityFile, `${other.key}\n${certificateOf(await authorityIn(network, NOW_MS))}`)
    await expect(own()).rejects.toThrow(/is damaged/)
  })

  it('a draft that a killed start left behind is no authority', async () => {
    mkdirSync(network)
    writeFileSync(`${authorityFile}.new`, 'half', { mode: 0o644 })
    await own()
    expect(readdirSync(network)).toEqual(['authority.pem'])
    expect(statSync(authorityFile).mode & 0o777).toBe(0o600)
  })

  it('a folder that cannot be written is named', async () => {
    writeFileSync(network, 'a file where the folder should be')
    await expect(own()).rejects.toThrow(
      /The authority .*authority\.pem cannot be read|cannot be kept in .*authority\.pem/,
    )
    await expect(own()).rejects.toThrow(FileFault)
  })
})

describe('the operator’s certificate', () => {
  const files = () => ({ certificateFile: join(folder, 'shop.crt'), keyFile: join(folder, 'shop.key') })
  /** As if an authority that screens know had issued it, with its chain. */
  async function issued(names = NAMES, issuedAtMs = NOW_MS): Promise<{ cert: string; key: string }> {
    const authority = await authorityIn(join(folder, 'known'), issuedAtMs)
    const { cert, key } = await issueLeaf(authority, names, issuedAtMs)
    writeFileSync(files().certificateFile, `${cert.trim()}\n${authority.cert}`)
    writeFileSync(files().keyFile, key)
    return { cert, key }
  }
  const operators = (nowMs = NOW_MS, names = NAMES) => identityOf(files(), names, network, nowMs)

  it('is shown with its chain, as it lies there, and no authority is made', async () => {
    const { cert, key } = await issued()
    const identity = await operators()
    expect(identity).toMatchObject({
      key,
      cert: readFileSync(files().certificateFile, 'utf8'),
      fingerprint: certificateOf({ cert }).fingerprint256,
      authority: null,
      uncovered: [],
    })
    expect(identity.cert.match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
    expect(existsSync(network)).toBe(false)
  })

  it('is looked at again every hour, and at its end', async () => {
    await issued()
    const endMs = NOW_MS + LEAF_DAYS * DAY_MS
    expect((await operators()).renewAtMs).toBe(NOW_MS + HOUR_MS)
    expect((await operators(endMs - 60_000)).renewAtMs).toBe(endMs)
  })

  it('tells which names it does not cover', async () => {
    await issued(['shop.example', '192.168.1.20'])
    expect(
      (await operators(NOW_MS, ['shop.example', 'till.local', '192.168.1.20', '10.0.0.7'])).uncovered,
    ).toEqual(['till.local', '10.0.0.7'])
  })

  it.each<[string, () => void, RegExp]>([
    [
      'is not there',
      () => rmSync(files().certificateFile),
      /certificate .*shop\.crt cannot be read .*network\.certificateFile/,
    ],
    ['has no key', () => rmSync(files().keyFile), /key .*shop\.key cannot be read .*network\.keyFile/],
    [
      'is no PEM',
      () => writeFileSync(files().certificateFile, 'x'),
      /cannot be used .*Put a PEM certificate with its chain/,
    ],
    [
      'has a key with a password',
      () => {
        const key = createPrivateKey(readFileSync(files().keyFile))
        const pem = key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' })
        writeFileSync(files().keyFile, pem)
      },
      /cannot be used .*without a password/,
    ],
  ])('that %s is told in words', async (_what, spoil, says) => {
    await issued()
    spoil()
    await expect(operators()).rejects.toThrow(FileFault)
    await expect(operators()).rejects.toThrow(says)
  })

  it.each([
    ['of its own kind', { type: 'ec', namedCurve: 'P-256' }],
    // TLS alone would take it, and then show nobody a certificate.
    ['of another kind', { type: 'rsa', modulusLength: 2_048 }],
  ] as const)(
    'with the key of another certificate, %s, is told, and no word of the key',
    async (_what, kind) => {
      await issued()
      const { privateKey } =
        kind.type === 'ec' ? generateKeyPairSync('ec', kind) : generateKeyPairSync('rsa', kind)
      const key = String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
      writeFileSync(files().keyFile, key)
      await expect(operators()).rejects.toThrow(/cannot be used/)
      await expect(operators()).rejects.not.toThrow(key.slice(40, 80))
    },
  )

  it.skipIf(process.getuid?.() === 0)('that may not be read is told', async () => {
    await issued()
    chmodSync(files().keyFile, 0)
    await expect(operators()).rejects.toThrow(/key .*cannot be read/)
  })

  it('that has ended, or does not hold yet, is told with its day', async () => {
    await issued()
    const endMs = NOW_MS + LEAF_DAYS * DAY_MS
    await expect(operators(endMs - 1_000)).resolves.toBeDefined()
    await expect(operators(endMs)).rejects.toThrow(
      /shop\.crt ended on Feb 22 03:00:00 2027 GMT\. Put a new one there/,
    )
    await expect(operators(NOW_MS - 2 * DAY_MS)).rejects.toThrow(
      /holds only from Nov 23 03:00:00 2026 GMT on/,
    )
  })
})
