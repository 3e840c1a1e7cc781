import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { filesBelow, holdsOne } from '../../simulator/planted.ts'
import { Attendant } from '../attendant.ts'
import { Program, tempDir } from '../host.ts'
import { Customer } from '../kiosk.ts'
import { Paypay } from '../paypay.ts'
import { Kiosk, test } from './kiosk.ts'

// A secret that is written down once, anywhere, is no secret any more: two are planted in a till with a window, it sells, its page dies,
// it starts again, and then they are looked for.

/** Comes by a file, and is to lie in the key store alone. */
const KEPT = 'canary/7Qx9+Zb4WvT2=kept'
/** Signs this till's requests, and comes to main in the variable that training with a simulator of one's own needs. */
const SIGNING = 'canary/3Lp8+Rm5NcY6=signs'
const SECRETS = [KEPT, SIGNING]
const ENV = { KAIKEI_API_KEY: 'key', KAIKEI_API_SECRET: SIGNING }

test('PayPay’s keys are in the key store alone: in no file, message, word or process of a till with a window', async () => {
  test.skip(process.platform !== 'linux', 'looks at processes through /proc')
  const beside = tempDir('kaikei-planted-')
  const given = beside.file('keys.json', JSON.stringify({ apiKey: 'key', apiSecret: KEPT }))
  chmodSync(given, 0o600)
  const sent = join(beside.path, 'sent')
  writeFileSync(sent, '')
  const simulator = new Program('simulator/main.ts', ['--port', '0', '--json'], ENV)
  const { paypayUrl } = await simulator.ready<{ paypayUrl: string }>()
  const paypay = new Paypay(paypayUrl)
  const kiosk = new Kiosk()
  const life = {
    args: [`--paypay-url=${paypayUrl}`, `--import-keys=${given}`],
    env: {
      ...ENV,
      KAIKEI_STANDIN_KEY_STORE: randomBytes(32).toString('hex'),
      KAIKEI_STANDIN_SENT: sent,
    },
  }
  const sells = async (): Promise<Customer> => {
    const customer = new Customer(kiosk.page)
    await customer.choosesLunch()
    await customer.press('PayPayで支払う')
    await customer.seesCode()
    await paypay.press('approve')
    await customer.reads('お支払いが済みました')
    return customer
  }
  const said: string[] = []
  /** While the till lives, as everybody of the same user could look. */
  const looks = (): void => {
    const { standin, userDataDir } = kiosk
    said.push(standin.stderr, standin.stdout)
    for (const folder of [userDataDir, standin.profile]) {
      const files = filesBelow(folder, SECRETS)
      expect(files.all.length).toBeGreaterThan(5)
      expect(files.holding).toEqual([])
    }
    const main = ofProcess(standin.pid)
    // The variable that it came by, and nothing else.
    expect(main.environ).toContain(`KAIKEI_API_SECRET=${SIGNING}`)
    const rest = main.environ.filter(variable => variable !== `KAIKEI_API_SECRET=${SIGNING}`)
    expect([main.cmdline, ...rest].filter(text => holdsOne(text, SECRETS))).toEqual([])
    const browsers = processesOf(standin.profile).map(ofProcess)
    expect(browsers.length).toBeGreaterThan(2)
    const texts = browsers.flatMap(({ cmdline, environ }) => [cmdline, ...environ])
    expect(texts.filter(text => holdsOne(text, SECRETS))).toEqual([])
  }
  try {
    await kiosk.start(life)
    expect(existsSync(given)).toBe(false)
    await sells()
    const next = kiosk.standin.nextPage()
    const cdp = await kiosk.page.context().newCDPSession(kiosk.page)
    // It never answers, because nobody is there to.
    void cdp.send('Page.crash').catch(() => undefined)
    const again = new Customer(await next)
    await again.reads('お支払いが済みました')
    looks()
    await again.press('おわる')
    await again.reads('いらっしゃいませ')
    expect(await kiosk.close()).toMatchObject({ code: 0 })

    // The second life reads what the first one stored.
    await kiosk.start(life)
    await (await sells()).press('おわる')
    const attendant = new Attendant(kiosk.page)
    await attendant.setsUp()
    await attendant.presses('状態')
    looks()
    const { standin } = kiosk
    expect(await kiosk.close()).toMatchObject({ code: 0 })
    said.push(standin.stderr, standin.stdout)

    expect(said.join('')).toContain('--import-keys is done already')
    expect(said.filter(text => holdsOne(text, SECRETS))).toEqual([])
    expect(existsSync(join(kiosk.userDataDir, 'paypay-keys.bin'))).toBe(true)
    expect(filesBelow(kiosk.userDataDir, SECRETS).holding).toEqual([])
    const messages = readFileSync(sent, 'utf8').split('\n')
    expect(messages.length).toBeGreaterThan(30)
    expect(messages.filter(text => holdsOne(text, SECRETS))).toEqual([])
  } finally {
    await kiosk.end()
    await simulator.end()
    beside.remove()
  }
})

/** What everybody of the same user sees of a process; one that is gone has shown nothing. */
function ofProcess(pid: number): { readonly cmdline: string; readonly environ: readonly string[] } {
  const read = (name: string): string => {
    try {
      return readFileSync(`/proc/${pid}/${name}`, 'utf8')
    } catch {
      return ''
    }
  }
  return { cmdline: read('cmdline'), environ: read('environ').split('\0') }
}

/** The browser with this profile and all that it has started. */
function processesOf(profile: string): readonly number[] {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger)
  const parents = new Map(pids.map(pid => [pid, parentOf(pid)]))
  const found = new Set(pids.filter(pid => ofProcess(pid).cmdline.includes(profile)))
  for (let before = -1; before < found.size; ) {
    before = found.size
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid)
  }
  return [...found]
}

function parentOf(pid: number): number {
  try {
    return Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  } catch {
    return 0
  }
}
