import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { LIMITS, tellServiceManager, watchdogMs } from './serviceManager.ts'

const ENV = { NOTIFY_SOCKET: '/run/systemd/notify', WATCHDOG_USEC: '30000000' }
const said: string[] = []
const say = async (...words: readonly string[]): Promise<void> => void said.push(words.join(' '))
const till = { answers: async () => true, status: () => 'sells' }
const ALIVE = 'WATCHDOG=1 STATUS=sells'

beforeEach(() => {
  said.length = 0
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

it('says that it is ready, and three times in the time of the watchdog that it is alive', async () => {
  tellServiceManager(till, ENV, say)
  await vi.advanceTimersByTimeAsync(9_999)
  expect(said).toEqual([`READY=1 ${ALIVE}`])
  await vi.advanceTimersByTimeAsync(10_001)
  expect(said).toEqual([`READY=1 ${ALIVE}`, ALIVE, ALIVE])
})

it('is ready only when it answers', async () => {
  let answers = false
  tellServiceManager({ ...till, answers: async () => answers }, ENV, say)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(said).toEqual([])
  answers = true
  await vi.advanceTimersByTimeAsync(500)
  expect(said).toEqual([`READY=1 ${ALIVE}`])
})

it.each([
  ['does not answer', async () => false],
  ['breaks', () => Promise.reject(new Error('no'))],
  ['hangs', () => new Promise<boolean>(() => undefined)],
])('a till that %s is not called alive any more', async (_what, broken) => {
  let answers: () => Promise<boolean> = till.answers
  tellServiceManager({ ...till, answers: () => answers() }, ENV, say)
  await vi.advanceTimersByTimeAsync(0)
  answers = broken
  await vi.advanceTimersByTimeAsync(60_000)
  expect(said).toEqual([`READY=1 ${ALIVE}`])
})

it('a till that is ending says so, and is not called alive any more', async () => {
  const { stopping } = tellServiceManager(till, ENV, say)
  await vi.advanceTimersByTimeAsync(0)
  await stopping()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(said).toEqual([`READY=1 ${ALIVE}`, 'STOPPING=1'])
})

it('where nobody asked, nothing is said', async () => {
  const { stopping } = tellServiceManager(till, { WATCHDOG_USEC: '1000000' }, say)
  await stopping()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(said).toEqual([])
})

it('the slowest heartbeat that still counts comes well before the watchdog of the unit', () => {
  const unit = join(
    import.meta.dirname,
    '../packaging/deb/files/usr/lib/systemd/system/kaikei-server.service',
  )
  const seconds = Number(/^WatchdogSec=(\d+)$/m.exec(readFileSync(unit, 'utf8'))?.[1])
  const everyMs = watchdogMs({ WATCHDOG_USEC: String(seconds * 1_000_000) }) ?? Number.NaN
  expect(everyMs + LIMITS.answerMs + LIMITS.helperMs).toBeLessThanOrEqual((seconds * 1_000 * 2) / 3)
})

it('a watchdog of another process, or none, is not ours', () => {
  expect(watchdogMs({ WATCHDOG_USEC: '30000000', WATCHDOG_PID: '7' }, 7)).toBe(10_000)
  expect(watchdogMs({ WATCHDOG_USEC: '30000000', WATCHDOG_PID: '8' }, 7)).toBeNull()
  expect(watchdogMs({}, 7)).toBeNull()
  expect(watchdogMs({ WATCHDOG_USEC: 'soon' }, 7)).toBeNull()
})
