import { connect } from 'node:net'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Result } from '../../shared/result.ts'
import type { PairedScreen, PairingCode, ScreensState } from '../../shared/screens.ts'
import { type PairRequest, pairSocketIn } from './socket.ts'

const USAGE = `usage: npm run pair -- --lane NAME [--name TEXT] [--display] [--desk]
       npm run pair -- --list
       npm run pair -- --revoke ID
  and with any of them: [--data-dir DIR]
  --display  a screen that only shows the lane; without it, one that sells
  --desk     the attendant's desk may be opened on it`

/** Tablets and TVs of the shop's network from the terminal of a till that runs: a code for one, the list, the end of one. */
async function main(): Promise<void> {
  if (process.argv.includes('--help')) return print(USAGE)
  const { dataDir, request } = readOptions()
  const answer = await ask(pairSocketIn(dataDir), request)
  if (!answer.ok) throw new Told(inWords(answer.failure, request))
  const { network, screens } = answer.value
  if (request.ask === 'list') return print(listed(screens))
  if (request.ask === 'revoke') return print(`${request.screenId} is revoked: it is out at once.`)
  const { code, lifetimeMs } = answer.value
  if (!network.on)
    throw new Told(
      network.fault ??
        'The shop’s network is not used: set network.enabled to true in settings.json, or at the desk. No code was shown.',
    )
  const minutes = Math.round(lifetimeMs / 60_000)
  print(`On the screen, open   ${network.urls.join('\n                      ')}
and type              ${code.slice(0, 4)} ${code.slice(4)}   (once, within ${minutes} minutes)
Its certificate       ${network.fingerprint ?? ''} (SHA-256)`)
}

function readOptions(): { dataDir: string; request: PairRequest } {
  const { values } = parsed()
  const dataDir = resolve(values['data-dir'] ?? 'data')
  const { list, revoke, lane, name, display = false, desk = false } = values
  if ([list, revoke, lane].filter(one => one !== undefined).length !== 1)
    throw new Usage('give one of --lane, --list and --revoke')
  if (list) return { dataDir, request: { ask: 'list' } }
  if (revoke !== undefined) return { dataDir, request: { ask: 'revoke', screenId: revoke } }
  if (!lane || !/^[A-Za-z0-9-]{1,32}$/.test(lane))
    throw new Usage(`--lane is "${lane}": use 1 to 32 letters, digits or hyphens`)
  const kind = display ? 'display' : 'till'
  return { dataDir, request: { ask: 'pair', wish: { name: name ?? lane, lane, kind, desk } } }
}

function parsed() {
  try {
    return parseArgs({
      options: {
        lane: { type: 'string' },
        name: { type: 'string' },
        display: { type: 'boolean' },
        desk: { type: 'boolean' },
        list: { type: 'boolean' },
        revoke: { type: 'string' },
        'data-dir': { type: 'string' },
      },
    })
  } catch (error) {
    throw new Usage(error instanceof Error ? error.message : String(error))
  }
}

type Answer = Result<PairingCode & ScreensState, { readonly kind: string; readonly expected?: string }>

async function ask(file: string, request: PairRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect(file)
    let text = ''
    socket.setEncoding('utf8')
    socket.on('connect', () => socket.write(`${JSON.stringify(request)}\n`))
    socket.on('data', part => {
      text += String(part)
    })
    socket.on('error', () =>
      reject(
        new Told(
          `No till that runs here can be asked (${file}). Start it, check --data-dir, and ask as the user who runs it.`,
        ),
      ),
    )
    socket.on('close', () => {
      if (text.includes('\n')) resolve(JSON.parse(text) as Answer)
      else reject(new Told('The till broke off. Ask again.'))
    })
  })
}

function inWords(
  failure: { readonly kind: string; readonly expected?: string },
  request: PairRequest,
): string {
  if (failure.kind === 'unknownScreen' && request.ask === 'revoke')
    return `There is no screen ${request.screenId}: --list shows those that are paired.`
  return failure.expected === undefined ? failure.kind : `--name: ${failure.expected}`
}

function listed(screens: readonly PairedScreen[]): string {
  if (screens.length === 0) return 'No screen is paired.'
  return screens
    .map(({ screenId, name, lane, kind, desk, connected }) =>
      [screenId, name, lane, kind, desk ? 'desk' : '-', connected ? 'connected' : '-'].join('  '),
    )
    .join('\n')
}

class Usage extends Error {}
/** What cannot be done here now; the command itself was right. */
class Told extends Error {}

const print = (text: string): void => void process.stdout.write(`${text}\n`)

main().catch((error: unknown) => {
  if (error instanceof Usage) process.stderr.write(`${error.message}\n${USAGE}\n`)
  else process.stderr.write(`${error instanceof Told ? error.message : String(error)}\n`)
  process.exit(error instanceof Usage ? 2 : 1)
})
