import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    // In plain Node the package `electron` looks for its binary and downloads it, so no test ever gets to see it.
    alias: [
      {
        find: /^electron$/,
        replacement: fileURLToPath(new URL('electron/electron.double.ts', import.meta.url)),
      },
    ],
  },
  test: {
    include: [
      '{shared,core,lan,simulator,server,renderer,electron,scripts,simulation,packaging}/**/*.test.{ts,tsx}',
    ],
    restoreMocks: true,
    // No test is about speed: one that takes longer than this stands still, and a busy machine is slow.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
