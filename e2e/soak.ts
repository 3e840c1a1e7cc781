import { PNG } from 'pngjs'
import { findBrowser } from '../scripts/browser.ts'
import build from './built.ts'
import { Till } from './kiosk.ts'
import { Fingers } from './soak/fingers.ts'
import { type Line, lineThrough } from './soak/line.ts'
import { type Measures, measure, SERIES } from './soak/measures.ts'
import { readOptions, USAGE, Usage } from './soak/options.ts'
import { WATCHED, WatchedHost } from './soak/watchedHost.ts'
import { WatchedPage } from './soak/watchedPage.ts'

/**
 * One page in a real Chromium sells for days' worth of customers, and never loads again: is anything growing, does the screen stay white?
 * Ends with 1 when the 95 % interval of the slope of a process's memory, of what JavaScript holds, or of the document lies above zero, when a screen is one colour, or when the books differ.
 */
async function main(): Promise<void> {
  if (process.argv.includes('--help')) return print(USAGE)
  const { checkouts, every, json } = readOptions(process.argv.slice(2))
  const found = await findBrowser()
  if (found.path === null) throw new Error(found.says)
  // Its programs go with it, however it ends.
  process.once('SIGINT', () => process.exit(130))
  process.once('SIGTERM', () => process.exit(143))
  build()
  const till = await Till.build()
  const page = await WatchedPage.open(found.path)
  try {
    await till.paypayComes()
    const host = await WatchedHost.of(await till.start(WATCHED))
    const fingers = new Fingers(page)
    await fingers.opens(`${till.url}?lane=main`)
    await page.client.Performance.enable({})
    const measures: Measures[] = []
    for (let sold = 1; sold <= checkouts; sold += 1) {
      await sale(fingers, till)
      if (sold % every !== 0) continue
      if (isOneColour(await page.picture())) throw new Error(`the screen is white after ${sold} checkouts`)
      measures.push(await measure(sold, host, page))
      if (!json) complain(inWords(measures.at(-1)))
    }
    await host.close()
    const { keptYen, returnedYen } = await till.paypay.book()
    // V8 compiles for some thousand checkouts what is used often, and libraries fill what they keep.
    const warm = measures.slice(Math.ceil(measures.length * WARMING))
    const lines = SERIES.map(name => ({
      name,
      ...lineThrough(warm.map(one => ({ x: one.checkouts, y: one[name] }))),
    }))
    const isSound = keptYen === checkouts * LUNCH_YEN && returnedYen === 0
    const grows = lines.filter(({ low }) => low > 0)
    if (json) print(JSON.stringify({ checkouts, keptYen, returnedYen, lines, measures }))
    else {
      print(
        `${checkouts} checkouts by one page; PayPay keeps ${keptYen} yen, which is ${isSound ? '' : 'NOT '}what was sold.`,
      )
      for (const one of lines) print(`${slopeOf(one)}${one.low > 0 ? ': GROWS' : ''}`)
    }
    process.exitCode = isSound && grows.length === 0 ? 0 : 1
  } finally {
    await page.close()
    await till.close()
  }
}

const LUNCH_YEN = 850
/** Of the measures. */
const WARMING = 0.3

/** From the first tap to the empty lane. */
async function sale(fingers: Fingers, till: Till): Promise<void> {
  await fingers.pressUntilThereIs('注文をはじめる', '唐揚げ弁当 を1つ追加')
  await fingers.press('唐揚げ弁当 を1つ追加')
  await fingers.press('ほうじ茶 を1つ追加')
  await fingers.press('お会計へ')
  await fingers.sees('ご注文の確認')
  await fingers.press('PayPayで支払う')
  await fingers.seesCode()
  await till.paypay.press('approve')
  // As the screen's own button does: the till asks at once instead of in two seconds.
  const lane = await till.call('getLane', { lane: 'main' })
  const { checkoutId } = (lane.value as { checkout: { checkoutId: string } }).checkout
  await till.call('checkNow', { lane: 'main', checkoutId })
  await fingers.press('おわる')
  await fingers.sees('いらっしゃいませ')
}

function isOneColour(picture: Buffer): boolean {
  const { data } = PNG.sync.read(picture)
  return data.every((byte, at) => byte === data[at % 4])
}

function slopeOf({ name, slope, low, high }: Line & { readonly name: string }): string {
  const [per, from, to] = [slope, low, high].map(value => value.toFixed(3))
  return `${name.padEnd(13)} ${per} a checkout, 95 % from ${from} to ${to}`
}

function inWords(one: Measures | undefined): string {
  if (!one) return ''
  const mib = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`
  return `${one.checkouts}: host ${mib(one.hostBytes)} (${one.hostObjects} objects, heap ${mib(one.hostHeapBytes)}), page ${mib(one.pageBytes)} (${one.pageObjects} objects, ${one.nodes} nodes, heap ${mib(one.heapBytes)})`
}

const print = (text: string): void => void process.stdout.write(`${text}\n`)
const complain = (text: string): void => void process.stderr.write(`${text}\n`)

main().catch((error: unknown) => {
  complain(
    error instanceof Usage
      ? `${error.message}\n${USAGE}`
      : String(error instanceof Error ? error.stack : error),
  )
  process.exitCode = error instanceof Usage ? 2 : 1
})
