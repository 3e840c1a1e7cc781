import { afterEach, beforeEach, expect, it } from 'vitest'
import { type RememberingLog, rememberingLog, silentLog } from '../../core/log.ts'
import { World } from './world.ts'

let world: World
let manager: string
let log: RememberingLog
beforeEach(async () => {
  world = await World.open({
    more: ({ clock }) => {
      log = rememberingLog(silentLog, clock)
      return {
        log,
        troubles: () => log.troubles(),
        disk: { freeBytes: async () => 5_000_000_000 },
        machine: {
          appVersion: '1.2.3',
          nodeVersion: '24.0.0',
          dataFolder: 'data',
          ledgerBytes: async () => 4_096,
          hardening: async () => [{ check: 'swap', state: 'hardened', because: 'none', detail: null }],
        },
      }
    },
  })
  manager = await world.manager()
})
afterEach(() => world.end())

async function health(session = manager) {
  const answer = await world.desk('getHealth', {}, session)
  if (!answer.ok) throw new Error(answer.failure.kind)
  return answer.value
}

it('tells an attendant how the machine is', async () => {
  await world.desk('addUser', { name: '佐藤', role: 'attendant', pin: '161803' }, manager)
  await world.clock.pass(10_000)
  const report = await health(await world.signIn('161803', 'b'))
  expect(report).toMatchObject({
    mode: 'training',
    selling: { open: true },
    says: '',
    paypay: { reachable: true },
    diskFreeBytes: 5_000_000_000,
    ledger: { bytes: 4_096, chain: { last: { sound: true } } },
    openMoney: { checkouts: 0, totalYen: 0 },
    version: { app: '1.2.3', node: '24.0.0' },
    dataFolder: 'data',
    hardening: [{ check: 'swap', state: 'hardened', because: 'none' }],
    troubles: [],
  })
  expect(report.upMs).toBeGreaterThanOrEqual(10_000)
  expect(Math.abs(report.paypay.clockAheadMs ?? 9e9)).toBeLessThan(2_000)
})

it('counts open money and the lanes, and how long PayPay takes by what is asked', async () => {
  await world.sell('a')
  await world.clock.pass(10_000)
  const report = await health()
  expect(report.openMoney).toEqual({ checkouts: 1, totalYen: 160 })
  expect(report.paypay.latency.map(one => one.api)).toEqual(['createCode', 'getPayment'])
  expect(report.lanes).toMatchObject([{ lane: 'a', watched: true }])
  const seenAtMs = report.lanes[0]?.seenAtMs ?? 0
  world.turnAway('a')
  await world.clock.pass(30_000)
  const later = await health()
  expect(later.lanes).toMatchObject([{ lane: 'a', watched: false }])
  expect((later.lanes[0]?.seenAtMs ?? 0) - seenAtMs).toBeLessThan(1_000)
})

it('PayPay that is away, and a clock that is wrong, are told', async () => {
  world.away = true
  await world.clock.pass(20_000)
  expect(await health()).toMatchObject({
    selling: { reason: 'paypayUnreachable' },
    says: expect.stringMatching(/./),
    paypay: { reachable: false },
    troubles: [{ level: 'warn', says: expect.stringMatching(/^closed: /) }],
  })
  world.away = false
  world.clock.wallOffsetMs = 300_000
  await world.clock.pass(20_000)
  expect((await health()).paypay.clockAheadMs).toBeLessThan(-298_000)
})

it('remembers the last twenty troubles and no more', () => {
  const ring = rememberingLog(silentLog, world.clock)
  for (let number = 0; number < 30; number += 1) ring.warn({ secret: 'never' }, `trouble ${number}`)
  ring.info({}, 'no trouble')
  expect(ring.troubles()).toHaveLength(20)
  expect(ring.troubles()[0]).toMatchObject({ level: 'warn', says: 'trouble 29' })
  expect(JSON.stringify(ring.troubles())).not.toContain('never')
})
