import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FileFault } from '../core/catalogue.ts'
import { operatorsKeyFile } from './keyFile.ts'
import { readOptions, Usage } from './options.ts'

const SIMULATOR = ['--paypay-url', 'http://127.0.0.1:4650']
const KEYS = { KAIKEI_API_KEY: 'key', KAIKEI_API_SECRET: 'canary-secret-word' }

it.each([
  ['a mode that is none', ['--mode', 'live'], /--mode is "live": use one of training, sandbox, production/],
  ['a simulator for real money', ['--mode', 'production', ...SIMULATOR], /--paypay-url is for training only/],
  ['a port that is none', ['--port', '99999'], /--port is "99999": use a number from 0/],
  ['a ceiling that is none', ['--memory-ceiling', '1GB'], /--memory-ceiling is "1GB": use a whole number/],
  ['a ceiling that nothing fits under', ['--memory-ceiling', '64'], /of MiB from 256 to 65536/],
  ['an option that is none', ['--prot', '1'], /--prot/],
])('%s is refused, with what belongs there', (_what, args, says) => {
  expect(() => readOptions(args, KEYS)).toThrow(Usage)
  expect(() => readOptions(args, KEYS)).toThrow(says)
})

it('the settings say the mode, unless the command does; a simulator means training', () => {
  expect(readOptions([], {})).toMatchObject({ mode: null, keysFile: null })
  expect(readOptions(['--mode', 'sandbox'], {})).toMatchObject({ mode: 'sandbox' })
  expect(readOptions(SIMULATOR, KEYS)).toMatchObject({ mode: 'training' })
  expect(readOptions(['--help'], {})).toBeNull()
})

it('the memory’s ceiling is 1000 MiB, or what the command says', () => {
  expect(readOptions([], {})).toMatchObject({ memoryCeilingBytes: 1_000 * 1024 * 1024 })
  expect(readOptions(['--memory-ceiling', '256'], {})).toMatchObject({
    memoryCeilingBytes: 256 * 1024 * 1024,
  })
})

it('a service manager hands the keys over in its own folder; a file that is named goes before it', () => {
  const given = mkdtempSync(join(tmpdir(), 'kaikei-credentials-'))
  try {
    const env = { CREDENTIALS_DIRECTORY: given }
    // The folder alone is no keys: the desk keeps them.
    expect(readOptions([], env)).toMatchObject({ keysFile: null, keysAreCredential: false })
    writeFileSync(join(given, 'paypay-keys'), '{}')
    expect(readOptions([], env)).toMatchObject({
      keysFile: join(given, 'paypay-keys'),
      keysAreCredential: true,
    })
    expect(readOptions(['--keys-file', '/etc/kaikei/keys.json'], env)).toMatchObject({
      keysFile: '/etc/kaikei/keys.json',
      keysAreCredential: false,
    })
  } finally {
    rmSync(given, { recursive: true })
  }
})

describe('keys in a file of the operator’s', () => {
  const folder = { path: '' }
  const file = (): string => join(folder.path, 'keys.json')
  beforeEach(() => {
    folder.path = mkdtempSync(join(tmpdir(), 'kaikei-keys-'))
    writeFileSync(file(), JSON.stringify({ apiKey: 'a-key', apiSecret: 'canary-secret-word' }), {
      mode: 0o600,
    })
  })
  afterEach(() => rmSync(folder.path, { recursive: true, force: true }))

  it('are read where only their owner may read them', async () => {
    const keys = await operatorsKeyFile(file()).read()
    expect(keys?.apiKey).toBe('a-key')
    expect(keys?.apiSecret.reveal()).toBe('canary-secret-word')
  })

  it.each([0o640, 0o604, 0o644])('are refused with the rights %o', async mode => {
    chmodSync(file(), mode)
    const reading = operatorsKeyFile(file()).read()
    await expect(reading).rejects.toThrow(FileFault)
    await expect(reading).rejects.toThrow(/may be read by others .*chmod 600/)
  })

  it('may show the mask of systemd’s own list of rights, and no more', async () => {
    chmodSync(file(), 0o440)
    expect((await operatorsKeyFile(file(), true).read())?.apiKey).toBe('a-key')
    await expect(operatorsKeyFile(file()).read()).rejects.toThrow(/may be read by others/)
    chmodSync(file(), 0o444)
    await expect(operatorsKeyFile(file(), true).read()).rejects.toThrow(/may be read by others/)
  })

  it('are missed by name, and half a file is not shown', async () => {
    await expect(operatorsKeyFile(join(folder.path, 'none')).read()).rejects.toThrow(
      /no PayPay keys at .*none/,
    )
    writeFileSync(file(), '{"apiKey":"a-key","apiSecret":"canary-secret-wo', { mode: 0o600 })
    const reading = operatorsKeyFile(file()).read()
    await expect(reading).rejects.toThrow(FileFault)
    await expect(reading).rejects.not.toThrow(/canary/)
  })

  it('are not the desk’s to change, and it says whose they are', async () => {
    const keys = await operatorsKeyFile(file()).read()
    if (!keys) throw new Error('no keys')
    await expect(operatorsKeyFile(file()).write(keys)).rejects.toThrow(/whoever runs the machine keeps them/)
  })
})
