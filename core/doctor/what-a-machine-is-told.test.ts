import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HARDENING, type HardeningCheck, type HardeningFinding } from '../../shared/hardening.ts'
import { hardeningInWords } from '../../shared/hardeningWords.ts'
import { RESTING } from '../update/record.ts'
import { hardeningOf } from './checks.ts'
import type { MachineFacts } from './facts.ts'
import { machineFacts } from './probe.ts'

const packaged = JSON.parse(
  readFileSync(
    new URL('../../packaging/deb/files/usr/lib/kaikei-server/kiosk/policies.json', import.meta.url),
    'utf8',
  ),
) as Record<string, unknown>

const till = {
  uid: 990,
  mostCoreBytes: 0,
  noNewPrivileges: true,
  filtersSystemCalls: true,
  hasCapabilities: false,
  neverSwapped: true,
}
const good: MachineFacts = {
  dataFolderMode: 0o40700,
  keysFileMode: 0o100600,
  keysFileTorn: null,
  diskFreeBytes: 20_000_000_000,
  clockIsSynchronised: true,
  swaps: true,
  autologins: [],
  kioskTerminals: ['tty1'],
  policies: packaged,
  updates: { enabled: true, isTrial: false, last: { end: 'installed', version: '0.2.0' } },
  till,
}
const nothing: MachineFacts = {
  dataFolderMode: null,
  keysFileMode: null,
  keysFileTorn: null,
  diskFreeBytes: null,
  clockIsSynchronised: null,
  swaps: null,
  autologins: null,
  kioskTerminals: [],
  policies: null,
  updates: null,
  till: null,
}

const one = (facts: MachineFacts, check: HardeningCheck): HardeningFinding => {
  const finding = hardeningOf(facts).find(found => found.check === check)
  if (!finding) throw new Error(`nobody looks at ${check}`)
  return finding
}

it('a machine as the package makes it is hardened in every point', () => {
  expect(hardeningOf(good).map(({ check, state }) => [check, state])).toEqual(
    hardeningOf(good).map(({ check }) => [check, 'hardened']),
  )
  expect(new Set(hardeningOf(good).map(({ check }) => check))).toEqual(new Set(Object.keys(HARDENING)))
})

it('what cannot be seen is neither good nor bad', () => {
  expect(hardeningOf(nothing).filter(({ state }) => state === 'open')).toEqual([])
  // No file with keys is no danger.
  expect(
    hardeningOf(nothing)
      .filter(({ state }) => state === 'hardened')
      .map(({ check }) => check),
  ).toEqual(['keysFile'])
})

it.each<[HardeningCheck, Partial<MachineFacts>, string, string | null]>([
  ['runsAs', { till: { ...till, uid: 0 } }, 'root', null],
  ['sandbox', { till: { ...till, filtersSystemCalls: false } }, 'partly', 'SystemCallFilter'],
  [
    'sandbox',
    { till: { ...till, noNewPrivileges: false, filtersSystemCalls: false, hasCapabilities: true } },
    'free',
    null,
  ],
  ['dataFolder', { dataFolderMode: 0o40750 }, 'othersMayRead', '750'],
  ['keysFile', { keysFileMode: 0o100604 }, 'othersMayRead', '604'],
  ['keysFile', { keysFileTorn: 'paypay-keys.json' }, 'unreadable', 'paypay-keys.json'],
  [
    'keysFile',
    { keysFileMode: null, keysFileTorn: 'paypay-keys.json.torn-1' },
    'unreadable',
    'paypay-keys.json.torn-1',
  ],
  // Both at once: what others may read comes first.
  ['keysFile', { keysFileMode: 0o100644, keysFileTorn: 'paypay-keys.json' }, 'othersMayRead', '644'],
  ['coreDumps', { till: { ...till, mostCoreBytes: Number.POSITIVE_INFINITY } }, 'on', null],
  ['swap', { till: { ...till, neverSwapped: false } }, 'on', null],
  ['clock', { clockIsSynchronised: false }, 'alone', null],
  ['disk', { diskFreeBytes: 900_000_000 }, 'little', '0.9 GB'],
  ['autologin', { autologins: ['autologin.conf'] }, 'shell', 'autologin.conf'],
  ['browserPolicies', { policies: null }, 'missing', null],
  [
    'browserPolicies',
    { policies: { ...packaged, URLAllowlist: ['http://127.0.0.1:4649', 'https://example.com'] } },
    'loosened',
    'URLAllowlist',
  ],
])('%s is found open: %o', (check, facts, because, detail) => {
  const finding = one({ ...good, ...facts }, check)
  expect(finding).toEqual({ check, state: 'open', because, detail })
  for (const language of ['ja', 'en'] as const) {
    const { says, advice } = hardeningInWords(finding, language)
    expect(says).not.toContain('{{')
    if (detail !== null)
      expect(check === 'dataFolder' || check === 'keysFile' || says.includes(detail)).toBe(true)
    expect(advice, 'what to do').toBeTruthy()
  }
})

it('a machine without swap needs no wall against it', () => {
  expect(one({ ...good, swaps: false, till: { ...till, neverSwapped: false } }, 'swap')).toMatchObject({
    state: 'hardened',
    because: 'none',
  })
})

it('each check is in the table of the recipes, and every recipe names those that look at it', () => {
  const recipe = (name: string): string =>
    readFileSync(new URL(`../../docs/deploy/${name}`, import.meta.url), 'utf8')
  const checks = Object.keys(HARDENING)
  const table = recipe('README.md')
  expect([...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, check]) => check).toSorted()).toEqual(
    checks.toSorted(),
  )
  const named = (text: string): string[] => checks.filter(check => text.includes(`\`${check}\``))
  for (const name of ['debian.md', 'electron-linux.md', 'windows.md', 'macos.md', 'chromium.md'])
    expect(named(recipe(name)), name).not.toEqual([])
})

it('each reason of each check has a sentence in Japanese and in English', () => {
  for (const [check, reasons] of Object.entries(HARDENING))
    for (const because of reasons) {
      const finding = { check, because, state: 'open', detail: 'D' } as HardeningFinding
      const [ja, en] = [hardeningInWords(finding, 'ja'), hardeningInWords(finding, 'en')]
      expect(ja.says).toMatch(/[ぁ-ん]/)
      expect(en.says).toMatch(/^[ -~’]+\.$/)
      expect(ja.advice === null).toBe(en.advice === null)
    }
})

describe.runIf(process.platform === 'linux')('what is read off a machine', () => {
  let root = ''
  const lay = (file: string, text: string, mode = 0o644): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
    chmodSync(join(root, file), mode)
  }
  const look = () => machineFacts({ root, dataDir: join(root, 'var/lib/kaikei'), till: 'service' })
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'kaikei-doctor-'))
  })
  afterEach(() => rmSync(root, { recursive: true }))

  it('a service that the package started', async () => {
    lay('var/lib/kaikei/paypay-keys.json', '{}', 0o600)
    chmodSync(join(root, 'var/lib/kaikei'), 0o700)
    lay('proc/swaps', 'Filename Type Size Used Priority\n/swapfile file 1 0 -2\n')
    lay('run/systemd/timesync/synchronized', '')
    lay('sys/fs/cgroup/system.slice/kaikei-server.service/cgroup.procs', '77\n78\n')
    lay('sys/fs/cgroup/system.slice/kaikei-server.service/memory.swap.max', '0\n')
    lay('proc/77/cgroup', '0::/system.slice/kaikei-server.service\n')
    lay(
      'proc/77/limits',
      'Limit  Soft Limit\nMax core file size        0                    0                    bytes\n',
    )
    lay(
      'proc/77/status',
      'Name:\tnode\nUid:\t990\t990\t990\t990\nCapEff:\t0000000000000000\nCapBnd:\t0000000000000000\nNoNewPrivs:\t1\nSeccomp:\t2\n',
    )
    lay('etc/chromium/policies/managed/kaikei.json', JSON.stringify(packaged))
    lay('etc/systemd/system/multi-user.target.wants/kaikei-kiosk@tty1.service', '')
    const facts = await look()
    expect(facts.till).toEqual(till)
    expect(
      hardeningOf(facts).filter(
        ({ state, check }) => state !== 'hardened' && !['disk', 'updates'].includes(check),
      ),
    ).toEqual([])
  })

  it('what the updates of the Electron till have come to', async () => {
    mkdirSync(join(root, 'var/lib/kaikei'), { recursive: true })
    expect((await look()).updates).toBeNull()
    lay('var/lib/kaikei/settings.json', JSON.stringify({ updates: { enabled: true } }))
    expect((await look()).updates).toEqual({ enabled: true, isTrial: false, last: null })
    const last = { end: 'rolledBack', version: '0.3.0', atMs: 1, says: 'it was not well' } as const
    lay('var/lib/kaikei/updates.json', JSON.stringify({ ...RESTING, last }))
    expect((await look()).updates).toMatchObject({ enabled: true, last: { end: 'rolledBack' } })
    expect(one({ ...good, ...(await look()) }, 'updates')).toEqual({
      check: 'updates',
      state: 'open',
      because: 'rolledBack',
      detail: '0.3.0',
    })
    // Torn by hand: it says nothing, and nothing falls over.
    lay('var/lib/kaikei/updates.json', '{')
    expect((await look()).updates).toEqual({ enabled: true, isTrial: false, last: null })
  })

  it('somebody is logged in by itself', async () => {
    lay(
      'etc/systemd/system/getty@tty1.service.d/autologin.conf',
      '[Service]\nExecStart=\nExecStart=-/sbin/agetty --autologin pi %I\n',
    )
    lay('etc/lightdm/lightdm.conf', '[Seat:*]\n#autologin-user=\nautologin-user=pi\n')
    lay('etc/lightdm/lightdm.conf.d/10-ours.conf', '#autologin-user=pi\n')
    expect((await look()).autologins).toEqual(['autologin.conf', 'lightdm.conf'])
  })

  it('a later file of policies wins, and loosens', async () => {
    lay('etc/chromium/policies/managed/kaikei.json', JSON.stringify(packaged))
    lay('etc/chromium/policies/managed/z.json', '{"DeveloperToolsAvailability": 1}')
    expect(one(await look(), 'browserPolicies')).toMatchObject({
      state: 'open',
      detail: 'DeveloperToolsAvailability',
    })
  })

  it('this very process, as the desk asks it', async () => {
    const facts = await machineFacts({ root: '/', dataDir: root, till: 'self' })
    expect(facts.till).toMatchObject({ uid: process.getuid?.() })
    expect(facts.till?.mostCoreBytes).toBeGreaterThanOrEqual(0)
    expect(facts.diskFreeBytes).toBeGreaterThan(0)
    // mkdtemp lets nobody else in.
    expect(one(facts, 'dataFolder')).toMatchObject({ state: 'hardened', because: 'ownerOnly' })
  })

  it('an empty machine has nothing to judge by', async () => {
    const facts = await look()
    expect(facts).toMatchObject({ dataFolderMode: null, keysFileMode: null, policies: null, till: null })
    expect(facts.kioskTerminals).toEqual([])
  })
})
