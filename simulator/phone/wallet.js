// What users with a PayPay account are asked beside codes: to be linked, to agree to a higher amount, to pay a request. Plain and without a
// library; what became of an answer is what the simulator says.

const at = id => document.getElementById(id)
/** The question that a merchant's page has sent this browser here for. */
const wanted = new URLSearchParams(location.search).get('ask')

const kinds = {
  link: ['お店とアカウントをつなぎますか', 'Link your account with the shop?'],
  capture: ['確保した額より多い支払いを認めますか', 'Let the shop take more than what is held?'],
  reauthorization: ['確保する額を増やしますか', 'Let the shop hold more?'],
  request: ['お店からの支払いのお願い', 'The shop asks for a payment'],
  topup: ['アカウントに入金しますか', 'Put money into the account?'],
}

const events = new EventSource('/_simulator/events')
events.addEventListener('codes', () => void show())

async function show() {
  const [asks, users] = await Promise.all(
    ['asks', 'users'].map(what => fetch(`/_simulator/${what}`).then(answer => answer.json())),
  )
  const open = asks
    .filter(ask => ask.isOpen)
    .toSorted((one, other) => Number(other.askId === wanted) - Number(one.askId === wanted))
  at('none').hidden = open.length > 0
  // What somebody is choosing in stays as it is.
  if (at('asks').dataset.shown !== open.map(ask => ask.askId).join()) {
    at('asks').dataset.shown = open.map(ask => ask.askId).join()
    at('asks').replaceChildren(...open.map(ask => askRow(ask, users)))
  }
  at('users').replaceChildren(...users.map(userRow))
}

function askRow(ask, users) {
  const row = document.createElement('li')
  row.append(bilingual('strong', kinds[ask.kind]))
  if (ask.amountYen !== null) row.append(yenElement(ask.amountYen))
  if (ask.words) row.append(Object.assign(element('span', ask.words), { className: 'words' }))
  const acts = element('div', '')
  acts.className = 'acts'
  const choice = document.createElement('select')
  choice.setAttribute('aria-label', '利用者 User')
  choice.append(...users.map(user => new Option(`${user.name}（${yenText(user.balanceYen)}）`, user.id)))
  const yes = button(['認める', 'Accept'], () => answer(ask, 'accept', choice.value))
  yes.className = 'yes'
  const no = button(['断る', 'Refuse'], () => answer(ask, 'refuse', null))
  acts.append(...(ask.kind === 'link' ? [choice] : []), yes, no)
  row.append(acts)
  return row
}

function userRow(user) {
  const row = document.createElement('li')
  row.append(element('strong', user.name), yenElement(user.balanceYen))
  for (const consent of user.consents.filter(one => one.revokedAtMs === null)) {
    const acts = element('div', '')
    acts.className = 'acts'
    const revoke = () => post(`/_simulator/consents/${consent.id}/revoke`)
    acts.append(element('span', consent.referenceIds.join(', ')), button(['連携をやめる', 'Unlink'], revoke))
    row.append(acts)
  }
  return row
}

async function answer(ask, what, userId) {
  const said = await post(`/_simulator/asks/${encodeURIComponent(ask.askId)}/${what}`, { userId })
  if (!said) return
  const words = said.done
    ? ['お答えを送りました。', said.says]
    : said.outcome === 'notSpendable'
      ? ['残高か上限が足りません。', said.says]
      : ['もう答えられません。', said.says]
  at('note').replaceChildren(...bilingual('span', words).childNodes)
  // Only the web: an app's own address, or worse, is not for this page to open.
  if (said.done && ask.askId === wanted && /^https?:/.test(said.redirectUrl ?? ''))
    location.assign(said.redirectUrl)
}

async function post(url, body = {}) {
  const said = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
    .then(response => response.json())
    .catch(() => null)
  if (said === null)
    at('note').textContent = 'シミュレーターにつながりません。 The simulator does not answer.'
  await show().catch(() => undefined)
  return said
}

function button(words, press) {
  const made = bilingual('button', words)
  made.type = 'button'
  made.addEventListener('click', () => void press())
  return made
}

/** Japanese first, then a small English line. */
function bilingual(name, [ja, en]) {
  const made = element(name, `${ja} `)
  made.append(Object.assign(document.createElement('small'), { lang: 'en', textContent: en }))
  return made
}

function element(name, text) {
  return Object.assign(document.createElement(name), { textContent: text })
}

function yenElement(amountYen) {
  return Object.assign(element('span', yenText(amountYen)), { className: 'yen' })
}

function yenText(amountYen) {
  return `¥${amountYen.toLocaleString('ja-JP')}`
}
