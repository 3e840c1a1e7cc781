// The customer's phone: shows what the tills ask for and lets a person pay, decline or walk away. Plain and without a
// library; the words about money always come from what the simulator says, never from what was pressed.

import { makeSlide } from './slide.js'
import { clockOf, conditionOf, refusals, resultOf, shopOf } from './words.js'

const SLOW_NETWORK_MS = 5_000
const SOON_MS = 30_000

const at = id => document.getElementById(id)
const screens = { find: at('find'), pay: at('pay'), sending: at('sending'), result: at('result') }

const state = {
  /** Newest first, as the simulator's event gives them. */
  codes: [],
  sums: { capturedYen: 0, returnedYen: 0, keptYen: 0 },
  /** PayPay's clock minus this browser's, ms. */
  aheadMs: 0,
  screen: 'find',
  /** The code in the phone's hand. */
  codeId: null,
  /** Why nothing was charged, in both languages, after a decline or a refusal. */
  refusal: null,
  /** When a payment over the slow network arrives, by this browser's clock. */
  sendsAtMs: null,
}

const events = new EventSource('/_simulator/events')
events.addEventListener('codes', event => {
  const { nowMs, codes, sums } = JSON.parse(event.data)
  Object.assign(state, { codes, sums, aheadMs: nowMs - Date.now() })
  show()
})
events.addEventListener('error', () => document.body.classList.add('away'))
events.addEventListener('open', () => document.body.classList.remove('away'))
setInterval(show, 1_000)

/** Does something with a code; null where the simulator does not answer, and nothing is known. */
async function act(codeId, what) {
  const url = `/_simulator/codes/${encodeURIComponent(codeId)}/${what}`
  const answer = await fetch(url, { method: 'POST' })
    .then(response => response.json())
    .catch(() => null)
  document.body.classList.toggle('away', answer === null)
  if (answer === null) return null
  const known = state.codes.findIndex(code => code.codeId === codeId)
  if (answer.code && known >= 0) state.codes[known] = answer.code
  return answer
}

async function pick(codeId) {
  const code = state.codes.find(one => one.codeId === codeId)
  Object.assign(state, { codeId, refusal: null })
  if (!code.live) return turnTo('result')
  const answer = await act(codeId, 'scan')
  if (answer === null) return leave()
  if (!answer.done) state.refusal = refusals[answer.outcome]
  turnTo(answer.done ? 'pay' : 'result')
}

async function pay() {
  const { codeId } = state
  if (at('slow').checked) {
    state.sendsAtMs = Date.now() + SLOW_NETWORK_MS
    turnTo('sending')
    await new Promise(resolve => setTimeout(resolve, SLOW_NETWORK_MS))
  }
  const answer = await act(codeId, 'approve')
  if (state.codeId !== codeId) return
  if (answer === null) return turnTo('pay')
  state.refusal = answer.done ? null : refusals[answer.outcome]
  turnTo('result')
}

async function decline() {
  const answer = await act(state.codeId, 'decline')
  if (answer === null) return
  state.refusal = refusals[answer.done ? 'declined' : answer.outcome]
  turnTo('result')
}

function leave() {
  state.codeId = null
  turnTo('find')
}

/** Changes the screen and takes the reader along. */
function turnTo(screen) {
  state.screen = screen
  resetSlide()
  show()
  const heading = { pay: at('shop'), sending: at('sending-title'), result: at('result-title') }[screen]
  heading?.focus()
}

function show() {
  for (const [name, element] of Object.entries(screens)) element.hidden = name !== state.screen
  at('desk').dataset.view = state.screen === 'find' ? 'list' : 'phone'
  showCodes()
  for (const [id, amountYen] of [
    ['captured', state.sums.capturedYen],
    ['returned', state.sums.returnedYen],
    ['kept', state.sums.keptYen],
  ])
    showYen(at(id), amountYen)
  const code = state.codes.find(one => one.codeId === state.codeId)
  if (!code) return
  if (state.screen === 'pay') showPay(code)
  if (state.screen === 'sending') showSending()
  if (state.screen === 'result') showResult(code)
}

/** The rows are kept and refilled, so that the focus stays where it is. */
function showCodes() {
  const list = at('codes')
  at('empty').hidden = state.codes.length > 0
  const rows = new Map([...list.children].map(row => [row.dataset.codeId, row]))
  for (const [index, code] of state.codes.entries()) {
    const row = rows.get(code.codeId) ?? newRow(code)
    rows.delete(code.codeId)
    if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null)
    fillRow(row, code)
  }
  for (const row of rows.values()) row.remove()
}

function newRow(code) {
  const row = at('code').content.firstElementChild.cloneNode(true)
  row.dataset.codeId = code.codeId
  row.querySelector('.slip-shop').textContent = shopOf(code)
  showYen(row.querySelector('.slip-amount'), code.amount)
  row.querySelector('button').addEventListener('click', () => void pick(code.codeId))
  return row
}

function fillRow(row, code) {
  const { shape, words } = conditionOf(code, leftMs(code))
  row.classList.toggle('gone', !code.live || leftMs(code) === 0)
  row.querySelector('button').setAttribute('aria-current', String(code.codeId === state.codeId))
  const condition = row.querySelector('.slip-state')
  condition.className = `slip-state is-${shape}`
  condition.querySelector('use').setAttribute('href', `#shape-${shape}`)
  condition.querySelector('span').textContent = words
}

function showPay(code) {
  const rest = leftMs(code)
  at('crest').textContent = [...shopOf(code)][0]
  at('shop').textContent = shopOf(code)
  at('what').textContent = code.orderDescription ?? ''
  showYen(at('amount'), code.amount)
  at('left').classList.toggle('soon', rest <= SOON_MS)
  at('left-words').textContent = rest > 0 ? `のこり ${clockOf(rest)}` : 'のこり時間はありません'
  at('ring').style.setProperty('--rest', String((100 * rest) / (code.expiryDate * 1_000 - code.createdAtMs)))
  // Paying stays possible to try: whether PayPay still honours it is exactly what one wants to find out here.
  const gone = code.deleted ? 'deleted' : rest === 0 ? 'expired' : null
  say(at('warn'), gone ? refusals[gone] : null)
}

function showSending() {
  const seconds = Math.max(0, Math.ceil((state.sendsAtMs - Date.now()) / 1_000))
  say(at('sending-words'), [`電波が弱いようです。あと${seconds}秒。`, 'The network is slow.'])
}

function showResult(code) {
  const { seal, title, amountYen, words } = resultOf(code, state.refusal)
  at('seal').className = `round ${seal}`
  at('seal').textContent = { stamped: '済', returned: '返', nothing: '¥0' }[seal]
  at('result-title').textContent = title
  at('result-amount').hidden = amountYen === null
  if (amountYen !== null) showYen(at('result-amount'), amountYen)
  say(at('result-words'), words)
}

/** Japanese first, then a small English line. */
function say(element, words) {
  const [ja, en] = words ?? ['', '']
  if (element.dataset.said === ja) return
  element.dataset.said = ja
  element.replaceChildren()
  if (!words) return
  const small = Object.assign(document.createElement('small'), { lang: 'en', textContent: en })
  element.append(ja, document.createElement('br'), small)
}

function showYen(element, amountYen) {
  const figures = amountYen.toLocaleString('ja-JP')
  if (element.dataset.figures === figures) return
  element.dataset.figures = figures
  element.classList.toggle('long', figures.length > 7)
  element.classList.toggle('longer', figures.length > 9)
  element.replaceChildren(Object.assign(document.createElement('i'), { textContent: '¥' }), figures)
}

const leftMs = code => Math.max(0, code.expiryDate * 1_000 - (Date.now() + state.aheadMs))

const resetSlide = makeSlide(at('slide'), () => void pay())
at('leave').addEventListener('click', leave)
at('done').addEventListener('click', leave)
at('decline').addEventListener('click', () => void decline())
