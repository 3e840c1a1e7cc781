import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { tempDir } from '../host.ts'

/** What a package's scripts may count on, and what the unit starts. */
const PROGRAMS = [
  'sh',
  'cat',
  'chmod',
  'chown',
  'find',
  'grep',
  'id',
  'ls',
  'mkdir',
  'mv',
  'rm',
  'sed',
  'setpriv',
  'sort',
  'systemctl',
  'systemd-notify',
  'systemd-sysusers',
]
/** Of the machine's own packages, those that ours may depend on, in the versions that are really here. */
const INSTALLED = ['libc6', 'libstdc++6', 'libgcc-s1', 'systemd']

export type Done = { readonly status: number | null; readonly says: string }

/**
 * A machine under a folder: Debian's own dpkg installs into it, and its programs run in it, with this machine's libraries and nothing else
 * of this machine. No service manager runs there.
 */
export class Machine {
  readonly path: string
  readonly #folder = tempDir('kaikei-machine-')

  constructor() {
    this.path = this.#folder.path
    // dpkg and the till's user have to be able to walk through it.
    chmodSync(this.path, 0o755)
    for (const dir of [
      'usr/bin',
      'usr/sbin',
      'usr/lib',
      'usr/lib64',
      'etc',
      'proc',
      'run/systemd',
      'var/log',
      'var/lib/dpkg/updates',
      'var/lib/dpkg/info',
      'dev',
    ])
      mkdirSync(this.at(dir), { recursive: true })
    for (const name of ['bin', 'sbin', 'lib', 'lib64']) symlinkSync(`usr/${name}`, this.at(name))
    mkdirSync(this.at('tmp'))
    chmodSync(this.at('tmp'), 0o1777)
    writeFileSync(this.at('etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n')
    writeFileSync(this.at('etc/group'), 'root:x:0:\n')
    for (const [name, minor] of [
      ['null', '3'],
      ['urandom', '9'],
    ] as const)
      must('mknod', ['-m', '666', this.at(`dev/${name}`), 'c', '1', minor])
    for (const program of PROGRAMS) this.#bring(program)
    writeFileSync(this.at('var/lib/dpkg/status'), INSTALLED.map(stanza).join('\n'))
  }

  at(path: string): string {
    return join(this.path, path)
  }

  has(path: string): boolean {
    return existsSync(this.at(path))
  }

  read(path: string): string {
    return readFileSync(this.at(path), 'utf8')
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(this.at(path)), { recursive: true })
    writeFileSync(this.at(path), text)
  }

  append(path: string, text: string): void {
    appendFileSync(this.at(path), text)
  }

  dpkg(...args: readonly string[]): Done {
    return done('dpkg', [
      `--root=${this.path}`,
      `--log=${this.at('var/log/dpkg.log')}`,
      // Where nobody is asked: an edited file of the operator's stays.
      '--force-confold',
      ...args,
    ])
  }

  /** As root, in this machine. */
  run(...command: readonly string[]): Done {
    return done('chroot', [this.path, ...command])
  }

  /** A program of the package needs these libraries; that they are Debian's is what its dependencies say. */
  bringLibrariesOf(program: string): void {
    this.#bringLibraries(this.at(program))
  }

  /** systemd's own targets, which any unit wants something of. */
  bringTargets(): void {
    const units = 'usr/lib/systemd/system'
    for (const name of globSync('*.target', { cwd: join('/', units) }))
      copyFileSync(join('/', units, name), this.at(join(units, name)))
  }

  userId(name: string): number | null {
    const line = this.read('etc/passwd')
      .split('\n')
      .find(one => one.startsWith(`${name}:`))
    return line === undefined ? null : Number(line.split(':')[2])
  }

  remove(): void {
    this.#folder.remove()
  }

  #bring(program: string): void {
    const { stdout } = spawnSync('sh', ['-c', `readlink -f "$(command -v ${program})"`], {
      encoding: 'utf8',
    })
    const file = stdout.trim()
    copyFileSync(file, this.at(`usr/bin/${program}`))
    this.#bringLibraries(file)
  }

  #bringLibraries(file: string): void {
    const { stdout } = spawnSync('ldd', [file], { encoding: 'utf8' })
    for (const [, library] of stdout.matchAll(/(?:=> |^\s+)(\/\S+)/gm)) {
      if (!library || this.has(library)) continue
      mkdirSync(dirname(this.at(library)), { recursive: true })
      copyFileSync(library, this.at(library))
    }
  }
}

/** What dpkg knows of a package that is here, without what it needs itself. */
function stanza(name: string): string {
  const fields = ['Package', 'Status', 'Priority', 'Section', 'Maintainer', 'Architecture', 'Version']
  const { stdout } = spawnSync('dpkg-query', ['--status', name], { encoding: 'utf8' })
  const lines = stdout.split('\n').filter(line => fields.includes(line.split(':')[0] ?? ''))
  return `${[...lines, `Description: ${name}`].join('\n')}\n`
}

function done(command: string, args: readonly string[]): Done {
  const { status, stdout, stderr, error } = spawnSync(command, [...args], {
    encoding: 'utf8',
    // The machine's own language would change what dpkg says.
    env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', DEBIAN_FRONTEND: 'noninteractive' },
  })
  return { status, says: `${stdout}${stderr}${error?.message ?? ''}` }
}

function must(command: string, args: readonly string[]): void {
  const { status, says } = done(command, args)
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${says}`)
}
