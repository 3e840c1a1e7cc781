import type {
  HardeningCheck,
  HardeningFinding,
  HardeningReason,
  HardeningState,
} from '../../shared/hardening.ts'
import type { MachineFacts } from './facts.ts'

/** A day's logs and some hundred thousand checkouts; the till itself closes at far less. */
const DISK_ENOUGH_BYTES = 1_000_000_000
/** Group and others. */
const OTHERS = 0o077

/** What the package's policies say and a kiosk must not be without. */
const POLICIES: Readonly<Record<string, (value: unknown) => boolean>> = {
  // Since Chromium 147 "*" alone leaves the browser's own pages open.
  URLBlocklist: value => Array.isArray(value) && ['*', 'chrome://*'].every(one => value.includes(one)),
  URLAllowlist: value => Array.isArray(value) && value.every(isOwnAddress),
  DeveloperToolsAvailability: value => value === 2,
  IncognitoModeAvailability: value => value === 1,
  DownloadRestrictions: value => value === 3,
  AllowFileSelectionDialogs: value => value === false,
  DefaultPopupsSetting: value => value === 2,
  ExtensionInstallBlocklist: value => Array.isArray(value) && value.includes('*'),
  TranslateEnabled: value => value === false,
  PasswordManagerEnabled: value => value === false,
}

/** Every check, in the order in which a person reads them. Pure. */
export function hardeningOf(facts: MachineFacts): readonly HardeningFinding[] {
  return [
    runsAs(facts),
    sandbox(facts),
    rights('dataFolder', facts.dataFolderMode, 'folderAway', 'unseen'),
    keysFile(facts),
    coreDumps(facts),
    swap(facts),
    clock(facts),
    disk(facts),
    autologin(facts),
    kioskSession(facts),
    browserPolicies(facts),
    updates(facts),
  ]
}

function found<C extends HardeningCheck>(
  check: C,
  state: HardeningState,
  because: HardeningReason<C>,
  detail: string | null = null,
): HardeningFinding {
  // The type of one of twelve cannot be followed through a type parameter.
  return { check, state, because, detail } as unknown as HardeningFinding
}

function runsAs({ till }: MachineFacts): HardeningFinding {
  if (!till) return found('runsAs', 'unseen', 'tillAway')
  return till.uid === 0 ? found('runsAs', 'open', 'root') : found('runsAs', 'hardened', 'ownUser')
}

function sandbox({ till }: MachineFacts): HardeningFinding {
  if (!till) return found('sandbox', 'unseen', 'tillAway')
  const missing = [
    till.noNewPrivileges ? null : 'NoNewPrivileges',
    till.filtersSystemCalls ? null : 'SystemCallFilter',
    till.hasCapabilities ? 'CapabilityBoundingSet' : null,
  ].filter(name => name !== null)
  if (missing.length === 0) return found('sandbox', 'hardened', 'shutIn')
  return missing.length === 3
    ? found('sandbox', 'open', 'free')
    : found('sandbox', 'open', 'partly', missing.join(', '))
}

function rights<C extends 'dataFolder' | 'keysFile'>(
  check: C,
  mode: number | null,
  none: HardeningReason<C>,
  stateOfNone: HardeningState,
): HardeningFinding {
  if (mode === null) return found(check, stateOfNone, none)
  return (mode & OTHERS) === 0
    ? found(check, 'hardened', 'ownerOnly' as HardeningReason<C>)
    : found(check, 'open', 'othersMayRead' as HardeningReason<C>, (mode & 0o777).toString(8))
}

function keysFile({ keysFileMode, keysFileTorn }: MachineFacts): HardeningFinding {
  const readable = rights('keysFile', keysFileMode, 'noKeysHere', 'hardened')
  // What others may read is the greater harm.
  return keysFileTorn === null || readable.state === 'open'
    ? readable
    : found('keysFile', 'open', 'unreadable', keysFileTorn)
}

function coreDumps({ till }: MachineFacts): HardeningFinding {
  if (!till || till.mostCoreBytes === null) return found('coreDumps', 'unseen', 'tillAway')
  return till.mostCoreBytes === 0 ? found('coreDumps', 'hardened', 'off') : found('coreDumps', 'open', 'on')
}

function swap({ swaps, till }: MachineFacts): HardeningFinding {
  if (till?.neverSwapped) return found('swap', 'hardened', 'notForTheTill')
  if (swaps === null) return found('swap', 'unseen', 'unseen')
  return swaps ? found('swap', 'open', 'on') : found('swap', 'hardened', 'none')
}

function clock({ clockIsSynchronised }: MachineFacts): HardeningFinding {
  if (clockIsSynchronised === null) return found('clock', 'unseen', 'unseen')
  return clockIsSynchronised ? found('clock', 'hardened', 'synchronised') : found('clock', 'open', 'alone')
}

function disk({ diskFreeBytes }: MachineFacts): HardeningFinding {
  if (diskFreeBytes === null) return found('disk', 'unseen', 'unseen')
  const free = `${(diskFreeBytes / 1_000_000_000).toFixed(1)} GB`
  return diskFreeBytes < DISK_ENOUGH_BYTES
    ? found('disk', 'open', 'little', free)
    : found('disk', 'hardened', 'room', free)
}

function autologin({ autologins }: MachineFacts): HardeningFinding {
  if (autologins === null) return found('autologin', 'unseen', 'unseen')
  return autologins.length > 0
    ? found('autologin', 'open', 'shell', autologins.join(', '))
    : found('autologin', 'hardened', 'none')
}

function kioskSession({ kioskTerminals }: MachineFacts): HardeningFinding {
  return kioskTerminals.length > 0
    ? found('kioskSession', 'hardened', 'alone', kioskTerminals.join(', '))
    : found('kioskSession', 'unseen', 'noneHere')
}

function browserPolicies({ kioskTerminals, policies }: MachineFacts): HardeningFinding {
  if (policies === null)
    return kioskTerminals.length > 0
      ? found('browserPolicies', 'open', 'missing')
      : found('browserPolicies', 'unseen', 'noKioskHere')
  const loose = Object.entries(POLICIES)
    .filter(([name, isTight]) => !isTight(policies[name]))
    .map(([name]) => name)
  return loose.length > 0
    ? found('browserPolicies', 'open', 'loosened', loose.join(', '))
    : found('browserPolicies', 'hardened', 'inPlace')
}

function updates({ updates }: MachineFacts): HardeningFinding {
  const last = updates?.last ?? null
  // A result that somebody has to know of is told also when they are switched off since.
  if (last && last.end !== 'installed') return found('updates', 'open', last.end, last.version)
  if (!updates?.enabled) return found('updates', 'unseen', 'off')
  if (updates.isTrial) return found('updates', 'hardened', 'trial')
  return last
    ? found('updates', 'hardened', 'installed', last.version)
    : found('updates', 'hardened', 'waiting')
}

/** This machine, over HTTP, at a port. */
function isOwnAddress(value: unknown): boolean {
  return typeof value === 'string' && /^http:\/\/(127\.0\.0\.1|localhost):\d+$/.test(value)
}
