import { expect, it } from 'vitest'
import { Program } from '../../e2e/host.ts'

// A bench that takes minutes must not begin with an option misread.

const bench = (...args: string[]) => new Program('scripts/bench/main.ts', args).ended

it('without a name it lists the benches', async () => {
  expect(await bench()).toMatchObject({ code: 0, stdout: expect.stringContaining('  recovery ') })
})

it.each([
  [['speed'], 'there is no bench "speed"'],
  [['recovery', '--small', '0'], '--small is "0": use a whole number from 1 to 10000000'],
  [['recovery', '--small', '10', '--large', '5'], '--small is 10 and --large 5: the other way round'],
  [['recovery', '--fast'], "Unknown option '--fast'"],
])('%j: a sentence, a usage line, and nothing is built', async (args, says) => {
  const { code, stdout, stderr } = await bench(...args)
  expect(stderr).toContain(says)
  expect(stderr).toContain('usage: npm run bench -- ')
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
})
