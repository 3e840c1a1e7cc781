import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import { findBrowser } from './browser.ts'
import { startGallery } from './gallery.ts'
import { type GallerySet, GalleryVisit, speaksIn } from './gallery-visit.ts'
import { print, root } from './run.ts'

/**
 * Pictures of every screen in every state, each one measured, to be looked at. `npm test` measures without pictures.
 * `node scripts/gallery-shots.ts [folder] --only code,menu --sizes panel --sets ja,en,ja-large`; ends with 1 on a fault.
 */
const sizes: Readonly<Record<string, { width: number; height: number }>> = {
  portrait: { width: 1080, height: 1920 },
  landscape: { width: 1280, height: 800 },
  panel: { width: 800, height: 480 },
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    sizes: { type: 'string', default: Object.keys(sizes).join(',') },
    sets: { type: 'string', default: 'ja,en,zh,ko,ja-large,en-large,ja-contrast,ja-training,ja-double' },
    axe: { type: 'boolean', default: true },
  },
  allowNegative: true,
})
const folder = resolve(root, positionals[0] ?? 'test-results/gallery')
mkdirSync(folder, { recursive: true })

const faults: string[] = []
let made = 0

const found = await findBrowser()
if (found.path === null) throw new Error(found.says)
const gallery = await startGallery()
const browser = await chromium.launch({ executablePath: found.path, args: ['--disable-quic'] })
try {
  for (const size of list(values.sizes)) for (const set of list(values.sets)) await shootSet(size, set)
} finally {
  await browser.close()
  await gallery.close()
}
for (const fault of faults) print(fault)
print(`${made} pictures in ${folder}, ${faults.length} faults`)
process.exit(faults.length === 0 ? 0 : 1)

async function shootSet(size: string, set: string): Promise<void> {
  const viewport = sizes[size]
  if (!viewport) throw new Error(`There is no size "${size}"; there are ${Object.keys(sizes).join(', ')}`)
  const page = await browser.newPage({ viewport })
  page.on('pageerror', error => faults.push(`${size} ${set}: the page threw: ${error.message}`))
  const visit = new GalleryVisit(page, set as GallerySet)
  const names = await visit.comes(gallery.url)
  const wanted = list(values.only)
  for (const name of names.filter(
    one => speaksIn(one, set as GallerySet) && (wanted.length === 0 || wanted.includes(one)),
  )) {
    await visit.shows(name)
    await page.screenshot({ path: join(folder, `${name}-${set}-${size}.png`) })
    made += 1
    const wrong = [...(await visit.measures()), ...(values.axe ? await visit.isAccessible() : [])]
    faults.push(...wrong.map(one => `${name}-${set}-${size}: ${one}`))
  }
  await page.close()
}

function list(text: string): string[] {
  return text.split(',').filter(Boolean)
}
