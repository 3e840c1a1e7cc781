import { chmodSync } from 'node:fs'
import { freePort, startKaikei, tempDir } from '../host.ts'
import { ATTEMPTS, SAMPLE } from './attempts.ts'
import { Display } from './display.ts'
import { Front } from './front.ts'
import { readOptions } from './options.ts'
import { Run, type Seen } from './run.ts'
import { layPolicies, Session } from './session.ts'

/** Started by breakout.ts, where nothing of the machine is reached. */
async function main(): Promise<void> {
  const { without, only, sample, pictures, json } = readOptions(process.argv.slice(2))
  const folder = tempDir('kaikei-breakout-')
  chmodSync(folder.path, 0o755)
  layPolicies(folder.path, without)
  const port = await freePort()
  const host = startKaikei(['--data-dir', folder.path, '--no-open', '--port', String(port)])
  const display = await Display.open(folder.path)
  await host.ready()
  const front = await Front.open(port, without.includes('page'))
  const session = new Session(folder.path, display.name, without)
  const seen: Seen[] = []
  const tell = (one: Seen): void => {
    seen.push(one)
    if (!json)
      process.stdout.write(
        `${one.isShut ? (one.saw.length === 0 ? 'shut    ' : 'nuisance') : 'OPEN    '}  ${one.name}${one.came && `  (${one.came})`}${one.saw.map(word => `\n        ${word}`).join('')}\n`,
      )
  }
  try {
    session.start()
    const run = new Run(display, front, session, pictures)
    const saw = await run.begin()
    tell({ name: 'the till over the whole screen', isShut: saw.length === 0, saw, came: '' })
    run.keep('start')
    const chosen = ATTEMPTS.filter(({ name }) => (only?.test(name) ?? true) && (!sample || SAMPLE.has(name)))
    if (saw.length === 0) for (const attempt of chosen) tell(await run.attempt(attempt))
    if (saw.length === 0 && only === null) tell(await run.crash())
    run.keep('end')
    if (json) process.stdout.write(`${JSON.stringify(seen)}\n`)
    process.exitCode = seen.every(({ isShut }) => isShut) ? 0 : 1
  } finally {
    session.end()
    front.close()
    await host.end()
    folder.remove()
  }
  process.exit()
}

await main()
