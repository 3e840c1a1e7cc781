import { execFile } from 'node:child_process'
import { existsSync, globSync, readFileSync, statfsSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { updateRecord } from '../update/record.ts'
import type { MachineFacts, TillFacts, UpdateFacts } from './facts.ts'

const UNIT = 'kaikei-server.service'
const CLOCK_MS = 3_000

/** Where to look; another root in tests. */
export type Place = {
  /** `/` on a machine. */
  readonly root: string
  readonly dataDir: string
  /** The till's process: this one, or the one of the service; null where none runs. */
  readonly till: 'self' | 'service'
}

/** Reads what a machine says of itself. Changes nothing, and what cannot be read is null. */
export async function machineFacts(place: Place): Promise<MachineFacts> {
  const at = (path: string): string => join(place.root, path)
  const isUnix = process.platform !== 'win32'
  const isLinux = process.platform === 'linux'
  return {
    dataFolderMode: isUnix ? modeOf(place.dataDir) : null,
    keysFileMode: isUnix ? modeOf(join(place.dataDir, 'paypay-keys.json')) : null,
    keysFileTorn: tornKeys(place.dataDir),
    diskFreeBytes: attempt(() => {
      const { bavail, bsize } = statfsSync(place.dataDir)
      return bavail * bsize
    }),
    clockIsSynchronised: isLinux ? await clockIsSynchronised(at) : null,
    // A heading, and a line for each.
    swaps: attempt(() => readFileSync(at('proc/swaps'), 'utf8').trim().split('\n').length > 1),
    autologins: isLinux ? autologins(at) : null,
    kioskTerminals: globSync('etc/systemd/system/*.wants/kaikei-kiosk@*.service', { cwd: place.root }).map(
      file => basename(file, '.service').replace('kaikei-kiosk@', ''),
    ),
    policies: policies(at),
    updates: updates(place.dataDir),
    till: isLinux ? tillFacts(at, place.till) : null,
  }
}

function modeOf(path: string): number | null {
  return attempt(() => statSync(path).mode)
}

/** Looks whether the file is JSON, and at nothing in it. */
function tornKeys(dataDir: string): string | null {
  const name = 'paypay-keys.json'
  const text = attempt(() => readFileSync(join(dataDir, name), 'utf8'))
  if (text !== null) return attempt(() => JSON.parse(text) as object) === null ? name : null
  if (existsSync(join(dataDir, name))) return null
  return globSync(`${name}.torn-*`, { cwd: dataDir }).toSorted().at(-1) ?? null
}

function attempt<T>(look: () => T): T | null {
  try {
    return look()
  } catch {
    return null
  }
}

function clockIsSynchronised(at: (path: string) => string): Promise<boolean | null> {
  // What systemd's own service leaves behind when it has set the clock.
  if (existsSync(at('run/systemd/timesync/synchronized'))) return Promise.resolve(true)
  return new Promise(resolve => {
    execFile(
      'timedatectl',
      ['show', '--property=NTPSynchronized', '--value'],
      { timeout: CLOCK_MS },
      (error, stdout) => {
        const says = stdout.trim()
        resolve(error || (says !== 'yes' && says !== 'no') ? null : says === 'yes')
      },
    )
  })
}

/** Files in which a terminal or a desktop is told to log somebody in. */
function autologins(at: (path: string) => string): readonly string[] {
  const lines: readonly (readonly [string, RegExp])[] = [
    ['etc/systemd/system/*getty@*.service.d/*.conf', /^ExecStart=.*(--autologin|\s-a\s)/m],
    ['etc/lightdm/lightdm.conf', /^\s*autologin-user\s*=\s*\S/m],
    ['etc/lightdm/lightdm.conf.d/*.conf', /^\s*autologin-user\s*=\s*\S/m],
    ['etc/gdm3/{custom,daemon}.conf', /^\s*AutomaticLoginEnable\s*=\s*true/im],
    ['etc/sddm.conf.d/*.conf', /^\s*User\s*=\s*\S/m],
  ]
  return lines.flatMap(([pattern, says]) =>
    globSync(pattern, { cwd: at('.') })
      .filter(file => says.test(attempt(() => readFileSync(at(file), 'utf8')) ?? ''))
      .map(file => basename(file)),
  )
}

/** Chromium reads every file of the folder, in the order of their names; later ones win. */
function policies(at: (path: string) => string): Readonly<Record<string, unknown>> | null {
  const folder = at('etc/chromium/policies/managed')
  const files = globSync('*.json', { cwd: folder }).toSorted()
  const read = files.map(file =>
    attempt(() => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown>),
  )
  return files.length === 0 ? null : Object.assign({}, ...read)
}

function updates(dataDir: string): UpdateFacts | null {
  const read = (name: string): unknown =>
    attempt(() => JSON.parse(readFileSync(join(dataDir, name), 'utf8')) as unknown)
  const settings = read('settings.json') as { readonly updates?: { readonly enabled?: unknown } } | null
  const record = updateRecord.safeParse(read('updates.json'))
  if (!settings?.updates && !record.success) return null
  return {
    enabled: settings?.updates?.enabled === true,
    isTrial: record.success && record.data.stage.at !== 'resting',
    last: record.success ? record.data.last : null,
  }
}

function tillFacts(at: (path: string) => string, which: Place['till']): TillFacts | null {
  const pid = which === 'self' ? 'self' : servicePid(at)
  if (pid === null) return null
  return attempt(() => {
    const status = readFileSync(at(`proc/${pid}/status`), 'utf8')
    const field = (name: string): string => new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(status)?.[1] ?? ''
    const limits = readFileSync(at(`proc/${pid}/limits`), 'utf8')
    const core = /^Max core file size\s+(\S+)/m.exec(limits)?.[1]
    return {
      uid: Number(field('Uid')),
      mostCoreBytes:
        core === undefined ? null : core === 'unlimited' ? Number.POSITIVE_INFINITY : Number(core),
      noNewPrivileges: field('NoNewPrivs') === '1',
      filtersSystemCalls: field('Seccomp') === '2',
      hasCapabilities: /[1-9a-f]/.test(`${field('CapEff')}${field('CapBnd')}`),
      neverSwapped: swapMost(at, pid) === '0',
    }
  })
}

function servicePid(at: (path: string) => string): string | null {
  const text = attempt(() => readFileSync(at(`sys/fs/cgroup/system.slice/${UNIT}/cgroup.procs`), 'utf8'))
  return text?.split('\n')[0] || null
}

function swapMost(at: (path: string) => string, pid: string): string | null {
  const group = attempt(() => /^0::(\/.+)$/m.exec(readFileSync(at(`proc/${pid}/cgroup`), 'utf8'))?.[1])
  return group
    ? attempt(() => readFileSync(at(`sys/fs/cgroup${group}/memory.swap.max`), 'utf8').trim())
    : null
}
