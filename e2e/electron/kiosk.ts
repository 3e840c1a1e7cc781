import { chmodSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test as base, type Page } from '@playwright/test'
import { type Ended, type Standin, type StandinOptions, startStandin } from '../../electron/standin/start.ts'
import { tempDir } from '../host.ts'
import type { Answer } from '../kiosk.ts'
import { Paypay } from '../paypay.ts'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** What the preload puts into the page, for code that runs in it. */
export type Exposed = typeof globalThis & {
  readonly kaikei: Readonly<Record<'call' | 'callDesk', (method: string, input: unknown) => Promise<Answer>>>
}

/** A till with a window: main in a process of its own, its data in a folder that is gone after the test. */
export class Kiosk {
  readonly #data = tempDir()
  #standin: Standin | null = null

  async start({ args = [], env = {} }: Partial<Pick<StandinOptions, 'args' | 'env'>> = {}): Promise<void> {
    const chromium = process.env.PLAYWRIGHT_CHROMIUM_PATH
    this.#standin = await startStandin({
      mainBundle: `${root}out/main/main.js`,
      userDataDir: this.#data.path,
      args,
      env,
      ...(chromium === undefined ? {} : { chromium }),
    })
  }

  /** As the system asks an application to end. */
  async close(): Promise<Ended> {
    return this.standin.close()
  }

  /** Writes over a file of the till's. */
  spoil(name: string, text: string): void {
    this.#data.file(`till/${name}`, text)
  }

  /** A program of this name for main to find; answers its path. */
  program(name: string, script: string): string {
    const file = this.#data.file(name, `#!/bin/sh\n${script}\n`)
    chmodSync(file, 0o755)
    return file
  }

  get standin(): Standin {
    if (!this.#standin) throw new Error('the kiosk was not started')
    return this.#standin
  }

  /** Everything that this till has written. */
  get userDataDir(): string {
    return this.#data.path
  }

  get page(): Page {
    return this.standin.page
  }

  /** Main says at its start where the customer's phone is. */
  get phoneUrl(): string {
    const line = this.standin.stderr.split('\n').find(one => one.includes('"phoneUrl"')) ?? '{}'
    return (JSON.parse(line) as { phoneUrl: string }).phoneUrl
  }

  get paypay(): Paypay {
    return new Paypay(new URL(this.phoneUrl).origin)
  }

  async end(): Promise<void> {
    await this.#standin?.close()
    this.#data.remove()
  }
}

export const test = base.extend<{ kiosk: Kiosk }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
  kiosk: async ({}, use) => {
    const kiosk = new Kiosk()
    await kiosk.start()
    await use(kiosk)
    await kiosk.end()
  },
})
