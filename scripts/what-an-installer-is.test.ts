import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getConfig, validateConfiguration } from 'app-builder-lib/out/util/config/config.js'
import { DebugLogger } from 'builder-util'
import { beforeAll, expect, it } from 'vitest'
import { root } from './run.ts'

// electron-builder is run where installers are made, not here: a slip in its file would be found on the day of a release.
let config: Awaited<ReturnType<typeof getConfig>>
beforeAll(async () => {
  config = await getConfig(root, 'electron-builder.yml', null)
})

it('electron-builder knows every word of its file', async () => {
  await validateConfiguration(config, new DebugLogger(false))
  const mistyped = { ...config, nsis: { ...config.nsis, perMachien: true } }
  await expect(validateConfiguration(mistyped, new DebugLogger(false))).rejects.toThrow(
    'configuration.nsis should be',
  )
})

it('there is one for Linux, two ways, for Windows and for macOS', () => {
  expect(config.linux?.target).toEqual([
    { target: 'AppImage', arch: ['x64', 'arm64'] },
    { target: 'deb', arch: ['x64', 'arm64'] },
  ])
  expect(config.win?.target).toBe('nsis')
  expect(config.mac?.target).toBe('dmg')
})

it('on Windows it is the machine’s, not that of the account which customers stand before', () => {
  expect(config.nsis).toMatchObject({ perMachine: true, oneClick: false })
})

it('nothing is published by the way: a generic host is never uploaded to, and this one is nobody’s', () => {
  expect(config.publish).toEqual({ provider: 'generic', url: 'https://kaikei.invalid/' })
})

it('a release says which ledger it writes, as the ledger itself has it', () => {
  // Read, as this room imports nothing of core's: the entries of its list.
  const index = readFileSync(join(root, 'core/ledger/migrations/index.ts'), 'utf8')
  const [, list = ''] = /migrations: readonly string\[\] = \[([^\]]*)\]/.exec(index) ?? []
  const schema = list.split(',').filter(one => one.trim() !== '').length
  expect(schema).toBeGreaterThan(2)
  expect(config.releaseInfo).toEqual({ vendor: { ledgerSchema: schema } })
})
