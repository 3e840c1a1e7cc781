import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { filesBelow } from '../../simulator/planted.ts'
import { OF_A_DEVELOPER } from '../built.ts'
import { tempDir } from '../host.ts'
import { root } from './kiosk.ts'

// Somebody opens the kiosk, or makes an installer, and gets something else than what was built.

/** What marks the fuses in Electron's program (version 1, eight of them; `@electron/fuses`), one digit each. */
const fuses = (wire: string): string => `dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\x01\x08${wire}`
/** Main with its libraries, the page and the demo's pictures are some 6 MB. */
const MOST_ASAR_BYTES = 12_000_000

/** As data: the libraries that make certificates have the words alone, without a key after them. */
const PRIVATE_KEY = /PRIVATE KEY-----(\s|\\[nr])*[A-Za-z0-9+/=]{16}/

/** A folder that is gone after the test, for programs that stand for Electron's. */
class Folder {
  readonly #dir = tempDir()
  readonly path = this.#dir.path

  program(name: string, script: string): void {
    const file = join(this.path, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `#!/bin/sh\n${script}\n`)
    chmodSync(file, 0o755)
  }

  remove(): void {
    this.#dir.remove()
  }
}

const test = base.extend<{ folder: Folder }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
  folder: async ({}, use) => {
    const folder = new Folder()
    await use(folder)
    folder.remove()
  },
})

/** What is made here, or fetched. */
const isNoSource = /^(node_modules|\.git|out|dist|build-cache|test-results|data)(\/|$)/

const bin = (name: string): string => join(root, 'node_modules/.bin', name)

test('npm run kiosk builds what is there and opens Electron with what was asked', ({ folder }) => {
  // A copy of the sources alone: what is built here is read by the tests beside this one.
  const copy = join(folder.path, 'clone')
  cpSync(root, copy, { recursive: true, filter: file => !isNoSource.test(relative(root, file)) })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  // Says what it was started with, and with which code it ends.
  folder.program('electron', 'printf "%s\\n" "$@"; exit 7')
  const { status, stdout } = spawnSync('npm', ['run', '--silent', 'kiosk', '--', '--lane=left'], {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: folder.path },
  })
  expect(stdout.trim().split('\n').slice(-2)).toEqual([`${copy}/`, '--lane=left'])
  expect(status).toBe(7)
  for (const built of ['out/main/main.js', 'out/preload/preload.cjs', 'dist/renderer/index.html'])
    expect(existsSync(join(copy, built)), built).toBe(true)
})

test('an installer would hold the bundles and nothing else', ({ folder }) => {
  // Electron's own files, as far as electron-builder looks at them before it puts ours beside them.
  folder.program('dist/electron', `exit 0\n${fuses('11111111')}`)
  const { path } = folder
  mkdirSync(join(path, 'dist/locales'))
  mkdirSync(join(path, 'dist/resources'))
  const asar = (...args: string[]) => execFileSync(bin('asar'), args, { encoding: 'utf8' })
  asar('pack', join(root, 'electron/icons'), join(path, 'dist/resources/default_app.asar'))
  execFileSync(
    bin('electron-builder'),
    ['--linux', 'dir', '--x64', `-c.electronDist=${path}/dist`, `-c.directories.output=${path}/made`],
    { cwd: root, stdio: 'pipe', env: { ...process.env, ...OF_A_DEVELOPER } },
  )
  const unpacked = join(path, 'made/linux-unpacked')
  const archive = join(unpacked, 'resources/app.asar')
  const files = asar('list', archive).trim().split('\n')
  const parts = new Set(files.map(file => file.split('/').slice(1, 3).join('/')))
  expect([...parts].toSorted()).toEqual([
    'dist',
    'dist/renderer',
    'out',
    'out/main',
    'out/preload',
    'package.json',
  ])
  expect(files).toEqual(
    expect.arrayContaining([
      '/dist/renderer/index.html',
      '/out/main/main.js',
      '/out/main/demo/catalogue.json',
      '/out/main/phone/phone.html',
      '/out/preload/preload.cjs',
      '/out/preload/preloadDisplay.cjs',
    ]),
  )
  expect(files.filter(file => /\.(ts|tsx|map)$|test|spec|node_modules/.test(file))).toEqual([])

  // No word of whoever made it, and no private key: in no file of the archive, nor beside it.
  asar('extract', archive, join(path, 'extracted'))
  for (const folder of ['extracted', 'made']) {
    const { all, holding } = filesBelow(join(path, folder), [OF_A_DEVELOPER.KAIKEI_API_SECRET])
    expect(all.length).toBeGreaterThan(5)
    const keys = all.filter(file => PRIVATE_KEY.test(readFileSync(file, 'latin1')))
    expect({ holding, keys }).toEqual({ holding: [], keys: [] })
  }

  // Run as Node, cookies in the clear, NODE_OPTIONS, --inspect, a changed asar, an app outside it, a snapshot, file:// with more rights.
  expect(readFileSync(join(unpacked, 'kaikei'), 'latin1')).toContain(fuses('01001100'))
  expect(statSync(archive).size).toBeLessThan(MOST_ASAR_BYTES)
  const notices = join(unpacked, 'resources/notices')
  const bill = JSON.parse(readFileSync(join(notices, 'sbom.cdx.json'), 'utf8')) as {
    readonly bomFormat: string
    readonly components: readonly { readonly name: string; readonly licenses: readonly unknown[] }[]
  }
  expect(bill.bomFormat).toBe('CycloneDX')
  const names = bill.components.map(({ name }) => name)
  for (const name of ['electron', 'react', 'xstate', 'zod']) expect(names).toContain(name)
  expect(bill.components.filter(({ licenses }) => licenses.length === 0)).toEqual([])
  expect(readFileSync(join(notices, 'COPYRIGHT.txt'), 'utf8')).toContain('xstate')
  expect(readFileSync(join(unpacked, 'resources/LICENSE.txt'), 'utf8')).toContain('MIT')
})
