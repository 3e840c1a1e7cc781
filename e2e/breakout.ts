import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { readOptions, USAGE, Usage } from './breakout/options.ts'
import { secluded, whyNoBreakout } from './breakout/seclusion.ts'
import build from './built.ts'
import { node } from './host.ts'

/**
 * The package's kiosk session (Chromium's flags, policies, another user) under a real window manager, before the real host: every key,
 * gesture and script that could lead out of it. Ends with 1 where one did, with 3 where it cannot be tried.
 */
async function main(): Promise<void> {
  if (process.argv.includes('--help')) return void process.stdout.write(`${USAGE}\n`)
  const args = process.argv.slice(2)
  readOptions(args)
  const why = whyNoBreakout()
  if (why !== null) {
    process.stderr.write(`not run: ${why}\n`)
    process.exitCode = 3
    return
  }
  build()
  const inside = fileURLToPath(new URL('./breakout/inside.ts', import.meta.url))
  const [command = '', ...rest] = secluded([node, '--disable-warning=ExperimentalWarning', inside, ...args])
  const child = spawn(command, rest, { stdio: ['ignore', 'inherit', 'inherit'] })
  // With it everything inside ends, whatever it is doing.
  process.once('exit', () => child.kill('SIGKILL'))
  process.exitCode = await new Promise<number>(resolve => child.on('close', code => resolve(code ?? 1)))
}

main().catch((error: unknown) => {
  const words =
    error instanceof Usage ? `${error.message}\n${USAGE}` : String((error as Error).stack ?? error)
  process.stderr.write(`${words}\n`)
  process.exitCode = error instanceof Usage ? 2 : 1
})
