import { defineConfig } from '@playwright/test'
import type { HostOption } from './e2e/kiosk.ts'
import { findElectron } from './scripts/electron-binary.ts'

/** The built Electron host, with a stand-in for Electron's own binary; it brings its own browser. */
const standin = '**/e2e/electron/*.test.ts'

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
  globalSetup: './e2e/built-page.ts',
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
    // Its own files, and of the server's host those that say the same of a window. Its files build the same bundles, so one comes
    // after the other.
    {
      name: 'electron-standin',
      testIgnore: packages,
      grep: /electron\/|@window/,
      use: { host: 'standin' },
      workers: 1,
      fullyParallel: false,
    },
    // The same on Electron's own program, wherever there is one.
    ...(findElectron() === null
      ? []
      : [
          {
            name: 'electron',
            testIgnore: [standin, packages],
            grep: /@window/,
            use: { host: 'electron' as const },
            workers: 1,
          },
        ]),
    { name: 'deb', testMatch: packages, fullyParallel: false },
  ],
})
