import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, chromium, type Page } from '@playwright/test'
import { findBrowser } from './browser.ts'
import { startGallery } from './gallery.ts'
import { look } from './gallery-look.ts'
import { readQr } from './qr-reader.ts'
import { print, root } from './run.ts'

/**
 * Pictures of every screen in every state, each one measured: letters of 24 px, targets of 64, nothing cut off or overlapping,
 * the primary action and the round place where they always are, a QR that can be read, nothing that axe finds.
 * `node scripts/gallery-shots.ts [folder] --only code,menu --sizes panel --sets ja,en,ja-large`; ends with 1 on a fault.
 */
const sizes = {
  portrait: { width: 1080, height: 1920 },
  landscape: { width: 1280, height: 800 },
  panel: { width: 800, height: 480 },
} as const
type Size = keyof typeof sizes

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    sizes: { type: 'string', default: Object.keys(sizes).join(',') },
    sets: { type: 'string', default: 'ja,en,zh,ko,ja-large,en-large,ja-contrast,ja-training' },
    axe: { type: 'boolean', default: true },
  },
  allowNegative: true,
})
const folder = resolve(root, positionals[0] ?? 'test-results/gallery')
mkdirSync(folder, { recursive: true })

const faults: string[] = []
/** Where the primary action and the round place were first seen, by size: they may be nowhere else. */
const places = new Map<string, string>()
let made = 0

const found = await findBrowser()
if (found.path === null) throw new Error(found.says)
const gallery = await startGallery()
const browser = await chromium.launch({ executablePath: found.path, args: ['--disable-quic'] })
try {
  for (const size of list(values.sizes) as Size[])
    for (const set of list(values.sets)) await shootSet(browser, size, set)
} finally {
  await browser.close()
  await gallery.close()
}
for (const fault of faults) print(fault)
print(`${made} pictures in ${folder}, ${faults.length} faults`)
process.exit(faults.length === 0 ? 0 : 1)

async function shootSet(browser: Browser, size: Size, set: string): Promise<void> {
  const [locale = 'ja', manner = ''] = set.split('-')
  const context = await browser.newContext({
    viewport: sizes[size],
    reducedMotion: 'reduce',
    contrast: manner === 'contrast' ? 'more' : 'no-preference',
  })
  const page = await context.newPage()
  page.on('pageerror', error => faults.push(`${size} ${set}: the page threw: ${error.message}`))
  await page.goto(`${gallery.url}?screen=none`)
  await page.locator('a').first().waitFor()
  const names = await page.locator('a').allInnerTexts()
  const wanted = list(values.only)
  for (const name of names.filter(one => wanted.length === 0 || wanted.includes(one))) {
    const asked = new URLSearchParams({ screen: name, locale })
    if (manner === 'large') asked.set('large', '1')
    if (manner === 'training') asked.set('mode', 'training')
    if (manner === 'called') asked.set('called', '1')
    await shoot(page, size, `${name}-${set}-${size}`, `?${asked}`)
  }
  await context.close()
}

async function shoot(page: Page, size: Size, name: string, address: string): Promise<void> {
  await page.evaluate(async to => {
    history.pushState(null, '', to)
    dispatchEvent(new PopStateEvent('popstate'))
    const frame = () => new Promise(resolve => requestAnimationFrame(resolve))
    await frame()
    await frame()
    const images = [...document.images].filter(image => image.getBoundingClientRect().top < innerHeight)
    await Promise.race([
      Promise.all(images.map(image => image.decode().catch(() => {}))),
      new Promise(resolve => setTimeout(resolve, 2_000)),
    ])
    await document.fonts.ready
    await frame()
  }, address)
  const file = join(folder, `${name}.png`)
  const picture = await page.screenshot({ path: file })
  made += 1
  const { wrong, go, seal, qr } = await page.evaluate(look, { letterPx: 24, targetPx: 64 })
  for (const one of wrong) faults.push(`${name}: ${one}`)
  stays(`${size} primary action`, go, name)
  stays(`${size} round place`, seal, name)
  if (qr) {
    const side = Math.min(sizes[size].width, sizes[size].height)
    if (qr.widthPx < side * 0.45)
      faults.push(`${name}: the QR is ${qr.widthPx} px wide, under 45 % of ${side}`)
    if (!Number.isInteger(qr.modulePx)) faults.push(`${name}: a module of the QR is ${qr.modulePx} px`)
    if (!readQr(picture)?.startsWith('https://'))
      faults.push(`${name}: the QR cannot be read from the picture`)
  }
  if (!values.axe) return
  const { violations } = await new AxeBuilder({ page }).analyze()
  for (const one of violations)
    faults.push(
      `${name}: axe ${one.id}: ${one.nodes
        .map(node => node.target.join(' '))
        .slice(0, 3)
        .join(', ')}`,
    )
}

function stays(what: string, place: string | null, name: string): void {
  if (place === null) return
  const first = places.get(what)
  if (first === undefined) places.set(what, place)
  else if (first !== place) faults.push(`${name}: the ${what} is at ${place}, elsewhere at ${first}`)
}

function list(text: string): string[] {
  return text.split(',').filter(Boolean)
}
