import { createRoot } from 'react-dom/client'
import { openApi } from './api.ts'
import { App } from './app.tsx'
import { saleMemory } from './checkout/memory.ts'
import { startTexts } from './text/i18n.ts'
import { openSound } from './sound.ts'

const asked = new URLSearchParams(window.location.search).get('lane') ?? ''
const lane = /^[A-Za-z0-9-]{1,32}$/.test(asked) ? asked : 'main'
const memory = saleMemory(() => window.sessionStorage, lane)
const sale = memory.read()
const ports = { api: openApi(), monotonicMs: () => performance.now(), play: openSound() }

const place = document.querySelector('#page')
if (!place) throw new Error('index.html has no #page')
await startTexts(sale?.locale ?? 'ja')
createRoot(place).render(<App input={{ ports, lane, sale }} memory={memory} />)
