import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const node = join(root, 'node_modules/.bin/node')

export type Ready = { readonly kioskUrl: string; readonly phoneUrl: string; readonly paypayUrl: string }
export type Ended = { readonly code: number | null; readonly stderr: string; readonly stdout: string }

/** Long enough for a machine with two busy cores to build the page and start. */
const START_MS = 60_000

/** A program of ours, started as its npm script starts it, spoken to from outside only. */
export class Program {
  stdout = ''
  stderr = ''
  readonly #child: ChildProcess
  readonly #ended: Promise<Ended>

  constructor(script: string, args: readonly string[], env: Record<string, string> = {}) {
    this.#child = spawn(node, [script, ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child.stdout?.on('data', chunk => {
      this.stdout += String(chunk)
    })
    this.#child.stderr?.on('data', chunk => {
      this.stderr += String(chunk)
    })
    this.#ended = new Promise(resolve =>
      this.#child.on('close', code => resolve({ code, stderr: this.stderr, stdout: this.stdout })),
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

  get ended(): Promise<Ended> {
    return this.#ended
  }
}

/** A folder that is gone after the test. */
export function tempDir(): { path: string; file(name: string, text: string): string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'kaikei-e2e-'))
  return {
    path,
    file(name, text) {
      writeFileSync(join(path, name), text)
      return join(path, name)
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}

export function startKaikei(args: readonly string[], env: Record<string, string> = {}): Program {
  return new Program('server/main.ts', ['--port', '0', '--json', ...args], env)
}

export function startSimulator(args: readonly string[], env: Record<string, string> = {}): Program {
  return new Program(
    'simulator/main.ts',
    ['--port', '0', '--json', '--api-key', 'key', '--api-secret', 'top-secret-word', ...args],
    env,
  )
}

/** PayPay's side, over the simulator's control endpoints. */
export class Paypay {
  readonly #url: string

  constructor(url: string) {
    this.#url = url
  }

  async get<T>(path: string): Promise<T> {
    return (await fetch(`${this.#url}/_simulator/${path}`)).json() as Promise<T>
  }

  codes(): Promise<{ codeId: string; url: string; amount: number; status: string; live: boolean }[]> {
    return this.get('codes')
  }

  book(): Promise<{ capturedYen: number; returnedYen: number; keptYen: number }> {
    return this.get('book')
  }

  async press(act: 'scan' | 'approve' | 'decline'): Promise<void> {
    const [code] = await this.codes()
    if (!code) throw new Error('PayPay has no code')
    const response = await fetch(`${this.#url}/_simulator/codes/${code.codeId}/${act}`, { method: 'POST' })
    if (!response.ok) throw new Error(`${act}: ${await response.text()}`)
  }

  async put(path: 'faults' | 'switches', body: unknown): Promise<void> {
    const response = await fetch(`${this.#url}/_simulator/${path}`, {
      method: 'PUT',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
    if (!response.ok) throw new Error(await response.text())
  }
}
