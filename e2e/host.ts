import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
export const node = join(root, 'node_modules/.bin/node')

export type Ready = { readonly kioskUrl: string; readonly phoneUrl: string; readonly paypayUrl: string }
export type Ended = { readonly code: number | null; readonly stderr: string; readonly stdout: string }

/** Long enough for a machine with two busy cores to build the page and start. */
const START_MS = 60_000

/** A test that fails half-way must not leave its programs behind. */
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** A program of ours, started as its npm script starts it, spoken to from outside only. */
export class Program {
  stdout = ''
  stderr = ''
  readonly #child: ChildProcess
  readonly #ended: Promise<Ended>

  /** `prefix` is a command that is to start Node, with its arguments: a shell that sets a limit first, say. */
  constructor(
    script: string,
    args: readonly string[],
    env: Record<string, string> = {},
    prefix: readonly string[] = [],
  ) {
    const [command = node, ...rest] = [...prefix, node, script, ...args]
    this.#child = spawn(command, rest, {
      cwd: root,
      env: { ...usualEnv(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.add(this.#child)
    this.#child.stdout?.on('data', chunk => {
      this.stdout += String(chunk)
    })
    this.#child.stderr?.on('data', chunk => {
      this.stderr += String(chunk)
    })
    this.#ended = new Promise(resolve =>
      this.#child.on('close', code => {
        running.delete(this.#child)
        resolve({ code, stderr: this.stderr, stdout: this.stdout })
      }),
    )
  }

  /** The one line of JSON that --json promises. */
  async ready<T>(): Promise<T> {
    const deadline = Date.now() + START_MS
    while (Date.now() < deadline) {
      const line = this.stdout.split('\n')[0]
      if (this.stdout.includes('\n') && line) return JSON.parse(line) as T
      const ended = await Promise.race([
        this.#ended,
        new Promise<null>(resolve => setTimeout(resolve, 50, null)),
      ])
      if (ended) throw new Error(`it ended with ${ended.code}: ${ended.stderr}`)
    }
    throw new Error(`it was not ready after ${START_MS} ms: ${this.stderr}`)
  }

  end(signal: 'SIGKILL' | 'SIGINT' = 'SIGINT'): Promise<Ended> {
    this.#child.kill(signal)
    return this.#ended
  }

  /** Of the program itself, where no prefix starts it. */
  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('it did not start')
    return this.#child.pid
  }

  get ended(): Promise<Ended> {
    return this.#ended
  }
}

/** As an operator's shell has it: a till with PayPay's own hosts refuses what a developer's machine may add. */
export function usualEnv(): NodeJS.ProcessEnv {
  const {
    NODE_OPTIONS: _options,
    NODE_EXTRA_CA_CERTS: _authorities,
    NODE_DEBUG: _debug,
    ...rest
  } = process.env
  return Object.fromEntries(Object.entries(rest).filter(([name]) => !/_PROXY$/i.test(name)))
}

/** For a till that is to say nothing else, or has PayPay's own hosts: it tells of compiled code that it is brought, as the tests have it. */
export const AS_IN_A_SHOP = { NODE_COMPILE_CACHE: '' }

/** A folder that is gone after the test. */
export function tempDir(prefix = 'kaikei-e2e-'): {
  path: string
  file(name: string, text: string): string
  remove(): void
} {
  const path = mkdtempSync(join(tmpdir(), prefix))
  return {
    path,
    file(name, text) {
      writeFileSync(join(path, name), text)
      return join(path, name)
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}

/**
 * A port that is free now and stays so while its program is killed and started again: it lies below those that the system
 * gives to whoever asks for any.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000)
    const server = createServer()
    const free = await new Promise<boolean>(resolve => {
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
    })
    if (free) return port
  }
}

export function startKaikei(
  args: readonly string[],
  env: Record<string, string> = {},
  prefix: readonly string[] = [],
): Program {
  const port = args.includes('--port') ? [] : ['--port', '0']
  return new Program('server/main.ts', [...port, '--json', ...args], env, prefix)
}

/** What a till needs in its environment to be let in by the simulator that startSimulator starts. */
export const KEYS = { KAIKEI_API_KEY: 'key', KAIKEI_API_SECRET: 'top-secret-word' }

export function startSimulator(args: readonly string[] = []): Program {
  const port = args.includes('--port') ? [] : ['--port', '0']
  return new Program('simulator/main.ts', [...port, '--json', ...args], KEYS)
}
