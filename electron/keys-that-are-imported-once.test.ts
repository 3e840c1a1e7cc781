import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { safeStorage } from './electron.double.ts'
import { importKeys } from './keysImport.ts'
import { openSecrets, type Secrets, SecretsRefused } from './secrets.ts'

// Keys that come in a file are read by whoever finds the file, unless it is gone as soon as they are kept.
const KEYS = { apiKey: 'a_key_of_PayPays_0042', apiSecret: 'canary-S3cret-of-PayPays', merchantId: 'm-1' }
let folder: string
let file: string
let secrets: Secrets
/** What the ledger was told of, and whether the file was still there then. */
let noted: { readonly apiKey: string; readonly isFileThere: boolean }[]
const note = async ({ apiKey }: { readonly apiKey: string }) => {
  noted.push({ apiKey, isFileThere: existsSync(file) })
}
const usual = { available: true, backend: 'gnome_libsecret', prefix: 'v11', locked: false }

beforeEach(() => {
  Object.assign(safeStorage, usual)
  folder = mkdtempSync(join(tmpdir(), 'kaikei-import-'))
  file = join(folder, 'keys.json')
  writeFileSync(file, JSON.stringify(KEYS), { mode: 0o600 })
  secrets = openSecrets(join(folder, 'kept.bin'), 'linux')
  noted = []
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('they are in the key store, and the file is overwritten and gone', async () => {
  // Whoever has it open still sees what is left of it.
  const open = openSync(file, 'r')
  expect(await importKeys(file, secrets, note)).toBe(true)
  expect(existsSync(file)).toBe(false)
  const left = Buffer.alloc(1_000)
  expect(left.subarray(0, readSync(open, left, 0, 1_000, 0)).toString()).not.toContain('canary')
  const kept = await secrets.read()
  expect(kept).toMatchObject({ apiKey: KEYS.apiKey, merchantId: 'm-1' })
  expect(kept?.apiSecret.reveal()).toBe(KEYS.apiSecret)
  expect(readFileSync(join(folder, 'kept.bin'), 'latin1')).not.toContain('canary')
  expect(noted).toEqual([{ apiKey: KEYS.apiKey, isFileThere: true }])
})

it('a ledger that does not take the fact keeps the file as it was, and the next start does it all again', async () => {
  const refuses = async () => {
    throw new Error('the disk is full')
  }
  await expect(importKeys(file, secrets, refuses)).rejects.toThrow('the disk is full')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(KEYS)
  expect(await importKeys(file, secrets, note)).toBe(true)
  expect(noted).toHaveLength(1)
  expect(existsSync(file)).toBe(false)
})

it('a second start with the same words finds them kept, and goes on', async () => {
  await importKeys(file, secrets, note)
  expect(await importKeys(file, secrets, note)).toBe(false)
  expect(noted).toHaveLength(1)
  await secrets.forget()
  expect(await refusal()).toMatch(/no such file\. Check --import-keys/)
})

it.each<[string, () => void, RegExp]>([
  ['others may read', () => chmodSync(file, 0o640), /others may read it\. Run: chmod 600/],
  [
    'is a link',
    () => {
      renameSync(file, `${file}.real`)
      symlinkSync(`${file}.real`, file)
    },
    /no plain file/,
  ],
  ['has a second name', () => linkSync(file, `${file}.copy`), /a second name, which would keep the keys/],
  [
    'is a folder',
    () => {
      rmSync(file)
      mkdirSync(file)
    },
    /no plain file/,
  ],
  ['is far too large', () => writeFileSync(file, 'x'.repeat(20_000)), /too large/],
  ['is half a file', () => writeFileSync(file, '{"apiSecret":"canary'), /it is not \{"apiKey"/],
  [
    'has a word too many',
    () => writeFileSync(file, JSON.stringify({ ...KEYS, x: 1 })),
    /it is not \{"apiKey"/,
  ],
  [
    'has no secret in it',
    () => writeFileSync(file, JSON.stringify({ ...KEYS, apiSecret: '' })),
    /API secret/,
  ],
])('a file that %s is refused, stays, and nothing is kept', async (_what, spoil, says) => {
  spoil()
  const refused = await refusal()
  expect(refused).toMatch(says)
  expect(refused).toContain('The file was left as it is.')
  expect(refused).not.toContain('canary')
  expect(existsSync(file)).toBe(true)
  expect(existsSync(join(folder, 'kept.bin'))).toBe(false)
  expect(noted).toEqual([])
})

it('a file of somebody else’s is refused', async () => {
  const own = { platform: 'linux', userId: (process.getuid?.() ?? 0) + 1 } as const
  await expect(importKeys(file, secrets, note, own)).rejects.toThrow(/belongs to somebody else/)
})

it.each([
  ['has only basic_text', { backend: 'basic_text' }],
  ['has no key store', { available: false }],
  ['has locked its store', { locked: true }],
])('a machine that %s keeps nothing, and the file is as it was', async (_what, store) => {
  Object.assign(safeStorage, store)
  expect(await refusal()).not.toContain('canary')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(KEYS)
  expect(existsSync(join(folder, 'kept.bin'))).toBe(false)
})

async function refusal(): Promise<string> {
  const error = await importKeys(file, secrets, note).then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(SecretsRefused)
  return (error as SecretsRefused).message
}
