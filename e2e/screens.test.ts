import { expect, type Page, test } from '@playwright/test'
import { startGallery } from '../scripts/gallery.ts'
import { type GallerySet, GalleryVisit, isDesk, speaksIn } from '../scripts/gallery-visit.ts'

// Every screen in every state it can be in, drawn from made-up data: also those that a sale rarely meets. Each is measured:
// letters of 24 px, targets of 64, nothing cut off or lying on anything else, the primary action and the round place where they
// always are, a QR that a reader reads.

let gallery: Awaited<ReturnType<typeof startGallery>>
test.beforeAll(async () => {
  gallery = await startGallery()
})
test.afterAll(() => gallery.close())

/** One screen of each kind: for what differs by words and colours, not by state. */
const oneOfEach = [
  'attract',
  'menu',
  'keypad-over',
  'review',
  'code',
  'code-last',
  'checking-leave',
  'thank-you',
  'thank-you-told',
  'receipt-open-print',
  'unpaid-declined',
  'returning',
  'problem-unknown',
  'closed',
  'still-there',
  'network-pair',
  'network-authority',
  'network-display-code',
]

type Wish = { readonly only?: readonly string[] | ((name: string) => boolean); readonly axe: boolean }

async function faultsOf(page: Page, set: GallerySet, { only, axe }: Wish): Promise<readonly string[]> {
  const faults: string[] = []
  page.on('pageerror', error => faults.push(`the page threw: ${error.message}`))
  const visit = new GalleryVisit(page, set)
  const names = await visit.comes(gallery.url)
  expect(names).toEqual(expect.arrayContaining([...oneOfEach]))
  const isCustomers = (name: string) => !isDesk(name)
  const wanted = Array.isArray(only) ? only : names.filter(typeof only === 'function' ? only : isCustomers)
  for (const name of wanted.filter(one => speaksIn(one, set))) {
    await visit.shows(name)
    const wrong = [...(await visit.measures()), ...(axe ? await visit.isAccessible() : [])]
    faults.push(...wrong.map(one => `${name}: ${one}`))
  }
  return faults
}

test('every screen in every state has its place, its size, and nothing that axe finds @every-size', async ({
  page,
}) => {
  test.setTimeout(150_000)
  expect(await faultsOf(page, 'ja', { axe: true })).toEqual([])
})

// The attendant's desk: letters of 13 px, targets of 44.
test('the desk in every state has its size, and, where staff see it, nothing that axe finds @every-size', async ({
  page,
  viewport,
}) => {
  test.setTimeout(150_000)
  // What axe looks at is the same in every size but for the layout, which is measured in each.
  const isLandscape = (viewport?.width ?? 0) > 1_080
  expect(await faultsOf(page, 'ja', { axe: isLandscape, only: isDesk })).toEqual([])
})

test('the desk in English has room for its words', async ({ page }) => {
  test.setTimeout(150_000)
  expect(await faultsOf(page, 'en', { axe: false, only: isDesk })).toEqual([])
})

// WCAG 1.4.4: with letters twice as large nothing is lost, cut off or covered.
test('the desk at 200 % keeps everything within reach', async ({ page }) => {
  test.setTimeout(150_000)
  expect(await faultsOf(page, 'ja-double', { axe: false, only: isDesk })).toEqual([])
})

test('axe finds nothing at the desk in ja-contrast', async ({ page }) => {
  test.setTimeout(90_000)
  const only = ['desk-door-wait', 'desk', 'desk-list-cases', 'desk-case-close', 'desk-back-refused']
  expect(await faultsOf(page, 'ja-contrast', { axe: true, only })).toEqual([])
})

for (const set of ['en', 'zh', 'ko', 'ja-large', 'en-large', 'ja-training', 'en-training'] as const) {
  test(`nothing is too long for its place in ${set} @panel`, async ({ page, viewport }) => {
    test.setTimeout(90_000)
    // The panel has the least room: there every state is measured.
    const isPanel = (viewport?.height ?? 0) < 600
    const wish = isPanel ? { axe: false } : { axe: false, only: [...oneOfEach, 'menu-long', 'review-names'] }
    expect(await faultsOf(page, set, wish)).toEqual([])
  })
}

for (const set of ['en', 'zh', 'ko', 'ja-large', 'ja-contrast'] as const) {
  test(`axe finds nothing in ${set}`, async ({ page }) => {
    test.setTimeout(90_000)
    expect(await faultsOf(page, set, { axe: true, only: oneOfEach })).toEqual([])
  })
}
