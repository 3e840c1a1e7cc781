import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{shared,core,simulator,server,renderer,electron,scripts}/**/*.test.{ts,tsx}'],
    restoreMocks: true,
  },
})
