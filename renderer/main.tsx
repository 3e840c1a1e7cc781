import { createRoot } from 'react-dom/client'
import { createActor } from 'xstate'
import { openApi, openDisplayApi } from './api.ts'
import { DELAYS } from './checkout/delays.ts'
import { kioskMachine } from './checkout/machine.ts'
import { saleMemory } from './checkout/memory.ts'
import { saleOf } from './checkout/showing.ts'
import { BugShelter } from './document.tsx'
import { followPointer } from './pointer.ts'
import { loadReceipts } from './receipts.ts'
import { openSound } from './sound.ts'
import { startTexts } from './text/i18n.ts'
import { Till } from './till.tsx'
import { refuseWaysOut } from './walls.ts'

const page = document.querySelector('#page')
if (!page) throw new Error('index.html has no element with the id "page"; put one back')
refuseWaysOut(window)
const lane = new URLSearchParams(window.location.search).get('lane') ?? 'main'
followPointer(window, document.documentElement)
// What a till does not need is loaded only by screens of the network, and by the other display of a till's window.
switch (window.location.pathname) {
  case '/pair':
  case '/authority':
    await openSetup(page, window.location.pathname === '/pair' ? 'pair' : 'authority')
    break
  case '/display':
    await openDisplay(page, lane)
    break
  default:
    await openKiosk(page, lane)
}

async function openSetup(page: Element, which: 'pair' | 'authority'): Promise<void> {
  const { NetworkPages } = await import('./network/pages.tsx')
  await startTexts('ja')
  const wasRevoked = new URLSearchParams(window.location.search).has('ended')
  createRoot(page).render(<NetworkPages page={which} wasRevoked={wasRevoked} />)
}

async function openDisplay(page: Element, lane: string): Promise<void> {
  const { Display } = await import('./network/display.tsx')
  await startTexts('ja')
  createRoot(page).render(
    <BugShelter locale="ja" onBug={loadAgainSoon}>
      <Display api={openDisplayApi()} lane={lane} />
    </BugShelter>,
  )
}

async function openKiosk(page: Element, lane: string): Promise<void> {
  if (!/^[A-Za-z0-9-]{1,32}$/.test(lane)) {
    // Falling back to another lane would put two screens on one customer's checkout.
    page.textContent = `This address names a lane that cannot be: "${lane}". Write ?lane= and 1 to 32 letters, digits or hyphens, for example ?lane=counter-1`
    return
  }
  const memory = saleMemory(() => window.sessionStorage, lane)
  const sale = memory.read()
  const api = openApi()
  const ports = { api, monotonicMs: () => performance.now(), play: openSound(), loadReceipts }
  const kiosk = createActor(kioskMachine, { input: { ports, lane, sale } })
  kiosk.subscribe({ next: snapshot => memory.write(saleOf(snapshot)), error: loadAgainSoon })
  kiosk.start()

  const { locale } = kiosk.getSnapshot().context
  await startTexts(locale)
  createRoot(page).render(
    <BugShelter locale={locale} onBug={loadAgainSoon}>
      <Till kiosk={kiosk} lane={lane} desk={api} />
    </BugShelter>,
  )
}

/** After a bug. The page finds its place again by core's snapshot. */
function loadAgainSoon(): void {
  setTimeout(() => window.location.reload(), DELAYS.reloadAfterBugMs)
}
