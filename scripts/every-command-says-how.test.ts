import { expect, it } from 'vitest'
import { Program } from '../e2e/host.ts'

// Whoever mistypes a command is told in one place what is wrong and how it goes, and nothing is started.

it.each([
  ['server/main.ts', 'npm start', ['--port', 'x']],
  ['simulator/main.ts', 'npm run simulator', ['--port', 'x']],
  ['core/ledger/main.ts', 'npm run ledger', ['verify', '--mode', 'x']],
  ['server/pair/main.ts', 'npm run pair', ['--lane', '']],
  ['simulation/main.ts', 'npm run simulate', ['--seeds', 'x']],
  ['e2e/killtest.ts', 'npm run killtest', ['--rounds', 'x']],
  ['e2e/breakout.ts', 'npm run breakout', ['--only', '(']],
  ['e2e/soak.ts', 'npm run soak', ['--checkouts', '3']],
  ['scripts/bench/main.ts', 'npm run bench', ['recovery', '--small', 'x']],
  ['scripts/kiosk.ts', 'npm run kiosk', ['--lane=']],
  ['scripts/e2e.ts', 'npm run e2e', ['--project', 'x']],
  ['scripts/screens.ts', 'npm run screens', ['x']],
])(
  '%s: --help is no error; an unknown option and a bad value have a sentence and end with 2',
  async (file, command, bad) => {
    const [help, unknown, wrong] = await Promise.all(
      [['--help'], ['--no-such-option'], bad].map(args => new Program(file, args).ended),
    )
    expect(help).toMatchObject({ code: 0, stderr: '' })
    expect(help?.stdout).toMatch(new RegExp(`^usage: ${command}`))
    expect(unknown).toMatchObject({ code: 2, stdout: '' })
    expect(unknown?.stderr).toContain('--no-such-option')
    expect(wrong).toMatchObject({ code: 2, stdout: '' })
    for (const ended of [unknown, wrong]) {
      expect(ended?.stderr).toContain(`usage: ${command}`)
      // A sentence, and not the place in a program.
      expect(ended?.stderr).not.toContain('    at ')
    }
  },
  30_000,
)
