import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  globSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Architecture } from '../parts.ts'

export type Package = {
  readonly version: string
  readonly architecture: Architecture
  /** Everything is dated so, seconds since 1970, whenever it is made. */
  readonly epoch: number
}

/** More would not fit beside a system on a small card, and would mean that something slipped in. */
const MOST_INSTALLED_MIB = 150
const MOST_WITHOUT_NODE_MIB = 12

/**
 * Makes `file` from the tree in `staged` and the scripts in `scriptsDir`. The same tree gives the same bytes. Throws where the tree has
 * something in it that nobody should get, or is too large.
 */
export function pack(staged: string, scriptsDir: string, file: string, about: Package): void {
  const files = globSync('**/*', { cwd: staged }).filter(name => lstatSync(join(staged, name)).isFile())
  refuseStrays(files)
  const bytes = files.reduce((sum, name) => sum + lstatSync(join(staged, name)).size, 0)
  refuseWeight(staged, bytes)
  const control = join(staged, 'DEBIAN')
  rmSync(control, { recursive: true, force: true })
  mkdirSync(control)
  writeFileSync(join(control, 'control'), controlText(about, Math.ceil(bytes / 1024)))
  writeFileSync(join(control, 'conffiles'), '/etc/kaikei/server.conf\n')
  writeFileSync(join(control, 'md5sums'), sums(staged, files))
  for (const name of ['postinst', 'prerm', 'postrm'])
    cpSync(join(scriptsDir, name), join(control, name), { force: true })
  makeEven(staged, about.epoch)
  const { status, stderr, error } = spawnSync(
    'dpkg-deb',
    ['--root-owner-group', '-Zzstd', '--build', staged, file],
    {
      env: { ...process.env, SOURCE_DATE_EPOCH: String(about.epoch) },
      encoding: 'utf8',
    },
  )
  if (status !== 0) throw new Error(`dpkg-deb did not make ${file}: ${error?.message ?? stderr}`)
}

function controlText({ version, architecture }: Package, kib: number): string {
  return `Package: kaikei-server
Version: ${version}
Architecture: ${architecture}
Maintainer: The Kaikei authors <authors@kaikei.invalid>
Installed-Size: ${kib}
Depends: libc6 (>= 2.28), libstdc++6, libgcc-s1, systemd (>= 252)
Recommends: chromium, cage, fonts-noto-cjk
Section: misc
Priority: optional
Homepage: https://kaikei.invalid/
Description: PayPay till on a screen (host without a window)
 Kaikei turns a screen into a PayPay till. This package is the host: it holds
 the keys, talks to PayPay, keeps the ledger, and serves the till's page on
 this machine. A session that shows the page on a kiosk's screen is in
 /usr/lib/kaikei-server/kiosk.
`
}

/** Tests, maps, sources and node_modules are for developers. */
function refuseStrays(files: readonly string[]): void {
  const strays = files.filter(name => /\.map$|\.tsx?$|\.test\.|(^|\/)(node_modules|test|tests)\//.test(name))
  if (strays.length > 0) throw new Error(`these do not belong into a package: ${strays.join(', ')}`)
}

function refuseWeight(staged: string, bytes: number): void {
  const mib = 1024 * 1024
  const node = lstatSync(join(staged, 'usr/lib/kaikei-server/bin/node')).size
  if (bytes > MOST_INSTALLED_MIB * mib || bytes - node > MOST_WITHOUT_NODE_MIB * mib)
    throw new Error(
      `the package has ${(bytes / mib).toFixed(1)} MiB, ${((bytes - node) / mib).toFixed(1)} of them without Node; at most ${MOST_INSTALLED_MIB} and ${MOST_WITHOUT_NODE_MIB} are allowed`,
    )
}

function sums(staged: string, files: readonly string[]): string {
  return files
    .filter(name => !name.startsWith('etc/'))
    .toSorted()
    .map(
      name =>
        `${createHash('md5')
          .update(readFileSync(join(staged, name)))
          .digest('hex')}  ${name}\n`,
    )
    .join('')
}

/** Whoever makes it, and when: the same rights and times. */
function makeEven(staged: string, epoch: number): void {
  for (const name of ['.', ...globSync('**/*', { cwd: staged })]) {
    const path = join(staged, name)
    const found = lstatSync(path)
    const runs = found.isDirectory() || (found.mode & 0o100) !== 0
    chmodSync(path, runs ? 0o755 : 0o644)
    utimesSync(path, epoch, epoch)
  }
}
