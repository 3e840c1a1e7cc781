import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { whyNoBreakout } from '../e2e/breakout/seclusion.ts'
import { findBrowser, installKioskTools } from './browser.ts'
import { debLine } from './deb-tools.ts'
import { electronLine } from './electron-binary.ts'
import { print, root, run } from './run.ts'

/** Everything. The last line says how many passed, failed and were skipped; types and lint count as one test each. */
type Count = { passed: number; failed: number; skipped: number }

const results = join(root, 'test-results')
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })

// Some thousand programs of ours are started; what Node has compiled once it need not compile for each of them.
process.env.NODE_COMPILE_CACHE ??= join(root, 'build-cache/node')

const total: Count = { passed: 0, failed: 0, skipped: 0 }
const add = (count: Count): void => {
  total.passed += count.passed
  total.failed += count.failed
  total.skipped += count.skipped
}

add(await asOne('types', run('tsc', ['-b'])))
add(await asOne('lint and format', run('biome', ['check', '--error-on-warnings'])))
add(await unitTests())
const simulate = (...args: readonly string[]): Promise<number> =>
  run(process.execPath, ['simulation/main.ts', ...args])
add(await asOne('20,000 simulated checkouts', simulate('--seeds', '1850', '--faults', 'harsh')))
add(await asOne('every fault at every call and write', simulate('--sweep')))
add(await asOne('every deliberate bug is caught', simulate('--mutants')))
add(await browserTests())
await installKioskTools()
const noBreakout = whyNoBreakout()
add(noBreakout === null ? await waysOut() : { passed: 0, failed: 0, skipped: 2 })
print(electronLine())
const noDeb = debLine()
if (noDeb !== null) print(noDeb)
if (noBreakout !== null) print(`ways out of Chromium: not run, ${noBreakout}`)
print(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exit(total.failed === 0 ? 0 : 1)

async function asOne(name: string, exitCode: Promise<number>): Promise<Count> {
  const good = (await exitCode) === 0
  print(`${good ? 'passed' : 'FAILED'}: ${name}`)
  return { passed: good ? 1 : 0, failed: good ? 0 : 1, skipped: 0 }
}

/** And once with a flag of the kiosk's left out, which it has to notice: then its exit code is 1. */
async function waysOut(): Promise<Count> {
  const tries = (...args: readonly string[]): Promise<number> =>
    run(process.execPath, ['e2e/breakout.ts', ...args])
  const shut = await asOne('ways out of Chromium', tries('--sample'))
  const code = tries('--without=--kiosk', '--only', '^F11$').then(exit => (exit === 1 ? 0 : 1))
  const seen = await asOne('a browser without --kiosk is noticed', code)
  return { passed: shut.passed + seen.passed, failed: shut.failed + seen.failed, skipped: 0 }
}

async function unitTests(): Promise<Count> {
  const file = join(results, 'unit.json')
  const exitCode = await run('vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ])
  const report = z.object({
    numPassedTests: z.number(),
    numFailedTests: z.number(),
    numPendingTests: z.number(),
    numTodoTests: z.number(),
  })
  return counted(exitCode, file, text => {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report.parse(JSON.parse(text))
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }
  })
}

async function browserTests(): Promise<Count> {
  const browser = await findBrowser()
  if (browser.path === null) {
    print(browser.says)
    return { passed: 0, failed: 1, skipped: 0 }
  }
  const file = join(results, 'e2e.json')
  const exitCode = await run('playwright', ['test', '--reporter=list,json'], {
    PLAYWRIGHT_CHROMIUM_PATH: browser.path,
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  })
  const report = z.object({
    stats: z.object({ expected: z.number(), unexpected: z.number(), skipped: z.number(), flaky: z.number() }),
  })
  return counted(exitCode, file, text => {
    const { expected, unexpected, skipped, flaky } = report.parse(JSON.parse(text)).stats
    return { passed: expected, failed: unexpected + flaky, skipped }
  })
}

/** A runner that dies without a report, or says failure where its report says none, has failed. */
function counted(exitCode: number, file: string, read: (text: string) => Count): Count {
  try {
    const count = read(readFileSync(file, 'utf8'))
    return exitCode !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}
