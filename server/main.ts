import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import open from 'open'
import { FileFault } from '../core/catalogue.ts'
import { systemClock } from '../core/clock.ts'
import { DangerousStart, refuseDangers } from '../core/dangers.ts'
import { LedgerBroken } from '../core/ledger/ledger.ts'
import { stderrLog } from '../core/log.ts'
import { paypayHosts } from '../core/paypay/hosts.ts'
import { Secret } from '../core/secret.ts'
import { answersAt, hasServiceManager, tellServiceManager } from '../core/serviceManager.ts'
import { startMode } from '../core/startMode.ts'
import { openTill } from '../core/till.ts'
import { type Network, openNetwork } from '../lan/network.ts'
import { StateFileError } from '../simulator/stateFile.ts'
import { type End, watchForEnd } from './endOfLife.ts'
import { type RunningHost, startHost } from './http.ts'
import { desksKeyFile, operatorsKeyFile } from './keyFile.ts'
import { type Options, readOptions, Usage, usage } from './options.ts'
import { buildPage, pageDir } from './page.ts'
import { openPairSocket } from './pair/socket.ts'

/** PayPay or its simulator, core and this host, from one command; once more whenever the desk chooses another mode or the program has grown. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env)
  if (options === null) return print(usage(process.env.KAIKEI_COMMAND))
  await buildPage()
  const life: Life = { running: null }
  let manager: ReturnType<typeof tellServiceManager> | null = null
  const stop = async (): Promise<void> => {
    await manager?.stopping()
    await life.running?.close()
    process.exit(0)
  }
  process.once('SIGINT', () => void stop())
  process.once('SIGTERM', () => void stop())
  for (let isFirst = true; ; isFirst = false) {
    const running = await start(options, life)
    await tell(options, running, isFirst)
    manager ??= tellServiceManager(
      {
        answers: async () => life.running !== null && (await answersAt(life.running.kioskUrl)),
        status: () => life.running?.says() ?? 'between two starts',
      },
      process.env,
    )
    const { says, wantsProcess } = await running.end
    process.stderr.write(`${says}: the till starts again\n`)
    // Its unit starts it again (Restart=always). Where nobody would, it goes on here, with what a closed life gives back.
    if (wantsProcess && hasServiceManager(process.env)) return stop()
    await running.close()
  }
}

type Running = {
  readonly mode: string
  readonly kioskUrl: string
  readonly paypay: { readonly paypayUrl: string; readonly phoneUrl: string } | null
  readonly recovered: number
  readonly end: Promise<End>
  /** One line on how it is. */
  says(): string
  close(): Promise<void>
}
type Life = { running: Running | null }

async function start(options: Options, life: Life): Promise<Running> {
  const { dataDir, port } = options
  const { mode, ...about } = await startMode(dataDir, options.mode)
  const log = stderrLog(options.json ? 'warn' : 'info')
  refuseDangers(process, mode, log)
  const training = mode === 'training' ? options.training() : null
  const keys =
    options.keysFile === null
      ? desksKeyFile(join(dataDir, 'paypay-keys.json'), systemClock)
      : { ...operatorsKeyFile(options.keysFile, options.keysAreCredential), fault: () => null }
  const till = await openTill({
    mode,
    ...about,
    dataDir,
    catalogueFile: options.catalogue,
    demoDir: options.demoDir,
    paypayUrl: training ? async () => (await training.open()).paypayUrl : paypayHosts[mode as 'sandbox'],
    credentials: training
      ? { apiKey: training.apiKey, apiSecret: new Secret(training.revealSecret()) }
      : await keys.read(),
    keys,
    keysFault: keys.fault,
    version: versionOf(),
    log,
  })
  const watch = watchForEnd({
    clock: systemClock,
    till,
    usedBytes: () => process.memoryUsage.rss(),
    ceilingBytes: options.memoryCeilingBytes,
  })
  let host: RunningHost | null = null
  let network: Network | null = null
  let pairing: { close(): Promise<void> } | null = null
  let closing: Promise<void> | null = null
  // Asked for by a signal and by another mode at once, it still happens once.
  const close = (): Promise<void> => {
    closing ??= (async () => {
      watch.stop()
      await pairing?.close()
      await network?.close()
      await host?.close()
      await till.close()
      await training?.close()
    })()
    return closing
  }
  try {
    host = await startHost({ till, port, pageDir })
    pairing = await openPairSocket({ screens: till.screens, dataDir, log })
    network = openNetwork({ till, dataDir, pageDir, clock: systemClock, log })
    const running: Running = {
      mode,
      kioskUrl: host.kioskUrl,
      paypay: training ? await training.open() : null,
      recovered: till.recovered,
      end: watch.end,
      says() {
        const { selling, says } = till.health()
        return selling.open ? `${mode}: sells` : `${mode}: closed, ${says || selling.reason}`
      },
      close,
    }
    life.running = running
    await till.ready
    return running
  } catch (error) {
    await close()
    throw portTaken(error, port)
  }
}

async function tell({ json, dataDir, open: mayOpen }: Options, running: Running, isFirst: boolean) {
  const { mode, kioskUrl, paypay, recovered } = running
  if (json) {
    // The simulator in this process is more than its addresses.
    const training = paypay ? { phoneUrl: paypay.phoneUrl, paypayUrl: paypay.paypayUrl } : {}
    return print(JSON.stringify({ kioskUrl, ...training }))
  }
  const about =
    mode === 'training' ? 'is in training: no real money moves.' : `takes payments with PayPay (${mode}).`
  const phone = paypay ? `  The customer's phone: ${paypay.phoneUrl}\n` : ''
  print(
    `\nKaikei ${about}\n  The kiosk:            ${kioskUrl}\n${phone}  Data:                 ${dataDir}\nCtrl-C stops it; the next start goes on where it was.\n`,
  )
  if (recovered > 0) print(`${recovered} checkout(s) were open at the last stop and are being settled.`)
  if (!isFirst || !mayOpen || !hasDisplay()) return
  // A machine without a browser is no fault: the addresses are on the screen.
  for (const url of [kioskUrl, ...(paypay ? [paypay.phoneUrl] : [])]) await open(url).catch(() => undefined)
}

function portTaken(error: unknown, port: number): unknown {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  return taken
    ? new Told(`port ${port} is taken: end the program that uses it, or choose another with --port`)
    : error
}

function versionOf(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return String((JSON.parse(text) as { version?: unknown }).version)
}

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/** What cannot be done here now; the command itself was right. */
class Told extends Error {}

const print = (text: string): void => void process.stdout.write(`${text}\n`)

main().catch((error: unknown) => {
  const known =
    error instanceof Told ||
    error instanceof DangerousStart ||
    error instanceof FileFault ||
    error instanceof LedgerBroken ||
    error instanceof StateFileError ||
    (error instanceof Error && 'code' in error)
  if (error instanceof Usage) process.stderr.write(`${error.message}\n${usage(process.env.KAIKEI_COMMAND)}\n`)
  else
    process.stderr.write(
      `${known ? (error as Error).message : error instanceof Error ? error.stack : String(error)}\n`,
    )
  process.exit(error instanceof Usage ? 2 : 1)
})
