import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import type { Machine } from './machine.ts'

const UNIT = 'usr/lib/systemd/system/kaikei-server.service'
const START_MS = 40_000

/** Prints each datagram that comes to a socket; Node opens none of this kind. */
const LISTENER = `use Socket; $| = 1; socket(my $s, AF_UNIX, SOCK_DGRAM, 0) or die $!; bind($s, sockaddr_un($ARGV[0])) or die $!;
chmod 0777, $ARGV[0]; print "listening\\n"; while (defined recv($s, my $m, 4096, 0)) { $m =~ s/\\n/ /g; print "$m\\n" }`

/** The service of a machine, started as its own unit says, by somebody who stands in for systemd. */
export class Service {
  /** What was told over NOTIFY_SOCKET, oldest first. */
  readonly told: string[] = []
  stdout = ''
  stderr = ''
  readonly #child: ChildProcess
  readonly #listener: ChildProcess
  readonly #ended: Promise<number | null>

  private constructor(child: ChildProcess, listener: ChildProcess) {
    this.#child = child
    this.#listener = listener
    listener.stdout?.on('data', chunk => {
      // systemd-notify waits until what it has said was taken, which is no news of the till's.
      const news = String(chunk)
        .split('\n')
        .filter(line => line !== '' && !line.startsWith('BARRIER='))
      this.told.push(...news)
    })
    child.stdout?.on('data', chunk => {
      this.stdout += String(chunk)
    })
    child.stderr?.on('data', chunk => {
      this.stderr += String(chunk)
    })
    this.#ended = new Promise(resolve => child.on('close', resolve))
  }

  /** `watchdogSec` stands for the unit's own, so that a test need not wait for minutes. */
  static async start(machine: Machine, watchdogSec: number): Promise<Service> {
    const unit = unitOf(machine)
    const user = one(unit, 'User')
    const uid = machine.userId(user)
    if (uid === null) throw new Error(`the package made no user ${user}`)
    const state = `var/lib/${one(unit, 'StateDirectory')}`
    mkdirSync(machine.at(state), { recursive: true })
    spawnSync('chown', ['-R', `${uid}:${uid}`, machine.at(state)])
    chmodSync(machine.at(state), Number.parseInt(one(unit, 'StateDirectoryMode'), 8))
    // A folder for credentials is there whenever the unit names any, also if there are none.
    mkdirSync(machine.at('run/credentials/kaikei-server.service'), { recursive: true })
    const socket = machine.at('run/systemd/notify')
    rmSync(socket, { force: true })
    const listener = spawn('perl', ['-e', LISTENER, socket], { stdio: ['ignore', 'pipe', 'inherit'] })
    const environment = environmentFile(machine, one(unit, 'EnvironmentFile'))
    const [program = '', ...args] = one(unit, 'ExecStart').split(' ')
    const words = args.flatMap(word =>
      word.startsWith('$') ? (environment[word.slice(1)] ?? '').split(/\s+/).filter(Boolean) : [word],
    )
    const setUp = `umask ${one(unit, 'UMask')} && ulimit -c ${one(unit, 'LimitCORE')} && cd ${one(unit, 'WorkingDirectory')} && exec "$0" "$@"`
    const drop = ['--reuid', user, '--regid', one(unit, 'Group'), '--clear-groups', '--no-new-privs']
    const none = ['--inh-caps=-all', '--ambient-caps=-all', '--bounding-set=-all']
    await new Promise(resolve => listener.stdout?.once('data', resolve))
    const child = spawn(
      'chroot',
      [machine.path, 'setpriv', ...drop, ...none, '--', 'sh', '-c', setUp, program, ...words],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...environment,
          PATH: '/usr/sbin:/usr/bin',
          NOTIFY_SOCKET: '/run/systemd/notify',
          WATCHDOG_USEC: String(watchdogSec * 1_000_000),
          CREDENTIALS_DIRECTORY: '/run/credentials/kaikei-server.service',
          STATE_DIRECTORY: `/${state}`,
        },
      },
    )
    const service = new Service(child, listener)
    await service.#ready()
    return service
  }

  /** The one line of --json. */
  addresses<T>(): T {
    return JSON.parse(this.stdout.split('\n')[0] ?? '') as T
  }

  /** A field of what the kernel says of the process: /proc/PID/`file`. */
  process(file: 'status' | 'limits', field: string): string {
    const lines = readFileSync(`/proc/${this.#child.pid}/${file}`, 'utf8').split('\n')
    return (
      lines
        .find(line => line.startsWith(field))
        ?.slice(field.length)
        .trim() ?? ''
    )
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  get heartbeats(): number {
    return this.told.filter(one => one.includes('WATCHDOG=1')).length
  }

  /** As systemd stops it; resolves to its exit code. */
  async stop(): Promise<number | null> {
    this.#child.kill('SIGCONT')
    this.#child.kill('SIGTERM')
    const late = setTimeout(() => this.#child.kill('SIGKILL'), 20_000)
    const code = await this.#ended
    clearTimeout(late)
    this.#listener.kill()
    return code
  }

  async #ready(): Promise<void> {
    const deadline = Date.now() + START_MS
    while (!this.told.some(one => one.includes('READY=1'))) {
      if (this.#child.exitCode !== null || Date.now() > deadline) {
        await this.stop()
        throw new Error(`the service was not ready: ${this.stdout}${this.stderr}${this.told.join()}`)
      }
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  }
}

/** Each setting of the unit with all its values. */
function unitOf(machine: Machine): ReadonlyMap<string, readonly string[]> {
  const settings = new Map<string, string[]>()
  for (const line of machine.read(UNIT).split('\n')) {
    const [, name, value] = /^([A-Za-z]+)=(.*)$/.exec(line) ?? []
    if (name !== undefined && value !== undefined) settings.set(name, [...(settings.get(name) ?? []), value])
  }
  return settings
}

function one(unit: ReadonlyMap<string, readonly string[]>, name: string): string {
  const values = unit.get(name)
  if (values?.length !== 1 || values[0] === undefined)
    throw new Error(`the unit has ${values?.length ?? 0} of ${name}=`)
  return values[0]
}

/** As systemd reads it, without its rarer kinds of quotes. A hyphen in front: it need not be there. */
function environmentFile(machine: Machine, said: string): Record<string, string> {
  const path = said.replace(/^-/, '')
  if (!machine.has(path)) return {}
  const pairs = [...machine.read(path).matchAll(/^([A-Z_]+)=(.*)$/gm)]
  return Object.fromEntries(
    pairs.map(([, name, value]) => [name ?? '', (value ?? '').replace(/^"(.*)"$/, '$1')]),
  )
}
