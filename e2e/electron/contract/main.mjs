import { writeFileSync } from 'node:fs'
import { app, BrowserWindow, ipcMain, protocol, session } from 'electron'

/**
 * A small application that does what a till's main, preload and page do, and writes down what Electron does in return:
 * `electron main.mjs --told=FILE --preload=FILE`. It has nothing of ours in it, and judges nothing.
 */
const given = name => app.commandLine.getSwitchValue(name)

const told = {}
const events = []
const asked = []
let mayGo = true

protocol.registerSchemesAsPrivileged([{ scheme: 'kaikei', privileges: { standard: true, secure: true } }])
app.enableSandbox()
told.onlyInstance = app.requestSingleInstanceLock()
app.on('web-contents-created', () => events.push('web-contents-created'))
app.on('window-all-closed', () => events.push('window-all-closed'))

app
  .whenReady()
  .then(run)
  .catch(error => {
    told.fault = error.stack
    end()
  })

async function run() {
  protocol.handle('kaikei', ({ url, method }) => {
    asked.push(`${method} ${url}`)
    return new Response('<!doctype html><title>contract</title><body>', {
      headers: { 'content-type': 'text/html', 'content-security-policy': "script-src 'self'" },
    })
  })
  session.defaultSession.webRequest.onBeforeRequest(({ url }, answer) => {
    if (url.endsWith('/elsewhere.png')) told.requestSeen = url
    answer({ cancel: url.endsWith('/elsewhere.png') })
  })
  session.defaultSession.on('will-download', (event, item) => {
    told.download = { name: item.getFilename(), isOfThePage: item.getURL().startsWith('blob:kaikei://app/') }
    event.preventDefault()
  })

  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      preload: given('preload'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    },
  })
  const { webContents: contents } = window
  contents.on('will-frame-navigate', ({ url }) => events.push(`will-frame-navigate ${url}`))
  contents.on('will-navigate', event => {
    events.push(`will-navigate ${event.url}`)
    if (!mayGo) event.preventDefault()
  })
  contents.on('did-navigate', (_event, url) => events.push(`did-navigate ${url}`))
  contents.on('did-finish-load', () => events.push('did-finish-load'))
  contents.setWindowOpenHandler(({ url }) => {
    events.push(`opens ${url}`)
    return { action: 'deny' }
  })
  const page = code => contents.executeJavaScript(code)

  await loaded(contents, () => window.loadURL('kaikei://app/first'))
  told.load = { asked: [...asked], events: events.splice(0), url: contents.getURL() }
  await values(page)
  await messages(page, contents)
  await worlds(page)
  told.requestStopped = await page(`new Promise(resolve => {
    const picture = new Image()
    picture.onload = () => resolve(false)
    picture.onerror = () => resolve(true)
    picture.src = 'http://127.0.0.1:9/elsewhere.png'
  })`)
  await page(`{
    const href = URL.createObjectURL(new Blob(['x']))
    Object.assign(document.createElement('a'), { href, download: 'table.csv' }).click()
  }`)
  await until(() => told.download)

  events.length = 0
  await page("void window.open('/other', '_blank', 'noopener')")
  await until(() => events.length > 0)
  told.opened = events.splice(0)

  mayGo = false
  await page("void setTimeout(() => { location.href = '/away' })")
  await until(() => events.length >= 2)
  // Long enough to have gone.
  await new Promise(resolve => setTimeout(resolve, 500))
  told.refused = { events: events.splice(0), url: contents.getURL() }
  mayGo = true
  await loaded(contents, () => page("void setTimeout(() => { location.href = '/second' })"))
  told.navigated = { events: events.splice(0), url: contents.getURL() }

  const gone = new Promise(resolve =>
    contents.once('render-process-gone', (_event, details) => resolve(details)),
  )
  contents.forcefullyCrashRenderer()
  const { reason } = await gone
  told.gone = {
    isClean: reason === 'clean-exit',
    isDestroyed: contents.isDestroyed() || window.isDestroyed(),
  }
  await closing(window)
  end()
}

async function values(page) {
  ipcMain.handle('echo', (_event, value) => value)
  told.values = {}
  for (const kind of ['nothing', 'numbers', 'date', 'map', 'set', 'bytes', 'field', 'function'])
    told.values[kind] = await page(`probe.echo('${kind}')`)
}

async function messages(page, contents) {
  ipcMain.handle('breaks', () => {
    throw new RangeError('too far')
  })
  ipcMain.handle('function', () => () => undefined)
  ipcMain.handle('who', ({ sender, senderFrame }) => ({
    isSender: sender === contents,
    url: senderFrame.url,
    isTop: senderFrame.parent === null && senderFrame.frameTreeNodeId === sender.mainFrame.frameTreeNodeId,
  }))
  told.answers = {}
  for (const channel of ['breaks', 'function', 'nobody', 'who'])
    told.answers[channel] = await page(`probe.asks('${channel}')`)
  try {
    ipcMain.handle('breaks', () => undefined)
  } catch (error) {
    told.secondHandler = error.message
  }
  const sent = new Promise(resolve => ipcMain.once('sent', (_event, ...args) => resolve(args)))
  await page("probe.sends('a', 1)")
  told.sent = await sent
  contents.send('told', 1, undefined)
  await page('new Promise(resolve => setTimeout(resolve, 300))')
  await page('probe.stopsHearing()')
  contents.send('told', 2)
  await page('new Promise(resolve => setTimeout(resolve, 300))')
  told.heard = await page('[...probe.heard()]')
}

async function worlds(page) {
  told.worlds = {
    node: await page("['require', 'process', 'module', 'ipcRenderer'].filter(name => name in globalThis)"),
    ofThePreload: await page("'ofThePreload' in globalThis"),
    ofThePage: await page("globalThis.ofThePage = true, probe.seesOfThePage('ofThePage')"),
    frozen: await page('[probe, probe.deep, probe.deep.list].map(one => Object.isFrozen(one))'),
    called: await page("new Promise(resolve => probe.calls((...args) => resolve(args.join(' '))))"),
    thrown: await page(
      "{ let says = ''; try { probe.throws() } catch (error) { says = error.message } says }",
    ),
    rejected: await page('probe.rejects().catch(error => error.message)'),
    fs: await page("probe.requires('fs')"),
    script: await page(`{
      const script = document.createElement('script')
      script.textContent = 'globalThis.broughtIn = true'
      document.head.append(script)
      'broughtIn' in globalThis
    }`),
    thrownAtMain: await page("throw new RangeError('too far')").then(
      () => 'nothing',
      () => 'a rejection',
    ),
  }
}

/** A window that refuses to close stays, and one that is destroyed is not asked. */
async function closing(window) {
  events.length = 0
  window.on('close', event => {
    events.push('close')
    event.preventDefault()
  })
  window.on('closed', () => events.push('closed'))
  window.webContents.on('destroyed', () => events.push('destroyed'))
  window.close()
  await new Promise(resolve => setTimeout(resolve, 300))
  told.closeRefused = { events: events.splice(0), isDestroyed: window.isDestroyed() }
  window.destroy()
  await until(() => window.isDestroyed())
  told.destroyed = events.splice(0).filter(one => one !== 'window-all-closed')
}

/** Asked to end, and refusing once. */
function end() {
  events.length = 0
  let isRefused = false
  app.on('before-quit', event => {
    events.push('before-quit')
    if (!isRefused) event.preventDefault()
  })
  app.on('will-quit', () => events.push('will-quit'))
  app.on('quit', (_event, code) => {
    events.push(`quit ${code}`)
    told.quit = events
    writeFileSync(given('told'), JSON.stringify(told))
  })
  app.quit()
  setTimeout(() => {
    isRefused = true
    events.push('again')
    app.quit()
  }, 300)
}

async function loaded(contents, go) {
  const there = new Promise(resolve => contents.once('did-finish-load', resolve))
  await go()
  await there
}

async function until(isSo) {
  for (let waitedMs = 0; !isSo(); waitedMs += 20) {
    if (waitedMs > 10_000) throw new Error(`it never came to ${isSo}; ${JSON.stringify(events)}`)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}
