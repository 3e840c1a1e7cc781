import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../scripts/run.ts'

const KIOSK = join(root, 'packaging/deb/files/usr/lib/kaikei-server/kiosk')
/** Debian's nobody: the package's own user for the screen is on no machine where it was not installed. */
const NOBODY = 65_534

/**
 * Puts the package's policies where Chromium looks for them, in this process's own mount table alone. `without` is one that is left out;
 * "policies" leaves out all.
 */
export function layPolicies(folder: string, without: readonly string[]): void {
  const before = mkdtempSync(join(folder, 'etc-'))
  cpSync('/etc/chromium', before, { recursive: true })
  execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', '/etc/chromium'])
  cpSync(before, '/etc/chromium', { recursive: true, filter: path => !path.endsWith('/policies') })
  if (without.includes('policies')) return
  const shipped = JSON.parse(readFileSync(join(KIOSK, 'policies.json'), 'utf8')) as Record<string, unknown>
  const kept = Object.entries(shipped).filter(([name]) => !without.includes(name))
  mkdirSync('/etc/chromium/policies/managed', { recursive: true })
  writeFileSync('/etc/chromium/policies/managed/kaikei.json', JSON.stringify(Object.fromEntries(kept)))
}

/** The package's kiosk session, as its unit starts it: another user, and a new browser whenever the last one has ended. */
export class Session {
  readonly #folder: string
  readonly #display: string
  readonly #without: readonly string[]
  #browser: ChildProcess | null = null
  #isOver = false
  starts = 0

  constructor(folder: string, display: string, without: readonly string[]) {
    this.#folder = mkdtempSync(join(folder, 'home-'))
    chownSync(this.#folder, NOBODY, NOBODY)
    // The curtain does not sway where the desktop asks for calm, so that every pixel can be compared.
    mkdirSync(join(this.#folder, '.config/gtk-3.0'), { recursive: true })
    writeFileSync(join(this.#folder, '.config/gtk-3.0/settings.ini'), '[Settings]\ngtk-enable-animations=0\n')
    chownSync(join(this.#folder, '.config'), NOBODY, NOBODY)
    this.#display = display
    this.#without = without
  }

  start(): void {
    if (this.#isOver) return
    this.starts += 1
    const flags = this.#without.filter(word => word.startsWith('--'))
    // A flag that is left out is taken out of the shipped script's own text.
    const text = flags.reduce(
      (script, flag) => script.replace(flag, ''),
      readFileSync(join(KIOSK, 'session'), 'utf8'),
    )
    const rights = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--no-new-privs']
    const environment = {
      PATH: process.env.PATH,
      HOME: this.#folder,
      XDG_RUNTIME_DIR: this.#folder,
      DISPLAY: this.#display,
    }
    const browser = spawn('setpriv', [...rights, 'sh', '-c', text], { stdio: 'ignore', env: environment })
    this.#browser = browser
    // The unit's Restart=always, without its second.
    browser.once('exit', () => this.start())
  }

  /** kill -9, as a crash is; the session's own way back comes after it. */
  kill(): void {
    this.#browser?.kill('SIGKILL')
  }

  end(): void {
    this.#isOver = true
    this.kill()
  }
}
