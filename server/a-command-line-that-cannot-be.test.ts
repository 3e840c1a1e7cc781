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

it('a service manager hands the keys over in its own folder; a file that is named goes before it', () => {
  const env = { CREDENTIALS_DIRECTORY: '/run/credentials/kaikei.service' }
  expect(readOptions([], env)?.keysFile).toBe('/run/credentials/kaikei.service/paypay-keys')
  expect(readOptions(['--keys-file', '/etc/kaikei/keys.json'], env)?.keysFile).toBe('/etc/kaikei/keys.json')
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
