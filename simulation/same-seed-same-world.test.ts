import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { runSeeds, traceOf } from './batches.ts'
import { runWorlds } from './run.ts'
import { drawSetting } from './setting.ts'
import { runSeedsOn, sharesOf } from './workers.ts'

// A seed that failed in the night has to fail in the morning, alone, in the same way.
const main = fileURLToPath(new URL('main.ts', import.meta.url))
const simulate = (...args: readonly string[]) => promisify(execFile)(process.execPath, [main, ...args])

it('the same seed is the same world, bit for bit, alone or among others', async () => {
  const alone = await traceOf(17, 'harsh', 12)
  const lines: string[] = []
  const worlds = [3, 17, 99, 4].map(seed => ({
    seed,
    setting: drawSetting(seed, 'harsh', 12),
    ...(seed === 17 ? { trace: (line: string) => void lines.push(line) } : {}),
  }))
  await runWorlds(worlds, () => true)
  expect(alone.length).toBeGreaterThan(100)
  expect(lines).toEqual(alone)
  expect(await traceOf(18, 'harsh', 12)).not.toEqual(alone)
})

it('the sums are the same on one thread and on three', async () => {
  const batch = { from: 0, seeds: 20, weather: 'harsh', checkouts: 12 } as const
  const sumsOn = async (workers: number) => {
    const { seconds, checkoutsPerSecond, checkoutsPerCpuSecond, ...sums } = (
      await runSeedsOn(workers, batch)
    ).json()
    return sums
  }
  const one = await sumsOn(1)
  expect(one.worlds).toBe(20)
  expect(await sumsOn(3)).toEqual(one)
  const shares = sharesOf({ ...batch, from: 7, seeds: 8 }, 3)
  expect(shares.map(({ from, seeds }) => [from, seeds])).toEqual([
    [7, 2],
    [9, 3],
    [12, 3],
  ])
  expect(sharesOf({ ...batch, seeds: 2 }, 16)).toHaveLength(2)
}, 60_000)

it('every kind of fault is met, and every outcome reached', async () => {
  const { faults, outcomes, byPeople, violations } = (
    await runSeeds({ from: 0, seeds: 400, weather: 'harsh', checkouts: 12 })
  ).json()
  expect(violations).toBe(0)
  expect(Object.keys(faults).length).toBeGreaterThanOrEqual(36)
  for (const count of Object.values(outcomes)) expect(count).toBeGreaterThan(0)
  for (const how of ['given back by cancel', 'given back by refund', 'refused', 'handed over'])
    expect(byPeople[how], how).toBeGreaterThan(0)
}, 60_000)

it('a world without faults delivers to everybody who pays, and opens no case', async () => {
  const { outcomes, faultsInjected } = (
    await runSeeds({ from: 0, seeds: 40, weather: 'none', checkouts: 12 })
  ).json()
  expect(faultsInjected).toBe(0)
  expect(outcomes.case).toBe(0)
  expect(outcomes.delivered).toBeGreaterThan(200)
}, 60_000)

it.each([
  [['--seeds', '0'], '--seeds is "0": use a whole number from 1'],
  [['--seeds', 'many'], '--seeds is "many": use a whole number from 1'],
  [['--workers', '0'], '--workers is "0": use a whole number from 1'],
  [['--replay', '-1'], "'--replay' argument is ambiguous"],
  [['--faults', 'evil'], '--faults is "evil": use none, mild or harsh'],
  [['--sweep', '--mutants'], '--sweep and --mutants do not go together'],
  [['--seed', '1'], "Unknown option '--seed'"],
])('%j is told how to do it', async (args, sentence) => {
  const failed = await simulate(...args).catch((error: { stderr: string; code: number }) => error)
  expect(failed).toMatchObject({ code: 2, stderr: expect.stringContaining(sentence) })
  expect(failed.stderr).toContain('usage: npm run simulate')
})

it('a mutant makes it fail: with a replay command, and what happened', async () => {
  const { stdout } = await simulate('--mutant', 'goodsBeforeTheLedger')
  expect(JSON.parse(stdout)).toMatchObject({ caught: true, by: 'I1' })
}, 60_000)
