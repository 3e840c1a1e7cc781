import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './run.ts'

// The rooms stay apart: a screen that could import core would sooner or later price something.
const mayImport: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  core: ['shared'],
  // Agreement between simulator and core means something only while they share nothing but PayPay's JSON.
  simulator: ['core/paypay/wire.ts', 'core/clock.ts'],
  // A host starts the simulator in training mode; tests of the engine live with the host that they run.
  server: ['shared', 'core', 'simulator'],
  renderer: ['shared'],
  // A second host, which knows nothing of the first.
  electron: ['shared', 'core', 'simulator'],
  // The stand-in is a program that tests start; it knows Electron and Chromium, and nothing of ours.
  'electron/standin': [],
  e2e: ['simulator', 'scripts', 'electron/standin'],
  scripts: ['e2e'],
}

describe.each(Object.entries(mayImport))('%s', (room, allowed) => {
  const files = globSync(`${room}/**/*.{ts,tsx}`, { cwd: root })

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

it('core reads no clock, sets no timer, draws no number and opens no socket outside its ports', () => {
  const ports = new Set([
    'core/clock.ts',
    'core/paypay/http.ts',
    'core/till.ts',
    'core/kiosk.ts',
    'core/ledger/main.ts',
  ])
  const forbidden =
    /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\b|\bset(Timeout|Interval)\(|\bfetch\(|from 'node:(fs|net|http|https)/
  const guilty = globSync('core/**/*.ts', { cwd: root })
    .filter(file => !ports.has(file) && !file.endsWith('.test.ts') && !file.includes('ledger/'))
    .filter(file => forbidden.test(readFileSync(join(root, file), 'utf8')))
  expect(guilty).toEqual([])
})

it('only the Electron host names the package electron, which in plain Node would download a program', () => {
  const guilty = globSync(
    '{shared,core,simulator,server,renderer,e2e,scripts,electron/standin}/**/*.{ts,tsx}',
    {
      cwd: root,
    },
  ).filter(file => /^import .*from 'electron'$/m.test(readFileSync(join(root, file), 'utf8')))
  expect(guilty).toEqual([])
})

function importsOf(source: string): string[] {
  return [...source.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(match => match[1] ?? '')
}
