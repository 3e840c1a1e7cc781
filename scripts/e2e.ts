import { parseArgs } from 'node:util'
import { findBrowser } from './browser.ts'
import { electronLine, findElectron } from './electron-binary.ts'
import { print, run } from './run.ts'

const USAGE = `usage: npm run e2e -- [--project PROJECT]... [--grep PATTERN] [FILE]...
  PROJECT: landscape, portrait, panel (the server's host in a browser), electron-standin (Electron's main with a stand-in for its program; all its
  specs where it is asked for, what carries @window without),
  electron (Electron's own program: ELECTRON_OVERRIDE_DIST_PATH, or fetched by npx install-electron), deb (the package). Without: all
  that can run here. PATTERN: only tests with such names. FILE: only tests of such files.
`

/** The tests from outside, or some of them. Ends as Playwright does; with 0 and a line where only Electron's own program was asked for and is not here. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      project: { type: 'string', multiple: true },
      grep: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) {
    process.stdout.write(USAGE)
    return 0
  }
  const asked = values.project ?? []
  const known = ['landscape', 'portrait', 'panel', 'electron-standin', 'electron', 'deb']
  const unknown = asked.find(name => !known.includes(name))
  if (unknown !== undefined) throw new Error(`There is no project "${unknown}".`)
  const isThere = (name: string): boolean => name !== 'electron' || findElectron() !== null
  const projects = asked.filter(isThere)
  if (!asked.every(isThere)) print(electronLine())
  if (asked.length > 0 && projects.length === 0) return 0
  const browser = await findBrowser()
  if (browser.path === null) {
    print(browser.says)
    return 1
  }
  const grep = values.grep === undefined ? [] : ['--grep', values.grep]
  return run('playwright', ['test', ...projects.map(name => `--project=${name}`), ...grep, ...positionals], {
    PLAYWRIGHT_CHROMIUM_PATH: browser.path,
    KAIKEI_E2E_WHOLE: asked.length > 0 ? '1' : '0',
  })
}

main().then(
  code => {
    process.exitCode = code
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`)
    process.exitCode = 2
  },
)
