/** Runs in the till's page, before its own code. Classic script: everything is in here. */

export type Order = { readonly count: number; readonly name: string }
export type Look = {
  readonly count: number
  readonly href: string
  readonly ratio: number
  readonly width: number
  readonly height: number
  readonly scale: number
  readonly focused: boolean
  readonly visible: boolean
  readonly heading: string
  /** When this document began: another number is another load of the page. */
  readonly born: number
  readonly drawn: boolean
  /** What the last deed came to, in the page's eyes. */
  readonly came: string
}

type Deed = () => unknown

function link(href: string, more: Partial<HTMLAnchorElement> = {}): void {
  const anchor = document.createElement('a')
  Object.assign(anchor, more, { href })
  document.body.append(anchor)
  anchor.click()
  anchor.remove()
}
const go =
  (href: string): Deed =>
  () =>
    link(href)
const input =
  (type: string): Deed =>
  () => {
    const field = document.createElement('input')
    field.type = type
    document.body.append(field)
    if (type === 'file') field.click()
    else field.showPicker()
  }
type Ask = (...wish: readonly unknown[]) => Promise<unknown>
/** What of a browser is asked for here and is in no library of types. */
type Device = {
  readonly requestMIDIAccess: Ask
  readonly usb: { readonly requestDevice: Ask }
  readonly serial: { readonly requestPort: Ask }
  readonly bluetooth: { readonly requestDevice: Ask }
  readonly hid: { readonly requestDevice: Ask }
  readonly registerProtocolHandler: (...wish: readonly unknown[]) => void
}
type Own = {
  readonly showOpenFilePicker: Ask
  readonly showDirectoryPicker: Ask
  readonly showSaveFilePicker: Ask
  readonly queryLocalFonts: Ask
  readonly getScreenDetails: Ask
  readonly IdleDetector: { readonly requestPermission: Ask }
  readonly EyeDropper: new () => { readonly open: Ask }
  readonly documentPictureInPicture: { readonly requestWindow: Ask }
}
const device = navigator as unknown as Device
const own = window as unknown as Own

const deeds: Record<string, Deed> = {
  'view-source': go(`view-source:${location.href}`),
  'chrome settings': go('chrome://settings'),
  'chrome version': go('chrome://version'),
  'file link': go('file:///etc/hostname'),
  'file download': go('/breakout/file'),
  'blob download': () => link(URL.createObjectURL(new Blob(['x'])), { download: 'x.html' }),
  'data link': go('data:text/html,<h1>not the till</h1>'),
  'javascript link': go('javascript:document.write("not the till")'),
  'foreign link': go('https://example.com/'),
  'other port': go('http://127.0.0.1:4650/'),
  'devtools link': go('devtools://devtools/bundled/inspector.html'),
  'mailto link': go('mailto:a@example.com'),
  'tel link': go('tel:110'),
  'app link': go('vnd-other-app://open'),
  'blank target': () => link(location.href, { target: '_blank' }),
  'blank target without opener': () => link(location.href, { target: '_blank', rel: 'noopener' }),
  'window open': () => window.open(location.href, '_blank', 'width=400,height=300'),
  'window open empty': () => window.open('', '_blank', 'popup'),
  'window move': () => {
    window.moveTo(200, 200)
    window.resizeTo(500, 400)
  },
  'history back': () => history.back(),
  'window close': () => window.close(),
  alert: () => alert('x'),
  confirm: () => confirm('x'),
  prompt: () => prompt('x'),
  'beforeunload and reload': () => {
    window.addEventListener('beforeunload', event => event.preventDefault(), { once: true })
    location.reload()
  },
  print: () => window.print(),
  'file input': input('file'),
  'colour input': input('color'),
  'date input': input('date'),
  'open file picker': () => own.showOpenFilePicker(),
  'directory picker': () => own.showDirectoryPicker(),
  'save picker': () => own.showSaveFilePicker(),
  place: () => navigator.geolocation.getCurrentPosition(() => {}),
  notification: () => Notification.requestPermission(),
  camera: () => navigator.mediaDevices.getUserMedia({ video: true, audio: true }),
  'screen sharing': () => navigator.mediaDevices.getDisplayMedia(),
  'read clipboard': () => navigator.clipboard.readText(),
  midi: () => device.requestMIDIAccess({ sysex: true }),
  usb: () => device.usb.requestDevice({ filters: [] }),
  serial: () => device.serial.requestPort(),
  bluetooth: () => device.bluetooth.requestDevice({ acceptAllDevices: true }),
  hid: () => device.hid.requestDevice({ filters: [] }),
  fonts: () => own.queryLocalFonts(),
  screens: () => own.getScreenDetails(),
  idle: () => own.IdleDetector.requestPermission(),
  'persistent storage': () => navigator.storage.persist(),
  passkey: () =>
    navigator.credentials.get({
      publicKey: { challenge: new Uint8Array(16), userVerification: 'discouraged' },
    }),
  'new passkey': () =>
    navigator.credentials.create({
      publicKey: {
        challenge: new Uint8Array(16),
        rp: { name: 'x' },
        user: { id: new Uint8Array(8), name: 'x', displayName: 'x' },
        pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
      },
    }),
  payment: () =>
    new PaymentRequest([{ supportedMethods: 'https://example.com/pay' }], {
      total: { label: 'x', amount: { currency: 'JPY', value: '1' } },
    }).show(),
  'protocol handler': () => device.registerProtocolHandler('web+x', `${location.origin}/?x=%s`, 'x'),
  share: () => navigator.share({ title: 'x', url: location.href }),
  eyedropper: () => new own.EyeDropper().open(),
  'picture in picture': () => own.documentPictureInPicture.requestWindow(),
  'element over the screen': () => document.documentElement.requestFullscreen(),
  'pointer lock': () => document.body.requestPointerLock(),
  'password form': () => {
    const form = document.createElement('form')
    for (const type of ['text', 'password']) {
      const field = document.createElement('input')
      Object.assign(field, {
        type,
        value: 'secret-word',
        autocomplete: type === 'text' ? 'username' : 'current-password',
      })
      form.append(field)
    }
    document.body.append(form)
    history.pushState(null, '', location.href)
    form.remove()
  },
}

let came = ''
/** The next press anywhere does it: a browser gives more to what a person has pressed for. */
function arm(name: string): void {
  const deed = deeds[name]
  if (!deed) throw new Error(`there is no deed "${name}"`)
  came = 'was not pressed'
  const swallow = (event: Event): void => {
    event.stopImmediatePropagation()
    event.preventDefault()
  }
  for (const type of ['pointerdown', 'pointerup', 'mousedown', 'mouseup'])
    window.addEventListener(type, swallow, { capture: true, once: true })
  window.addEventListener(
    'click',
    event => {
      swallow(event)
      came = 'goes on'
      try {
        Promise.resolve(deed()).then(
          value => {
            came = `came: ${value}`
          },
          (error: unknown) => {
            came = String(error)
          },
        )
      } catch (error) {
        came = String(error)
      }
    },
    { capture: true, once: true },
  )
}

async function look(count: number): Promise<Look> {
  const drawn = await Promise.race([
    new Promise<boolean>(resolve => requestAnimationFrame(() => requestAnimationFrame(() => resolve(true)))),
    new Promise<boolean>(resolve => setTimeout(resolve, 700, false)),
  ])
  return {
    count,
    href: location.href,
    ratio: devicePixelRatio,
    width: innerWidth,
    height: innerHeight,
    scale: visualViewport?.scale ?? 1,
    focused: document.hasFocus(),
    visible: document.visibilityState === 'visible',
    heading: document.querySelector('h1')?.textContent ?? '',
    born: performance.timeOrigin,
    drawn,
    came,
  }
}

async function listen(): Promise<void> {
  for (;;) {
    try {
      const order = (await (await fetch('/breakout/orders')).json()) as Order
      if (order.name !== 'look') arm(order.name)
      await fetch('/breakout/told', { method: 'POST', body: JSON.stringify(await look(order.count)) })
    } catch {
      await new Promise(resolve => setTimeout(resolve, 200))
    }
  }
}

if ((document.currentScript as HTMLScriptElement | null)?.src.includes('keyless=true')) {
  for (const type of [
    'keydown',
    'contextmenu',
    'wheel',
    'dragstart',
    'dragover',
    'drop',
    'auxclick',
    'mousedown',
    'mouseup',
  ])
    window.addEventListener(type, event => event.stopImmediatePropagation(), { capture: true })
}
void listen()
