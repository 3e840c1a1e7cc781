import { defineConfig } from '@playwright/test'
export default defineConfig({ testDir: '/work/main/electron/standin', outputDir: '/tmp/eb/pw', workers: 1, timeout: 60000, expect: { timeout: 15000 } })
