import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { findBrowser } from './browser.ts'
import { print, root } from './run.ts'

/** The installers' icon, drawn from the page's own: electron-builder makes every system's kind from this one. */
const SIDE_PX = 1_024

const found = await findBrowser()
if (found.path === null) throw new Error(found.says)
const folder = join(root, 'electron/icons')
mkdirSync(folder, { recursive: true })
const svg = readFileSync(join(root, 'renderer/public/icon.svg'), 'utf8')
const browser = await chromium.launch({ executablePath: found.path })
try {
  const page = await browser.newPage({ viewport: { width: SIDE_PX, height: SIDE_PX } })
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw }</style>${svg}`)
  await page.screenshot({ path: join(folder, 'icon.png'), omitBackground: true })
} finally {
  await browser.close()
}
print('electron/icons/icon.png')
