import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { whyNoDeb } from '../../scripts/deb-tools.ts'
import { root, run } from '../../scripts/run.ts'
import { freePort, node, type Ready, tempDir } from '../host.ts'
import { callHost } from '../kiosk.ts'
import { Paypay } from '../paypay.ts'
import { Machine } from './machine.ts'
import { Service } from './service.ts'

// The package as an operator meets it: built, installed under a root of its own, started as its unit says, sold with, upgraded, removed, purged.

const why = whyNoDeb()
test.skip(why !== null, `kaikei-server.deb: not run, ${why}`)
test.describe.configure({ mode: 'serial' })

let out: ReturnType<typeof tempDir>
const debOf = (version: string): string => join(out.path, `kaikei-server_${version}_amd64.deb`)
const conffile = 'etc/kaikei/server.conf'
const data = 'var/lib/kaikei'
let machine: Machine
let service: Service | null = null
let port = 0
/** The next version, and the first one once more, made while the first one is installed and sells. */
let meanwhile: Promise<number> = Promise.resolve(1)

const make = (version: string, outDir: string = out.path): Promise<number> =>
  run(node, ['packaging/deb/main.ts', '--version', version, '--out', outDir], {
    SOURCE_DATE_EPOCH: '1767225600',
  })

test.beforeAll(async () => {
  if (why !== null) return
  port = await freePort()
  machine = new Machine()
  out = tempDir('kaikei-deb-out-')
})
test.afterAll(async () => {
  await service?.stop()
  machine?.remove()
  // Whoever still makes one would make the folder anew.
  await meanwhile
  out?.remove()
})

test('it is built, and holds what it should', async () => {
  expect(await make('1.0')).toBe(0)
  meanwhile = make('1.1').then(async code => code || (await make('1.0', join(out.path, 'again'))))
  const { stdout } = spawnSync('dpkg-deb', ['--contents', debOf('1.0')], { encoding: 'utf8' })
  const lines = stdout.trim().split('\n')
  expect(lines.filter(line => !line.includes(' root/root '))).toEqual([])
  const files = lines.map(line => line.split(/\s+/)[5] ?? '')
  for (const file of [
    './usr/bin/kaikei',
    './usr/lib/kaikei-server/dist/renderer/index.html',
    './usr/lib/kaikei-server/kiosk/policies.json',
    './usr/share/doc/kaikei-server/copyright',
    './usr/share/doc/kaikei-server/sbom.cdx.json',
  ])
    expect(files).toContain(file)
  expect(files.filter(file => /\.map$|\.tsx?$|\.test\.|node_modules/.test(file))).toEqual([])
  expect(statSync(debOf('1.0')).size).toBeLessThan(60 * 1024 * 1024)
})

test('it installs itself: a user, a unit that is switched on, options', () => {
  const { status, says } = machine.dpkg('--install', debOf('1.0'))
  expect(says).not.toContain('warning: unable')
  expect(status, says).toBe(0)
  machine.bringLibrariesOf('usr/lib/kaikei-server/bin/node')
  expect(machine.userId('kaikei')).toBeGreaterThan(0)
  expect(readdirSync(machine.at('etc/systemd/system/multi-user.target.wants'))).toEqual([
    'kaikei-server.service',
  ])
  expect(machine.run('kaikei', 'version')).toEqual({ status: 0, says: '1.0\n' })
  expect(machine.run('kaikei', 'start', '--help').says).toMatch(/^usage: kaikei start \[--mode /)
})

/** What systemd says of a unit of the machine. */
function analyze(unit: string, ...args: readonly string[]) {
  machine.bringTargets()
  const { status, stdout, stderr, error } = spawnSync(
    'systemd-analyze',
    [...args, `--root=${machine.path}`, unit],
    { encoding: 'utf8' },
  )
  test.skip(error !== undefined, 'systemd-analyze: not run, it is not here')
  return { status, says: `${stdout}${stderr}` }
}

/** In this root there is not all that systemd's own units want; what is said of ours counts. */
function faultsOf(unit: string): readonly string[] {
  return analyze(unit, 'verify')
    .says.split('\n')
    .filter(line => line.includes(unit) || line.includes('kaikei'))
}

test('the units of its screen and of the window are ones that systemd understands', () => {
  const units = 'etc/systemd/system'
  const recipe = readFileSync(join(root, 'docs/deploy/electron-linux.md'), 'utf8')
  machine.write(`${units}/kaikei-window.service`, /```ini\n([\s\S]*?)```/.exec(recipe)?.[1] ?? '')
  machine.write(
    `${units}/kaikei-kiosk@.service`,
    machine.read('usr/lib/kaikei-server/kiosk/kaikei-kiosk@.service'),
  )
  machine.write('usr/bin/cage', '#!/bin/sh\n')
  machine.run('chmod', '755', '/usr/bin/cage')
  expect(faultsOf('kaikei-window.service')).toEqual([])
  expect(faultsOf('kaikei-kiosk@tty1.service')).toEqual([])
  machine.write(`${units}/kaikei-window.service`, '[Service]\nExecStart=/usr/bin/cage\nUmaks=0077\n')
  expect(faultsOf('kaikei-window.service').join()).toContain('Umaks')
})

test('its unit is one that systemd understands, and shuts the till in', () => {
  expect(faultsOf('kaikei-server.service')).toEqual([])
  // Of 100; without any hardening it would be 96.
  const { status, says } = analyze('kaikei-server.service', 'security', '--offline=true', '--threshold=25')
  expect(status, says).toBe(0)
})

test('started as its unit says it is ready when it answers, sells, and says that it is alive', async () => {
  machine.write(conffile, `${machine.read(conffile)}KAIKEI_OPTIONS="--port ${port} --json"\n`)
  service = await Service.start(machine, 1)
  const { kioskUrl, paypayUrl } = service.addresses<Ready>()
  expect(kioskUrl).toBe(`http://127.0.0.1:${port}/`)
  expect(service.process('status', 'Uid:').split(/\s+/)[0]).toBe(String(machine.userId('kaikei')))
  expect(service.process('status', 'NoNewPrivs:')).toBe('1')
  expect(service.process('status', 'CapEff:')).toBe('0000000000000000')
  expect(service.process('limits', 'Max core file size')).toMatch(/^0\s+0\s/)
  expect((await fetch(kioskUrl)).status).toBe(200)

  await sell(kioskUrl, new Paypay(paypayUrl))
  const seen = service.heartbeats
  await expect.poll(() => service?.heartbeats ?? 0).toBeGreaterThan(seen + 1)
  expect(service.told.join()).toContain('STATUS=training: sells')

  // A till that hangs is not alive: systemd would start it anew.
  service.signal('SIGSTOP')
  // One may be on its way already.
  await new Promise(resolve => setTimeout(resolve, 500))
  const last = service.heartbeats
  await new Promise(resolve => setTimeout(resolve, 2_000))
  expect(service.heartbeats).toBe(last)
  expect(await service.stop()).toBe(0)
  expect(service.told.at(-1)).toContain('STOPPING=1')
  service = null
})

test('its ledger is sound, whoever asks, and nothing of it is root’s', () => {
  expect(machine.run('kaikei', 'ledger', 'verify')).toMatchObject({ status: 0 })
  const uid = machine.userId('kaikei')
  for (const name of readdirSync(machine.at(data), { recursive: true })) {
    const found = statSync(machine.at(join(data, String(name))))
    expect([name, found.uid, found.mode & 0o077]).toEqual([name, uid, 0])
  }
  // A read leaves nothing behind, so who it was is asked of a program in Node's place.
  const program = 'usr/lib/kaikei-server/bin/node'
  machine.run('mv', `/${program}`, `/${program}.aside`)
  machine.write(program, '#!/bin/sh\nid -u\n')
  machine.run('chmod', '755', `/${program}`)
  expect(machine.run('kaikei', 'ledger', 'verify').says).toBe(`${uid}\n`)
  machine.run('mv', `/${program}.aside`, `/${program}`)
})

test('its doctor says what is open, what to do, and ends so that a program can tell', () => {
  const doctor = () => {
    const { status, says } = machine.run('kaikei', 'doctor', '--json')
    const { sound, findings } = JSON.parse(says) as {
      sound: boolean
      findings: { check: string; state: string; because: string; advice: string | null }[]
    }
    expect(status).toBe(sound ? 0 : 1)
    return new Map(findings.map(finding => [finding.check, finding]))
  }
  expect(doctor().get('dataFolder')).toMatchObject({ state: 'hardened', because: 'ownerOnly' })
  expect(doctor().get('runsAs')).toMatchObject({ state: 'unseen', because: 'tillAway' })
  machine.run('chmod', '755', `/${data}`)
  machine.write(`${data}/paypay-keys.json`, '{}')
  expect(doctor().get('dataFolder')).toMatchObject({ state: 'open', because: 'othersMayRead' })
  expect(doctor().get('keysFile')).toMatchObject({ state: 'open', because: 'othersMayRead' })
  const words = machine.run('kaikei', 'doctor', '--language', 'ja')
  expect(words.status).toBe(1)
  expect(words.says).toContain('OPEN dataFolder  データの場所: この機械のほかのユーザーも開けます。')
  machine.run('rm', `/${data}/paypay-keys.json`)
})

test('built once more, it is the same to the byte', async () => {
  expect(await meanwhile).toBe(0)
  const sum = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex')
  expect(sum(join(out.path, 'again/kaikei-server_1.0_amd64.deb'))).toBe(sum(debOf('1.0')))
})

test('an upgrade keeps ledger and options, and sells on', async () => {
  const before = { options: machine.read(conffile), ledger: shown() }
  expect(before.ledger).toContain('850')
  const { status, says } = machine.dpkg('--install', debOf('1.1'))
  expect(status, says).toBe(0)
  expect(machine.run('kaikei', 'version').says).toBe('1.1\n')
  expect(machine.read(conffile)).toBe(before.options)
  expect(shown()).toBe(before.ledger)
  service = await Service.start(machine, 30)
  const { kioskUrl, paypayUrl } = service.addresses<Ready>()
  await sell(kioskUrl, new Paypay(paypayUrl))
  expect(await service.stop()).toBe(0)
  service = null
  expect(shown().split('\n')).toHaveLength(before.ledger.split('\n').length + 1)
  expect(machine.run('kaikei', 'ledger', 'verify')).toMatchObject({ status: 0 })
})

test('outside training there is no simulator, and without keys nobody is asked', async () => {
  machine.write(conffile, `KAIKEI_OPTIONS="--port ${port} --json --mode sandbox"\n`)
  service = await Service.start(machine, 30)
  expect(service.addresses<object>()).toEqual({ kioskUrl: `http://127.0.0.1:${port}/` })
  expect(service.told.join()).toContain('STATUS=sandbox: closed')
  for (const at of [port, port + 1]) {
    const answer = await fetch(`http://127.0.0.1:${at}/_simulator/book`).then(
      ({ status }) => status,
      () => 'nobody',
    )
    expect(answer).toBe(at === port ? 404 : 'nobody')
  }
  expect(await service.stop()).toBe(0)
  service = null
})

test('removed and installed again it is switched on or off as the operator left it, and starts if it is on', () => {
  const isOn = () => machine.run('systemctl', 'is-enabled', 'kaikei-server.service').says.trim()
  const isAgain = (): readonly string[] => {
    expect(machine.dpkg('--remove', 'kaikei-server')).toMatchObject({ status: 0 })
    expect(machine.has('usr/lib/kaikei-server')).toBe(false)
    const { status, says } = machine.dpkg('--install', debOf('1.1'))
    expect(status, says).toBe(0)
    return machine.has('asked') ? machine.read('asked').trim().split('\n') : []
  }
  // No service manager runs here: what one would be asked for is written down in its place.
  machine.run('mv', '/usr/bin/systemctl', '/usr/bin/systemctl.aside')
  machine.write(
    'usr/bin/systemctl',
    '#!/bin/sh\nexport SYSTEMD_OFFLINE=1\ncase "$*" in *enable* | *enabled* | *disable*) exec systemctl.aside "$@" ;; esac\necho "$*" >>/asked\n',
  )
  machine.run('chmod', '755', '/usr/bin/systemctl')
  machine.run('mkdir', '-p', '/run/systemd/system')
  expect(isAgain().slice(-2)).toEqual(['daemon-reload', 'restart kaikei-server.service'])
  expect(isOn()).toBe('enabled')
  machine.run('systemctl', 'disable', 'kaikei-server.service')
  expect(isAgain().slice(-2)).toEqual(['daemon-reload', 'try-restart kaikei-server.service'])
  expect(isOn()).toBe('disabled')
  machine.run('systemctl', '--quiet', 'enable', 'kaikei-server.service')
  machine.run('rm', '-r', '/run/systemd/system')
  machine.run('mv', '/usr/bin/systemctl.aside', '/usr/bin/systemctl')
})

const wants = 'etc/systemd/system/multi-user.target.wants'

test('removed, it leaves options and data; purged, it leaves the record of real money and no keys', () => {
  expect(machine.dpkg('--remove', 'kaikei-server')).toMatchObject({ status: 0 })
  expect(machine.has('usr/lib/kaikei-server')).toBe(false)
  // systemd passes over a unit that is gone.
  expect(readdirSync(machine.at(wants))).toEqual(['kaikei-server.service'])
  expect(machine.read(conffile)).toContain('sandbox')
  expect(machine.has(`${data}/ledger-training.sqlite`)).toBe(true)

  // As an operator puts one aside, and as a copy may be called.
  const ledgers = {
    'ledger-production.sqlite.2026-04': 'damaged, and the record of real money',
    'aside/old.db': 'SQLite format 3\0the record of real money',
  }
  for (const [name, text] of Object.entries(ledgers)) machine.write(`${data}/${name}`, text)
  for (const name of ['paypay-keys.json', 'paypay-keys.json.torn-20260401'])
    machine.write(`${data}/${name}`, 'a secret')
  const purged = machine.dpkg('--purge', 'kaikei-server')
  expect(purged).toMatchObject({ status: 0 })
  expect(purged.says).toContain('/var/lib/kaikei stays: its ledger is the record of real money')
  expect(machine.has(conffile)).toBe(false)
  expect(readdirSync(machine.at(wants))).toEqual([])
  expect(readdirSync(machine.at(data)).filter(name => name.startsWith('paypay-keys'))).toEqual([])
  for (const [name, text] of Object.entries(ledgers)) {
    expect(machine.read(`${data}/${name}`)).toBe(text)
    expect(purged.says).toContain(`/var/lib/kaikei/${name}\n`)
  }
  expect(purged.says).not.toContain('ledger-training')
})

test('a till that never took real money is purged whole', () => {
  expect(
    machine.run('rm', '-r', `/${data}/ledger-production.sqlite.2026-04`, `/${data}/aside`),
  ).toMatchObject({ status: 0 })
  expect(machine.dpkg('--install', debOf('1.1'))).toMatchObject({ status: 0 })
  expect(machine.dpkg('--purge', 'kaikei-server')).toMatchObject({ status: 0 })
  expect(machine.has(data)).toBe(false)
})

/** Every checkout that the ledger of training has. */
function shown(): string {
  return machine.run('kaikei', 'ledger', 'show').says
}

/** A customer at the screen, and their phone. */
async function sell(kioskUrl: string, paypay: Paypay): Promise<void> {
  const screen = new AbortController()
  const events = await fetch(`${kioskUrl}api/events?lane=main`, { signal: screen.signal })
  const order = {
    kind: 'cart',
    lines: [
      { productId: 'karaage-bento', quantity: 1 },
      { productId: 'hojicha', quantity: 1 },
    ],
  }
  const lane = async () =>
    (await callHost(kioskUrl, 'getLane', { lane: 'main' })).value as {
      checkout: { checkoutId: string; status: string; totalYen: number } | null
    }
  try {
    await expect
      .poll(async () => (await callHost(kioskUrl, 'startCheckout', { lane: 'main', locale: 'ja', order })).ok)
      .toBe(true)
    await expect.poll(async () => (await lane()).checkout?.status).toBe('awaitingPayment')
    await paypay.press('approve')
    await expect.poll(async () => (await lane()).checkout).toMatchObject({ status: 'paid', totalYen: 850 })
    const checkoutId = (await lane()).checkout?.checkoutId
    expect(await callHost(kioskUrl, 'leaveCheckout', { lane: 'main', checkoutId })).toMatchObject({
      ok: true,
    })
    expect((await paypay.book()).keptYen % 850).toBe(0)
  } finally {
    screen.abort()
    await events.body?.cancel().catch(() => undefined)
  }
}
