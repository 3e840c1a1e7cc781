import { expect, type Page, test } from '@playwright/test'
import { startGallery } from '../scripts/gallery.ts'
import { GalleryVisit } from '../scripts/gallery-visit.ts'
import { forget, type Stop, standing, unnamed, unreached } from './keyboard-walk.ts'

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

/** Where what comes before is not what comes after, because something is open: walked backwards too. */
const walkedBack = new Set([
  'desk',
  'desk-list-filters',
  'desk-back-second',
  'desk-day',
  'desk-settings-keys',
])

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

test('every stop of every page is named, seen and left', async ({ page }) => {
  // Some thousand presses, one after the other.
  test.setTimeout(180_000)
  const visit = new GalleryVisit(page, 'ja')
  await visit.comes(gallery.url)
  const faults: string[] = []
  for (const screen of screens) {
    await visit.shows(screen)
    const there = await walk(page, 'Tab')
    const missed = await page.evaluate(unreached)
    const back = walkedBack.has(screen) ? await walk(page, 'Shift+Tab') : there
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

test('keys walk the list to its end and back, and the keyboard stays on the row', async ({ page }) => {
  const visit = new GalleryVisit(page, 'ja')
  await visit.comes(gallery.url)
  await visit.shows('desk-list')
  const row = (claim: string) => page.locator(`.row[data-claim="${claim}"]`)
  const standsOn = async (claim: string): Promise<void> => {
    await expect(row(claim)).toBeFocused()
    await expect(row(claim)).toHaveAttribute('aria-current', 'true')
    await expect(row(claim)).toBeInViewport({ ratio: 0.9 })
  }
  await row('014').focus()
  await page.keyboard.press('ArrowDown')
  await standsOn('013')
  await page.keyboard.press('ArrowUp')
  await standsOn('014')
  await page.keyboard.press('PageDown')
  await expect(row('014')).not.toBeFocused()
  await page.keyboard.press('Home')
  await standsOn('014')
  // The last of 510; each press goes to the end of what has come so far, sixty more at a time.
  await expect(async () => {
    await page.keyboard.press('End')
    await expect(row('400')).toBeFocused({ timeout: 200 })
  }).toPass()
  await standsOn('400')
  await page.keyboard.press('PageUp')
  await expect(row('400')).not.toBeFocused()
  await expect(page.locator('.row:focus')).toBeInViewport({ ratio: 0.9 })
  await page.keyboard.press('Home')
  await standsOn('014')
})

/** What opens on a page: what opens it, what the keyboard is in, and what is gone after Escape. */
const openings = [
  ['desk-list', '.find [aria-expanded]:last-child', '.filters select', '.filters'],
  ['desk-list', '.find [aria-expanded]:nth-last-child(2)', '.find ~ .pad .key', '.find ~ .pad'],
  ['desk-case', '.case-moves [aria-expanded]', '.case-close input', '.case-close'],
  ['desk', '.tl-head [aria-expanded] >> nth=0', null, '.said'],
  ['desk-day', '.day-hours [aria-expanded]', null, '.day-hours div:not([class]) > table'],
] as const

test('Escape closes what is open, and the keyboard is where it came from', async ({ page }) => {
  const visit = new GalleryVisit(page, 'ja')
  await visit.comes(gallery.url)
  for (const [screen, opener, inside, panel] of openings) {
    await visit.shows(screen)
    await page.locator(opener).focus()
    await page.keyboard.press('Enter')
    await expect(page.locator(panel).first(), opener).toBeVisible()
    if (inside) {
      // The walk shows that Tab comes here.
      await page.locator(inside).first().focus()
    }
    await page.keyboard.press('Escape')
    await expect(page.locator(panel), opener).toHaveCount(0)
    await expect(page.locator(opener)).toBeFocused()
    await expect(page.locator(opener)).toHaveAttribute('aria-expanded', 'false')
  }
  // With nothing open it does nothing, but for the search, which it empties.
  await visit.shows('desk-list')
  const search = page.getByRole('searchbox').or(page.locator('.find input'))
  await page.keyboard.press('/')
  await page.keyboard.type('012')
  await page.keyboard.press('Escape')
  await expect(search).toHaveValue('')
  await expect(search).toBeFocused()
})

type Doing = readonly ['on', string] | readonly ['press' | 'type' | 'sees' | 'standsIn', string]
/** What each page is for, done with keys: where the keyboard is led to, what is pressed, what is seen. */
const doings: Readonly<Record<string, readonly Doing[]>> = {
  'desk-door': [
    ['type', '123456'],
    ['press', 'Enter'],
    ['sees', '.one-head'],
  ],
  desk: [
    ['on', '[data-reason=soldOut]'],
    ['press', 'Space'],
    ['on', '.dgo'],
    ['press', 'Enter'],
    ['sees', '.refund-told'],
    ['standsIn', '.refund'],
  ],
  'desk-list': [
    ['press', '/'],
    ['standsIn', '.find'],
    ['type', '０１２'],
    ['press', 'Enter'],
    ['sees', '.one-main[data-claim="012"]'],
  ],
  'desk-day': [
    ['on', '.day-buttons .dbtn'],
    ['press', 'Enter'],
    ['sees', '.day-box [role=status] p'],
  ],
  'desk-catalogue-product': [
    ['on', '[data-field=priceYen] input'],
    ['press', 'Control+A'],
    ['type', '330'],
    ['on', '[data-save]'],
    ['press', 'Enter'],
    ['sees', '.told .is-good'],
    ['standsIn', '.upkeep'],
  ],
  'desk-settings': [
    ['on', '[data-field=capYen] input'],
    ['press', 'Control+A'],
    ['type', '20000'],
    ['on', '[data-save]'],
    ['press', 'Space'],
    ['sees', '.told .is-good'],
  ],
  'desk-users-list': [
    ['on', '[data-add]'],
    ['press', 'Enter'],
    ['on', '[data-field=name] input'],
    ['type', 'Sato'],
    ['on', '.pin-field .digits-field'],
    ['type', '271828'],
    ['on', '[data-save]'],
    ['press', 'Enter'],
    ['sees', '.row[data-user][aria-current=true]'],
    ['standsIn', '.upkeep'],
  ],
  'desk-audit': [
    ['on', '.audit select'],
    ['press', 'ArrowDown'],
    ['sees', '.entry'],
    ['standsIn', '.audit'],
  ],
  'desk-health': [
    ['on', '.health-page'],
    ['press', 'End'],
    ['sees', '.latency'],
  ],
  'desk-strips': [
    ['on', '.desk-strip .dbtn'],
    ['press', 'Enter'],
    ['sees', '.one-head'],
  ],
}

test('each page does what it is for by keys alone', async ({ page }) => {
  const visit = new GalleryVisit(page, 'ja')
  await visit.comes(gallery.url)
  for (const [screen, steps] of Object.entries(doings)) {
    await visit.shows(screen)
    for (const [what, where] of steps) {
      if (what === 'on') await page.locator(where).first().focus()
      else if (what === 'press') await page.keyboard.press(where)
      else if (what === 'type') await page.keyboard.type(where)
      else if (what === 'sees') await expect(page.locator(where).first(), `${screen}: ${where}`).toBeVisible()
      else await expect(page.locator(`${where}:focus, ${where} :focus`).first(), screen).toBeAttached()
    }
  }
})

test('each page is told by its landmarks and headings', async ({ page }) => {
  const visit = new GalleryVisit(page, 'ja')
  await visit.comes(gallery.url)
  const faults: string[] = []
  for (const screen of screens) {
    await visit.shows(screen)
    faults.push(...(await page.evaluate(unnamed)).map(fault => `${screen}: ${fault}`))
  }
  expect(faults).toEqual([])
})
