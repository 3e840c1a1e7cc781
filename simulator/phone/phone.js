// The customer's phone: shows the codes that live at the simulator, and acts as a person would. No build, no library.
const list = document.querySelector('#codes')
const template = document.querySelector('#code')
const SLOW_NETWORK_MS = 5_000
const cards = new Map()

new EventSource('/_simulator/events').onmessage = event => show(JSON.parse(event.data))

function show(codes) {
  const live = codes.filter(code => code.live)
  for (const [codeId, card] of cards) {
    if (live.some(code => code.codeId === codeId)) continue
    const code = codes.find(one => one.codeId === codeId)
    say(card, ended(code))
    for (const button of card.querySelectorAll('button')) button.disabled = true
    cards.delete(codeId)
    setTimeout(() => card.remove(), 4_000)
  }
  for (const code of live) if (!cards.has(code.codeId)) add(code)
}

function ended(code) {
  if (!code) return ''
  if (code.status === 'COMPLETED') return '支払いました'
  if (code.status === 'FAILED') return '支払えませんでした'
  return code.deleted ? 'コードは取り消されました' : 'コードの時間が切れました'
}

function add(code) {
  const card = template.content.firstElementChild.cloneNode(true)
  card.dataset.codeId = code.codeId
  card.querySelector('.store').textContent = code.store || 'お店'
  card.querySelector('.amount b').textContent = code.amount.toLocaleString('ja-JP')
  card.querySelector('.what').textContent = code.description
  card.addEventListener('click', event => {
    const act = event.target.closest('button')?.dataset.act
    if (act) void press(card, code.codeId, act)
  })
  cards.set(code.codeId, card)
  list.prepend(card)
}

async function press(card, codeId, act) {
  if (act === 'slow') {
    await post(codeId, 'scan')
    say(card, '通信しています…')
    await new Promise(resolve => setTimeout(resolve, SLOW_NETWORK_MS))
    return press(card, codeId, 'approve')
  }
  const answer = await post(codeId, act)
  say(
    card,
    answer.done
      ? { scan: '読みとりました', approve: '支払いました', decline: '支払えませんでした' }[act]
      : answer.says,
  )
}

async function post(codeId, act) {
  const response = await fetch(`/_simulator/codes/${codeId}/${act}`, { method: 'POST' })
  return response.json()
}

function say(card, text) {
  card.querySelector('.says').textContent = text
}
