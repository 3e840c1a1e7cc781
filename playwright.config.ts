import { defineConfig } from '@playwright/test'
import type { HostOption } from './e2e/kiosk.ts'
import { findElectron } from './scripts/electron-binary.ts'

/** The built Electron host, with a stand-in for Electron's own binary; it brings its own browser. */
const standin = '**/e2e/electron/*.test.ts'

/** Of the server's host those that say the same of a window: all but what carries `@server`, which needs a browser's tabs, clock or network. */
const ofATill =
  '**/e2e/{sale,misfortunes,kill-9,reload,keypad,receipt-of-a-sale,desk-books,desk-day,desk-misfortunes,desk-money-back,desk-returned,desk-shop,network-screens}.test.ts'

/** By `npm run e2e`, where its project was asked for. `npm test` tries of those specs what carries `@window`. */
const isWhole = process.env.KAIKEI_E2E_WHOLE === '1'

/** The package, installed under a root of its own; it needs no browser. */
const packages = '**/e2e/deb/*.test.ts'

/** One project for each shape of screen; the browser may reach loopback and nothing else. */
const shapes = {
  portrait: { width: 1080, height: 1920 },
  landscape: { width: 1280, height: 800 },
  panel: { width: 800, height: 480 },
}

export default defineConfig<HostOption>({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  globalSetup: './e2e/built.ts',
  // Most of a test is waiting for the engine's own pauses, so two share a machine well.
  workers: 2,
  fullyParallel: true,
  timeout: 90_000,
  expect: { timeout: 25_000 },
  forbidOnly: true,
  use: {
    locale: 'ja-JP',
    launchOptions: {
      ...(process.env.PLAYWRIGHT_CHROMIUM_PATH
        ? { executablePath: process.env.PLAYWRIGHT_CHROMIUM_PATH }
        : {}),
      args: [
        '--disable-quic',
        // Where there is none, a sixth of a test's work is to imitate it.
        '--disable-gpu',
        '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1',
      ],
    },
  },
  projects: [
    ...Object.entries(shapes).map(([name, viewport]) => ({
      name,
      testIgnore: [standin, packages],
      use: { viewport },
      // Words are longest where there is least room: on the panel, and beside it in landscape.
      ...(name === 'landscape' ? {} : { grep: name === 'panel' ? /@every-size|@panel/ : /@every-size/ }),
    })),
    {
      name: 'electron-standin',
      testMatch: [standin, ofATill],
      grep: isWhole ? /./ : /electron\/|@window/,
      grepInvert: /@server/,
      use: { host: 'standin' },
    },
    // Those of a till and the contract, on Electron's own program, wherever there is one.
    ...(findElectron() === null
      ? []
      : [
          {
            name: 'electron',
            testMatch: [ofATill, '**/e2e/electron/contract.test.ts'],
            grepInvert: /@server/,
            use: { host: 'electron' as const },
            // Each takes the whole screen.
            workers: 1,
          },
        ]),
    { name: 'deb', testMatch: packages, fullyParallel: false },
  ],
})
