import { mkdirSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import * as z from 'zod'
import { parse } from '../../core/dispatch.ts'
import type { Kiosk } from '../../core/kiosk.ts'
import type { Log } from '../../core/log.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { screensApi } from '../../shared/screens.ts'

/** Longer than any request. */
const MOST_BYTES = 4_096
const PATIENCE_MS = 5_000
/** What Linux takes for the name of a socket, with its end. */
const LONGEST_NAME_BYTES = 104

export const pairSocketIn = (dataDir: string): string => join(dataDir, 'network', 'pair.sock')

const request = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('list') }),
  z.strictObject({ ask: z.literal('pair'), wish: z.unknown() }),
  z.strictObject({ ask: z.literal('revoke'), screenId: z.string() }),
])
export type PairRequest = z.infer<typeof request>

/**
 * A way in for whoever runs the machine: a socket that only the till's own user can open, in a folder that nobody else can enter. One
 * line of JSON in, one out. It is no way in from the network, and asks for no PIN.
 */
export async function openPairSocket(ports: {
  readonly screens: Kiosk['screens']
  readonly dataDir: string
  readonly log: Log
}): Promise<{ close(): Promise<void> }> {
  const file = pairSocketIn(ports.dataDir)
  const none = { close: async () => undefined }
  // Pipes of Windows have other names and other rights.
  if (process.platform === 'win32') return none
  if (Buffer.byteLength(file) > LONGEST_NAME_BYTES) {
    ports.log.warn({}, `npm run pair will not work: the path of the data folder ${ports.dataDir} is too long`)
    return none
  }
  const server = createServer(socket => serve(socket, ports.screens))
  server.maxConnections = 8
  // Whoever opened the ledger is the one host; a socket that lies there is of one that was killed.
  mkdirSync(join(ports.dataDir, 'network'), { recursive: true, mode: 0o700 })
  rmSync(file, { force: true })
  const before = process.umask(0o177)
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(file, resolve)
    })
  } catch (error) {
    ports.log.warn(
      {},
      `npm run pair will not work: ${error instanceof Error ? error.message : String(error)}`,
    )
    return none
  } finally {
    process.umask(before)
  }
  return {
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
      }),
  }
}

function serve(socket: Socket, screens: Kiosk['screens']): void {
  let text = ''
  let isAnswered = false
  socket.setEncoding('utf8')
  socket.setTimeout(PATIENCE_MS, () => socket.destroy())
  socket.on('error', () => socket.destroy())
  socket.on('data', part => {
    text += String(part)
    if (isAnswered) return
    if (text.length > MOST_BYTES) socket.destroy()
    else if (text.includes('\n')) {
      isAnswered = true
      answer(text, screens).then(
        said => socket.end(`${JSON.stringify(said)}\n`),
        () => socket.destroy(),
      )
    }
  })
}

async function answer(text: string, screens: Kiosk['screens']): Promise<Result<unknown, unknown>> {
  const read = request.safeParse(JSON.parse(text))
  if (!read.success) return fail({ kind: 'unknownMethod', method: '' })
  switch (read.data.ask) {
    case 'list':
      return ok(screens.state())
    case 'revoke':
      return (await screens.revoke(read.data.screenId, null))
        ? ok(screens.state())
        : fail({ kind: 'unknownScreen' })
    case 'pair': {
      const wish = parse(screensApi.makePairingCode.input, read.data.wish)
      if (!wish.ok) return wish
      // The schema that parsed it is the desk's own.
      const made = screens.makeCode(wish.value as Parameters<typeof screens.makeCode>[0], null)
      return ok({ ...made, ...screens.state() })
    }
    default:
      return read.data satisfies never
  }
}
