import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Secret } from '../core/secret.ts'
import { desksKeyFile, operatorsKeyFile } from './keyFile.ts'

// A disk that filled up, or somebody with an editor, leaves half of PayPay's keys: the till has to start, so that a manager can enter them anew.
const clock = { nowMs: () => Date.parse('2026-11-29T09:15:07+09:00') }
const TORN = '{"apiKey":"a_key_of_PayPays_0042","apiSe'
let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaikei-torn-'))
  file = join(folder, 'paypay-keys.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

const given = { apiKey: 'a_key_of_PayPays_0042', apiSecret: new Secret('S3cret-of-PayPays') }

it.each([TORN, '', '{}', '[]', 'null', '\u0000\u0000'])(
  '%j gives no keys, and is kept aside for its owner alone',
  async text => {
    writeFileSync(file, text)
    chmodSync(file, 0o644)
    const keys = desksKeyFile(file, clock)
    expect(await keys.read()).toBeNull()
    const aside = `${file}.torn-20261129091507`
    expect(readFileSync(aside, 'utf8')).toBe(text)
    expect(statSync(aside).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toHaveLength(1)
    const says = keys.fault()
    expect(says).toContain('enter them again at the desk')
    expect(says).toContain(aside)
    expect(says).not.toContain('0042')
  },
)

it('the next start says it again, until keys are entered', async () => {
  writeFileSync(file, TORN)
  await desksKeyFile(file, clock).read()
  const later = desksKeyFile(file, clock)
  expect(later.fault()).toBeNull()
  expect(await later.read()).toBeNull()
  expect(later.fault()).toContain('cannot be read')
  await later.write(given)
  expect(later.fault()).toBeNull()
  const last = desksKeyFile(file, clock)
  expect((await last.read())?.apiKey).toBe(given.apiKey)
  expect(last.fault()).toBeNull()
})

it('no file, and a good one, are no fault', async () => {
  const keys = desksKeyFile(file, clock)
  expect([await keys.read(), keys.fault()]).toEqual([null, null])
  await keys.write(given)
  expect((await keys.read())?.apiSecret.reveal()).toBe('S3cret-of-PayPays')
  expect(keys.fault()).toBeNull()
})

it('what is the operator’s own is left where it is, and the start says what is wrong', async () => {
  writeFileSync(file, TORN, { mode: 0o600 })
  await expect(operatorsKeyFile(file).read()).rejects.toThrow('not in Kaikei’s form')
  expect(readdirSync(folder)).toEqual(['paypay-keys.json'])
})
