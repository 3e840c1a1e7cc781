import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './run.ts'

/** Where Electron's program lies in its folder, by operating system. */
const PROGRAMS: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
}

/**
 * Electron's own program, or null where there is none. The package `electron` would answer the same question with a download, so
 * it is never asked.
 */
export function findElectron(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string | null {
  const folder = env.ELECTRON_OVERRIDE_DIST_PATH || join(root, 'node_modules/electron/dist')
  const program = join(folder, PROGRAMS[platform] ?? 'electron')
  return existsSync(program) ? program : null
}

/** How a person gets one. The version is the one that the project was written for. */
export function howToGetElectron(): string {
  return `There is no Electron here, so the kiosk’s window cannot be opened. Do one of these:
  npx install-electron    fetches Electron ${electronVersion()} into node_modules, once; needs the internet
  ELECTRON_OVERRIDE_DIST_PATH=FOLDER npm run kiosk    uses an Electron ${electronVersion()} that you unpacked into FOLDER
  npm start    the same till in a browser, without Electron`
}

function electronVersion(): string {
  const text = readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

/** For the summary of all tests: what they did not see. The stand-in's tests are counted among the others. */
export function electronLine(env?: NodeJS.ProcessEnv, platform?: NodeJS.Platform): string {
  return findElectron(env, platform)
    ? 'electron: run, with the browser tests'
    : 'electron: not run, no binary'
}
