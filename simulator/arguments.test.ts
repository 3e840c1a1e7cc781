import { expect, it } from 'vitest'
import { readArguments } from './arguments.ts'

// What is typed wrongly is answered with what is wrong and what belongs there.

const KEYS = ['--api-key', 'k', '--api-secret', 's']

it.each([
  [[], '--port has to be a number'],
  [['--port', 'x', ...KEYS], '--port has to be a number'],
  [['--port', '-1', ...KEYS], "'--port'"],
  [['--port', '70000', ...KEYS], '--port has to be a number'],
  [['--port', '0', '--api-secret', 's'], '--api-key is missing'],
  [['--port', '0', '--api-key', 'a b', '--api-secret', 's'], '--api-key may hold neither'],
  [['--port', '0', '--api-key', 'a:b', '--api-secret', 's'], '--api-key may hold neither'],
  [['--port', '0', '--api-key', 'k'], '--api-secret is missing'],
  [['--port', '0', ...KEYS, '--speed', '9'], "'--speed'"],
  [['--port', '0', ...KEYS, 'extra'], "'extra'"],
])('%j', (args, problem) => {
  expect(readArguments(args, {})).toEqual({ ok: false, problem: expect.stringContaining(problem) })
})

it('everything it understands', () => {
  const all = ['--port', '4010', ...KEYS, '--tls', '--json', '--state-file', 'f', '--merchant-id', 'm']
  expect(readArguments(all, {})).toEqual({
    ok: true,
    json: true,
    options: { port: 4_010, apiKey: 'k', apiSecret: 's', tls: true, stateFile: 'f', merchantId: 'm' },
  })
})

it('--help alone, and beside anything that it understands', () => {
  expect(readArguments(['--help'], {})).toEqual({ ok: true, help: true })
  expect(readArguments(['--port', 'x', '--help'], {})).toEqual({ ok: true, help: true })
  expect(readArguments(['--help', '--speed'], {})).toMatchObject({ ok: false })
})

it('keys from the environment, the command line winning', () => {
  const env = { KAIKEI_API_KEY: 'ek', KAIKEI_API_SECRET: 'es' }
  expect(readArguments(['--port', '0'], env)).toMatchObject({ options: { apiKey: 'ek', apiSecret: 'es' } })
  expect(readArguments(['--port', '0', ...KEYS], env)).toMatchObject({
    options: { apiKey: 'k', apiSecret: 's' },
  })
})
