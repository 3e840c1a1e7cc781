import { expect, type Page, test } from '@playwright/test'
import { startGallery } from '../scripts/gallery.ts'
import { GalleryVisit } from '../scripts/gallery-visit.ts'
import { forget, type Stop, standing, unreached } from './keyboard-walk.ts'

// The desk by keyboard alone, page by page: whatever a finger can press, Tab reaches, shows that it is there, and leaves again.

let gallery: Awaited<ReturnType<typeof startGallery>>
test.beforeAll(async () => {
  gallery = await startGallery()
})
test.afterAll(() => gallery.close())

/** Each page of the desk, and what opens on it. */
const screens = [
  'desk',
  'desk-list-filters',
  'desk-list-cases',
  'desk-one-answers',
  'desk-case-close',
  'desk-back-lines',
  'desk-back-second',
  'desk-day',
  'desk-day-compare',
  'desk-day-differs-list',
  'desk-catalogue-product',
  'desk-catalogue-categories',
  'desk-settings',
  'desk-settings-keys',
  'desk-users-add',
  'desk-audit',
  'desk-health',
  'desk-strips',
]

/** More than any page of the desk has to stop at. */
const MOST_STOPS = 160

/** Presses the key until the walk has come round, and tells every stop in the order of the presses. */
async function walk(page: Page, key: 'Tab' | 'Shift+Tab'): Promise<{ stops: Stop[]; isRound: boolean }> {
  const stops: Stop[] = []
  await page.evaluate(forget)
  for (let press = 0; press < MOST_STOPS; press += 1) {
    await page.keyboard.press(key)
    const stop = await page.evaluate(standing, press)
    // After the last stop comes the browser's own bar, which is none of the page.
    if (stop === null) continue
    if (stops.length > 1 && stop.seenAt === stops[0]?.seenAt) return { stops, isRound: true }
    // A field for a date is several stops in one.
    if (stop.seenAt === press) stops.push(stop)
  }
  return { stops, isRound: false }
}

test('every stop of every page is named, seen and left, forwards and back', async ({ page }) => {
  // Some two thousand presses, one after the other.
  test.setTimeout(180_000)
  const visit = new GalleryVisit(page, 'ja')
  await visit.comes(gallery.url)
  const faults: string[] = []
  for (const screen of screens) {
    await visit.shows(screen)
    const there = await walk(page, 'Tab')
    const missed = await page.evaluate(unreached)
    const back = await walk(page, 'Shift+Tab')
    expect(there.stops.length, screen).toBeGreaterThan(8)
    const wrong = [
      ...(there.isRound ? [] : ['Tab does not come round']),
      ...(back.isRound ? [] : ['Shift+Tab does not come round']),
      ...there.stops.flatMap(stop => stop.faults.map(fault => `${stop.name}: ${fault}`)),
      ...missed.map(name => `${name}: never reached`),
      ...(back.stops.length === there.stops.length
        ? []
        : [`${there.stops.length} stops, and ${back.stops.length} back`]),
    ]
    faults.push(...wrong.map(one => `${screen}: ${one}`))
  }
  expect(faults).toEqual([])
})
