import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test as base, expect, type Page } from '@playwright/test'
import { type Standin, startStandin } from './start.ts'

// The built main, preload and page, together. What only Electron's own binary can show is named in start.ts and not claimed here.
const mainBundle = fileURLToPath(new URL('../../out/main/main.js', import.meta.url))

class Kiosk {
  readonly userDataDir = mkdtempSync(join(tmpdir(), 'kaikei-kiosk-'))
  #standin: Standin | null = null

  async start(): Promise<Standin> {
    const chromium = process.env.PLAYWRIGHT_CHROMIUM_PATH
    this.#standin = await startStandin({
      mainBundle,
      userDataDir: this.userDataDir,
      ...(chromium === undefined ? {} : { chromium }),
    })
    return this.#standin
  }

  async end(): Promise<void> {
    await this.#standin?.close()
    rmSync(this.userDataDir, { recursive: true, force: true })
  }
}

const test = base.extend<{ kiosk: Kiosk }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
  kiosk: async ({}, use) => {
    const kiosk = new Kiosk()
    await use(kiosk)
    await kiosk.end()
  },
})

const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name }).first().click()

async function wantsToPay(page: Page): Promise<void> {
  await press(page, '注文をはじめる')
  await press(page, '唐揚げ弁当 を1つ追加')
  await press(page, 'お会計へ')
  await press(page, 'PayPayで支払う')
  await expect(page.locator('.qr svg')).toBeVisible()
}

/** Where the simulator is, from what main says at its start. */
function simulatorUrl(standin: Standin): string {
  const line = standin.stderr.split('\n').find(one => one.includes('phoneUrl')) ?? '{}'
  return new URL((JSON.parse(line) as { phoneUrl: string }).phoneUrl).origin
}

async function approve(standin: Standin): Promise<void> {
  const simulator = simulatorUrl(standin)
  const [code] = (await (await fetch(`${simulator}/_simulator/codes`)).json()) as { codeId: string }[]
  const answer = await fetch(`${simulator}/_simulator/codes/${code?.codeId}/approve`, { method: 'POST' })
  expect(answer.status).toBe(200)
}

test('a sale, from the greeting to the number', async ({ kiosk }) => {
  const standin = await kiosk.start()
  await wantsToPay(standin.page)
  await approve(standin)
  await expect(standin.page.locator('h1', { hasText: 'お支払いが済みました' })).toBeVisible()
})
