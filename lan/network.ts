import { join } from 'node:path'
import { FileFault } from '../core/catalogue.ts'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import type { NetworkSettings } from '../shared/shopDocuments.ts'
import { type Identity, identityOf } from './identity.ts'
import { Lines } from './lines.ts'
import { type Listener, listen } from './listener.ts'
import { hostOf, namesOf } from './names.ts'
import type { LanTill } from './routes.ts'

/** How often it is looked at whether the machine has other addresses now, the certificate is old, or a fault has gone. */
const LOOK_MS = 60_000

export type Network = { close(): Promise<void> }

/**
 * Serves tablets and TVs beyond this machine while the settings say so, and tells the desk how that is. What goes wrong here closes no
 * lane: the till's own screen sells on, and the fault is at the desk, in words.
 */
export function openNetwork(ports: {
  readonly till: LanTill
  readonly dataDir: string
  readonly pageDir: string
  readonly clock: Clock
  readonly log: Log
}): Network {
  const { till, clock, log } = ports
  const folder = join(ports.dataDir, 'network')
  let wanted: NetworkSettings | null = null
  let running: Running | null = null
  let isClosed = false
  let fault: string | null = null
  let turn: Promise<void> = Promise.resolve()

  const tell = (): void => {
    till.screens.network = {
      on: running !== null,
      urls: running?.names.map(name => `https://${hostOf(name, running?.settings.port ?? 0)}/`) ?? [],
      fingerprint: running?.identity.fingerprint ?? null,
      fault,
    }
  }
  const failed = (error: unknown): void => {
    const says = inWords(error, wanted)
    if (says !== fault) log.warn({}, says)
    fault = says
  }
  const stop = async (): Promise<void> => {
    const ending = running
    running = null
    ending?.lines.close()
    await ending?.listener.close()
  }
  const start = async (settings: NetworkSettings): Promise<void> => {
    const names = namesOf(settings)
    const identity = await identityOf(settings, names, folder, clock.nowMs())
    const lines = new Lines(till)
    const now = { settings, names, identity, lines }
    const hosts = (): ReadonlySet<string> =>
      new Set((running ?? now).names.map(name => hostOf(name, settings.port)))
    const authority = () => {
      const { authority: der, fingerprint } = (running ?? now).identity
      return der && { der, fingerprint }
    }
    try {
      const listener = await listen({ ...ports, ...settings, identity, lines, hosts, authority })
      running = { ...now, listener }
      log.info({ port: listener.port, names }, 'screens of the shop’s network are served')
    } catch (error) {
      lines.close()
      throw error
    }
  }
  /** The machine has moved, or the certificate is old. */
  const renew = async (now: Running): Promise<void> => {
    const names = namesOf(now.settings)
    const isSame = names.join() === now.names.join()
    if (isSame && clock.nowMs() < now.identity.renewAtMs) return
    const identity = await identityOf(now.settings, names, folder, clock.nowMs())
    now.listener.renew(identity)
    running = { ...now, names, identity }
  }
  const apply = async (): Promise<void> => {
    if (isClosed || !wanted) return
    try {
      const isSame = running && JSON.stringify(running.settings) === JSON.stringify(wanted)
      if (running && isSame) await renew(running)
      else {
        await stop()
        if (wanted.enabled) await start(wanted)
      }
      fault = null
      const uncovered = running?.identity.uncovered ?? []
      if (uncovered.length > 0)
        failed(
          new FileFault(
            `The network’s certificate does not cover ${uncovered.join(', ')}: screens refuse these names. Write the certificate’s names into network.names.`,
          ),
        )
    } catch (error) {
      failed(error)
    }
    tell()
  }
  const inTurn = (): Promise<void> => {
    turn = turn.then(apply)
    return turn
  }
  const unwatch = till.watchSettings(({ network }) => {
    wanted = network
    void inTurn()
  })
  let callOff = (): void => {}
  const look = (): void => {
    callOff = clock.after(LOOK_MS, () => {
      void inTurn()
      look()
    })
  }
  look()
  return {
    async close() {
      isClosed = true
      callOff()
      unwatch()
      await turn
      await stop()
    },
  }
}

type Running = {
  readonly settings: NetworkSettings
  readonly names: readonly string[]
  readonly identity: Identity
  readonly lines: Lines
  readonly listener: Listener
}

function inWords(error: unknown, settings: NetworkSettings | null): string {
  if (error instanceof FileFault) return error.message
  const code = error instanceof Error && 'code' in error ? error.code : null
  const { port = 0, address = null } = settings ?? {}
  if (code === 'EADDRINUSE')
    return `Screens of the network cannot be served: port ${port} is taken. End the program that uses it, or choose another port in the settings.`
  if (code === 'EADDRNOTAVAIL')
    return `Screens of the network cannot be served: this machine has no address ${address}. Write one that it has into the settings, or leave it empty.`
  if (code === 'EACCES')
    return `Screens of the network cannot be served: the system does not let this user take port ${port}. Choose one from 1024 on in the settings.`
  return `Screens of the network cannot be served (${error instanceof Error ? error.message : String(error)}).`
}
