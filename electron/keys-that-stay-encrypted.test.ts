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
import { Secret } from '../core/secret.ts'
import { safeStorage } from './electron.double.ts'
import { openSecrets, type Secrets, SecretsRefused } from './secrets.ts'

// Whoever copies the disk of a till must not be able to take money in the shop's name.
const keys = { apiKey: 'a_key', apiSecret: new Secret('canary-secret-word'), merchantId: '1234567890' }
const asNew = { ...safeStorage }
let folder: string
let file: string
let secrets: Secrets

beforeEach(() => {
  Object.assign(safeStorage, asNew)
  folder = mkdtempSync(join(tmpdir(), 'kaikei-keys-'))
  file = join(folder, 'kept/paypay-keys.bin')
  secrets = openSecrets(file, 'linux')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const onDisk = (): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')

it('what was stored is read again after a restart', async () => {
  await secrets.write(keys)
  const read = await openSecrets(file, 'linux').read()
  expect(read).toEqual(keys)
  expect(read?.apiSecret.reveal()).toBe('canary-secret-word')
})

it('a merchant without a merchant id is kept as it is', async () => {
  const { merchantId: _, ...without } = keys
  await secrets.write(without)
  expect(await secrets.read()).toEqual(without)
})

it('nothing was ever stored: there are no keys, and that is no fault', async () => {
  expect(await secrets.read()).toBeNull()
})

it('the disk never holds them in plain text, and only this user may read the file', async () => {
  await secrets.write(keys)
  expect(onDisk()).not.toMatch(/canary|a_key|1234567890/)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(join(folder, 'kept'))).toEqual(['paypay-keys.bin'])
})

it('a draft that an earlier life left behind, open to all, does not open the new file', async () => {
  mkdirSync(join(folder, 'kept'))
  writeFileSync(`${file}.new`, 'half a file')
  chmodSync(`${file}.new`, 0o666)
  await secrets.write(keys)
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

it('what is forgotten is gone, once or twice', async () => {
  await secrets.write(keys)
  await secrets.forget()
  await secrets.forget()
  expect(existsSync(file)).toBe(false)
  expect(await secrets.read()).toBeNull()
})

describe('a machine that cannot keep a secret', () => {
  it.each([
    ['has no key store', { available: false }, /Linux, install and unlock gnome-keyring/],
    [
      'has only basic_text',
      { backend: 'basic_text' },
      /"basic_text", which protects nothing.*--password-store=gnome-libsecret/,
    ],
    ['cannot say yet what it has', { backend: 'unknown' }, /"unknown", which protects nothing/],
    [
      'names a store that gives no key',
      { prefix: 'v10' },
      /a well-known password instead.*Unlock the key store/,
    ],
    [
      'has locked its store',
      { locked: true },
      /did not encrypt.*Unlock the key store and enter the keys again/,
    ],
  ])('%s: the keys are refused, in words, and nothing is written', async (_what, store, says) => {
    Object.assign(safeStorage, store)
    const refused = await refusal(secrets.write(keys))
    expect(refused).toMatch(says)
    expect(refused).not.toContain('canary')
    expect(existsSync(file)).toBe(false)
  })

  it.each([
    ['has no key store any more', { available: false }, /no key store/],
    ['fell back to basic_text', { backend: 'basic_text' }, /protects nothing/],
    [
      'has locked its store',
      { locked: true },
      /cannot be decrypted.*unlock it and start again, or enter the keys again/,
    ],
  ])('%s: the keys of before are not used, and not lost', async (_what, store, says) => {
    await secrets.write(keys)
    Object.assign(safeStorage, store)
    expect(await refusal(secrets.read())).toMatch(says)
    Object.assign(safeStorage, asNew)
    expect(await secrets.read()).toEqual(keys)
  })
})

it('macOS and Windows have their own store: the names of Linux’s are not asked for', async () => {
  safeStorage.backend = 'unknown'
  safeStorage.prefix = 'v10'
  for (const platform of ['darwin', 'win32'] as const) {
    const own = openSecrets(file, platform)
    await own.write(keys)
    expect(await own.read()).toEqual(keys)
  }
})

describe('a file that is not what was written', () => {
  beforeEach(() => mkdirSync(join(folder, 'kept')))

  it('says that the keys have to be entered again, and quotes nothing of it', async () => {
    writeFileSync(file, await safeStorage.encryptStringAsync('{"apiKey":"canary-key"}'))
    const refused = await refusal(secrets.read())
    expect(refused).toMatch(/not in Kaikei’s form. Enter the keys again/)
    expect(refused).not.toContain('canary')
  })

  it('encrypted with the well-known password, by another program or an older life, is not believed', async () => {
    writeFileSync(file, 'v10something')
    expect(await refusal(secrets.read())).toMatch(/well-known password/)
  })

  it('that cannot be read at all says whose right is missing', async () => {
    mkdirSync(file)
    expect(await refusal(secrets.read())).toMatch(/cannot be read \(EISDIR.*the right to read that file/)
  })
})

it('a folder that cannot be written says so, and the caller still has the keys', async () => {
  writeFileSync(join(folder, 'kept'), 'a file where the folder should be')
  expect(await refusal(secrets.write(keys))).toMatch(/cannot be stored in .*the right to write there/)
})

it('a key of the store’s that was replaced is taken up, and where that fails the old one still serves', async () => {
  await secrets.write(keys)
  const before = readFileSync(file)
  safeStorage.rotated = true
  safeStorage.prefix = 'v10'
  expect(await secrets.read()).toEqual(keys)
  expect(readFileSync(file)).toEqual(before)
  safeStorage.prefix = 'v12'
  expect(await secrets.read()).toEqual(keys)
  expect(readFileSync(file).subarray(0, 3).toString()).toBe('v12')
})

async function refusal(failing: Promise<unknown>): Promise<string> {
  const error = await failing.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(SecretsRefused)
  return (error as SecretsRefused).message
}
