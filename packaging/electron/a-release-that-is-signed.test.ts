import { spawnSync } from 'node:child_process'
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { root } from '../../scripts/run.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaikei-sign-'))
  for (const name of ['latest-linux.yml', 'latest.yml', 'builder-debug.yml'])
    writeFileSync(join(folder, name), `version: 1.0.0 # ${name}\n`)
})
afterEach(() => rmSync(folder, { recursive: true }))

const signing = (key: string) =>
  spawnSync(process.execPath, [join(root, 'packaging/electron/sign.ts'), folder], {
    encoding: 'utf8',
    env: { ...process.env, KAIKEI_UPDATE_SIGNING_KEY: key },
  })
const pemOf = (type: 'ed25519' | 'x25519') =>
  generateKeyPairSync(type as 'ed25519')
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()

it('each release file gets a signature of its name and its text, and no other file does', () => {
  const key = pemOf('ed25519')
  expect(signing(key)).toMatchObject({ status: 0, stdout: 'latest-linux.yml.sig\nlatest.yml.sig\n' })
  expect(readdirSync(folder).filter(name => name.endsWith('.sig'))).toEqual([
    'latest-linux.yml.sig',
    'latest.yml.sig',
  ])
  const signature = Buffer.from(readFileSync(join(folder, 'latest-linux.yml.sig'), 'utf8'), 'base64')
  // By hand, as somebody checks it who has only the page in docs/deploy.
  const holds = (text: string) => verify(null, Buffer.from(text), createPublicKey(key), signature)
  const text = 'version: 1.0.0 # latest-linux.yml\n'
  expect(holds(`kaikei release 1\nlatest-linux.yml\n${text}`)).toBe(true)
  expect(holds(`kaikei release 1\nlatest.yml\n${text}`)).toBe(false)
  expect(holds(text)).toBe(false)
})

it('without a key nothing is signed, and with a wrong one it fails', () => {
  expect(signing('')).toMatchObject({ status: 0, stdout: '' })
  expect(signing(pemOf('x25519')).status).toBe(1)
  expect(signing('no key').status).not.toBe(0)
  expect(readdirSync(folder).filter(name => name.endsWith('.sig'))).toEqual([])
})
