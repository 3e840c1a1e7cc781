import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, createReadStream, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { chmod, copyFile, open, rename } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import type { FetchedFile, ProgramFiles } from '../../core/update/rounds.ts'
import { syncFolder } from './recordFile.ts'

/** A new version shows with this switch that it starts on this machine: it says its version and ends, and opens nothing. */
export const PROBE = 'update-probe'
export const probeAnswer = (version: string): string => `kaikei ${version} starts here`
/** A cold start of a hundred megabytes from a memory card. */
const PROBE_MS = 60_000

/**
 * The file that runs, when it is an AppImage which its user may replace; null: another kind of package, whose updates need an administrator or
 * cannot be taken back.
 */
export function appImageOf(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string | null {
  const file = env.APPIMAGE
  if (platform !== 'linux' || file === undefined || !isAbsolute(file)) return null
  try {
    accessSync(file, constants.R_OK | constants.W_OK)
    accessSync(dirname(file), constants.W_OK)
    return file
  } catch {
    return null
  }
}

/**
 * One AppImage in three places of one folder: itself, `.next` beside it, and `.previous`. Only whole, durable files ever get these names, and
 * the program's own name is never without one.
 */
export class AppImage implements ProgramFiles {
  readonly file: string
  readonly #probeMs: number

  constructor(file: string, probeMs = PROBE_MS) {
    this.file = file
    this.#probeMs = probeMs
  }

  get #next(): string {
    return `${this.file}.next`
  }

  get #previous(): string {
    return `${this.file}.previous`
  }

  hasPrevious(): boolean {
    return existsSync(this.#previous)
  }

  async prepare({ path, sha512 }: FetchedFile, version: string): Promise<void> {
    await copyDurably(path, this.#next)
    // What was copied, and not what was fetched, is what will run.
    if ((await sha512Of(this.#next)) !== sha512)
      throw new Error(`the file of version ${version} is not the one that its release names`)
    await probe(this.#next, version, this.#probeMs)
    await copyDurably(this.file, this.#previous)
    syncFolder(dirname(this.file))
  }

  /** Throws when it could not; then what was there is there. */
  exchange(): void {
    renameSync(this.#next, this.file)
    syncFolder(dirname(this.file))
  }

  putBack(): void {
    renameSync(this.#previous, this.file)
    syncFolder(dirname(this.file))
  }
}

async function copyDurably(from: string, to: string): Promise<void> {
  const part = `${to}.part`
  await copyFile(from, part)
  await chmod(part, 0o755)
  const handle = await open(part, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(part, to)
}

async function sha512Of(file: string): Promise<string> {
  const hash = createHash('sha512')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Uint8Array)
  return hash.digest('base64')
}

/** Starts the file in a folder of its own and waits for its answer: what cannot even start here is never put in. */
async function probe(file: string, version: string, withinMs: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kaikei-probe-'))
  try {
    const said = await new Promise<string>((resolve, reject) => {
      const child = spawn(file, [`--${PROBE}`, `--user-data-dir=${folder}`], {
        detached: true,
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      let text = ''
      child.stdout.on('data', chunk => {
        text = `${text}${String(chunk)}`.slice(-4_096)
      })
      const late = setTimeout(() => {
        // Chromium's own processes with it.
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
        reject(new Error(`version ${version} did not start within ${withinMs / 1_000} s when it was tried`))
      }, withinMs)
      child.on('error', error => {
        clearTimeout(late)
        reject(new Error(`version ${version} could not be started when it was tried: ${error.message}`))
      })
      child.on('close', code => {
        clearTimeout(late)
        if (code === 0) resolve(text)
        else reject(new Error(`version ${version} ended with ${code} when it was tried`))
      })
    })
    if (!said.split('\n').includes(probeAnswer(version)))
      throw new Error(`what was fetched as version ${version} does not say that it is that`)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}
