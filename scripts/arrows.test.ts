import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './run.ts'

// The rooms stay apart: a screen that could import core would sooner or later price something.
const mayImport: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  core: ['shared'],
  // Agreement between simulator and core means something only while they share nothing but PayPay's JSON.
  simulator: ['core/paypay/wire.ts'],
  // A host starts the simulator in training mode; tests of the engine live with the host that they run.
  server: ['shared', 'core', 'lan', 'simulator'],
  // Tablets and TVs of the shop's network, for every host.
  lan: ['shared', 'core'],
  renderer: ['shared'],
  // A second host, which knows nothing of the first.
  electron: ['shared', 'core', 'lan', 'simulator'],
  // The stand-in is a program that tests start; it knows Electron and Chromium, and nothing of ours.
  'electron/standin': [],
  e2e: ['simulator', 'scripts', 'electron/standin'],
  // Runs the production engine with only its ports replaced.
  simulation: ['shared', 'core', 'simulator'],
  scripts: ['e2e'],
  // Makes packages of what others have written, by building it; it runs none of it.
  packaging: ['shared/updateSignature.ts', 'scripts'],
  // A bench writes a history through the ledger's own schema and opens core on it, without a host around it.
  'scripts/bench': ['shared', 'core', 'e2e', 'scripts'],
}

/** A folder with arrows of its own is no part of the room around it. */
const roomOf = (file: string): string | undefined =>
  Object.keys(mayImport)
    .filter(room => file.startsWith(`${room}/`))
    .toSorted((one, other) => other.length - one.length)[0]

describe.each(Object.entries(mayImport))('%s', (room, allowed) => {
  const files = globSync(`${room}/**/*.{ts,tsx}`, { cwd: root }).filter(file => roomOf(file) === room)

  it('imports only what its arrows allow', () => {
    expect(files.length).toBeGreaterThan(0)
    const foreign = files.flatMap(file =>
      importsOf(readFileSync(join(root, file), 'utf8'))
        .filter(name => name.startsWith('.'))
        .map(name => normalize(join(dirname(file), name)))
        .filter(
          target =>
            !target.startsWith(`${room}/`) &&
            !allowed.some(one => target === one || target.startsWith(`${one}/`)),
        )
        .map(target => `${file} imports ${target}`),
    )
    expect(foreign).toEqual([])
  })
})

it('core reads no clock, sets no timer, draws no number and touches no disk or network outside its ports', () => {
  const ports = [
    'core/clock.ts',
    'core/turn.ts',
    'core/random.ts',
    'core/paypay/http.ts',
    // Compares addresses with Node's own list; opens nothing.
    'core/paypay/opa/sources.ts',
    'core/ledger/sqlite.ts',
    'core/ledger/folding.ts',
    'core/ledger/statements.ts',
    'core/ledger/table.ts',
    'core/ledger/auditTable.ts',
    'core/ledger/opening.ts',
    'core/ledger/witness.ts',
    'core/shopFolder.ts',
    // Not the engine: the files of a till, ledgers for tests to damage, and the ledger from the command line.
    'core/till.ts',
    'core/startMode.ts',
    'core/serviceManager.ts',
    'core/ledger/copies.ts',
    'core/ledger/main.ts',
    // A look at the machine, which the engine asks nothing of.
    'core/doctor/probe.ts',
    'core/doctor/main.ts',
  ]
  const forbidden =
    /\bDate\.now\b|\bnew Date\(\)|\bperformance\.|\bMath\.random\b|\brandom(Bytes|UUID|Int)\b|\bset(Timeout|Interval|Immediate)\b|\bfetch\(|\bprocess\.|from 'node:(fs|net|http|https|sqlite|timers|child_process)/
  const isGuilty = (file: string): boolean => forbidden.test(codeOf(readFileSync(join(root, file), 'utf8')))
  const engine = globSync('core/**/*.ts', { cwd: root }).filter(file => !file.endsWith('.test.ts'))
  expect(engine.filter(file => !ports.includes(file)).filter(isGuilty)).toEqual([])
  // The expression still finds what it looks for.
  expect(ports.filter(isGuilty)).toEqual(ports)
})

it('only the Electron host names the package electron, which in plain Node would download a program', () => {
  const guilty = globSync(
    '{shared,core,lan,simulator,server,renderer,e2e,scripts,simulation,packaging,electron/standin}/**/*.{ts,tsx}',
    {
      cwd: root,
    },
  ).filter(file => /^import .*from 'electron'$/m.test(readFileSync(join(root, file), 'utf8')))
  expect(guilty).toEqual([])
})

/** Without what is only said about it. */
function codeOf(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
}

function importsOf(source: string): string[] {
  return [...source.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(match => match[1] ?? '')
}
