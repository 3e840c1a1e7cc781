import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Stands in the environment of the build, as a developer's keys for the sandbox would; programs.test.ts looks for it in what was built. */
export const OF_A_DEVELOPER = { KAIKEI_API_SECRET: 'canary/8Kd2+Wn7QeR4=built' }

/**
 * The page and Electron's bundles, as they are now: once before all tests, so that none of them builds while another one reads.
 * A till of the server's host finds its page built and builds nothing.
 */
export default function build(): void {
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  // On Windows npm is a script of the shell's.
  const shell = process.platform === 'win32'
  execFileSync('npm', ['run', '--silent', 'build:kiosk'], {
    cwd,
    stdio: 'pipe',
    shell,
    env: { ...process.env, ...OF_A_DEVELOPER },
  })
}
