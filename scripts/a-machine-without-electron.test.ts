import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { electronLine, findElectron } from './electron-binary.ts'
import { root } from './run.ts'

// Whoever has no Electron is told how to get it; nothing is downloaded behind their back, and nothing counts as tested.
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaikei-electron-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const withProgram = (name: string): string => {
  const program = join(folder, name)
  mkdirSync(dirname(program), { recursive: true })
  writeFileSync(program, '')
  return program
}

it.each([
  ['linux', 'electron'],
  ['win32', 'electron.exe'],
  ['darwin', 'Electron.app/Contents/MacOS/Electron'],
] as const)('on %s an Electron is found where its package would look', (platform, name) => {
  const env = { ELECTRON_OVERRIDE_DIST_PATH: folder }
  expect(findElectron(env, platform)).toBeNull()
  const program = withProgram(name)
  expect(findElectron(env, platform)).toBe(program)
})

it('npm run kiosk says how to get one, and ends with 1', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'scripts/kiosk.ts')], {
    encoding: 'utf8',
    env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: folder },
  })
  expect(status).toBe(1)
  expect(stdout).toBe('')
  expect(stderr).toBe(`There is no Electron here, so the kiosk’s window cannot be opened. Do one of these:
  npx install-electron    fetches Electron 45.4.1 into node_modules, once; needs the internet
  ELECTRON_OVERRIDE_DIST_PATH=FOLDER npm run kiosk    uses an Electron 45.4.1 that you unpacked into FOLDER
  npm start    the same till in a browser, without Electron
`)
})

it('a test that imports electron gets our double', async () => {
  // By a name that the compiler does not follow.
  const name = 'electron'
  expect(await import(name)).toHaveProperty('WebContentsDouble')
})

it('the summary of all tests says whether a real window was tested', () => {
  expect(electronLine({ ELECTRON_OVERRIDE_DIST_PATH: folder })).toBe('electron: not run, no binary')
  withProgram('electron')
  expect(electronLine({ ELECTRON_OVERRIDE_DIST_PATH: folder }, 'linux')).toBe(
    'electron: run, with the browser tests',
  )
})
