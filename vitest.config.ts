import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{shared,core,simulator,server,renderer,electron,scripts,simulation}/**/*.test.{ts,tsx}'],
    restoreMocks: true,
  },
})
