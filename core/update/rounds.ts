import type { UpdateReport, UpdateStands } from '../../shared/updates.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { attempted, begun, type UpdateRecord } from './record.ts'
import { type Moment, momentRefusal, type Release, releaseRefusal } from './rules.ts'

export const ROUNDS = {
  /** How often the moment is looked at. */
  lookMs: 60_000,
  /** How often, once everything is prepared. */
  readyLookMs: 1_000,
  /** Between two questions to a feed. */
  askMs: 30 * 60_000,
} as const

/** A release cannot be believed, or not be had. */
export class FeedFault extends Error {
  readonly stands: 'signature' | 'malformed' | 'unreachable' | 'noKey'

  constructor(stands: FeedFault['stands'], message: string) {
    super(message)
    this.stands = stands
  }
}

/** A file that was fetched: where it lies, and the SHA-512 (base64) that its signed release names. */
export type FetchedFile = { readonly path: string; readonly sha512: string }

/** Where releases come from, as a port of the host: nothing is fetched, and nothing installed, unless it is told to. */
export type Feed = {
  /** What is there, its signature checked. Rejects with FeedFault. */
  look(url: string): Promise<Release>
  /** Fetches what `look` found, checks it, and resolves with the file. */
  download(): Promise<FetchedFile>
  /** Puts the prepared program in place and ends this one; false: it could not, and nothing has changed. */
  install(): boolean
}

/** The program's files, as a port of the host. */
export type ProgramFiles = {
  /** Lays `file` beside the running program, sees that it is what was signed and that it starts on this machine, and keeps the running one. Rejects in words. */
  prepare(file: FetchedFile, version: string): Promise<void>
}

export type UpdatePorts = {
  readonly clock: Clock
  readonly log: Log
  readonly running: string
  readonly ledgerSchema: number
  readonly moment: () => Moment
  /** A new version is being watched: nothing is looked for before it is well. */
  readonly isTrial: () => boolean
  readonly feed: Feed
  readonly files: ProgramFiles
  readonly record: { read(): UpdateRecord; write(record: UpdateRecord): void }
}

/** Looks for a moment, then for a release; fetches, prepares and installs it. One thing at a time, and every step asks again. */
export function startUpdates(ports: UpdatePorts): { report(): UpdateReport; stop(): void } {
  const { clock, log, running, moment, feed, files, record } = ports
  let stands: UpdateStands = 'off'
  let found: UpdateReport['found'] = null
  let version: string | null = null
  let prepared: string | null = null
  let notBeforeMs = Number.NEGATIVE_INFINITY
  let isStopped = false
  let callOff = (): void => undefined
  const next = (ms: number): void => {
    if (!isStopped) callOff = clock.after(ms, () => void look())
  }

  /** The next question comes later: a feed is not to be asked for the same thing every minute of a night. */
  const rest = (because: UpdateStands, says: string): void => {
    notBeforeMs = clock.monotonicMs() + ROUNDS.askMs
    const isNews = found?.is !== because || found.version !== version
    if (isNews && because !== 'upToDate') log.warn({ because, version }, `no update: ${says}`)
    stands = because
    found = { is: because, version, atMs: moment().nowMs }
    prepared = null
  }
  const fail = (error: unknown): void => {
    const says = error instanceof Error ? error.message : String(error)
    rest(error instanceof FeedFault ? error.stands : 'failed', says)
    // What a feed does is no attempt of ours, and is asked for again.
    if (error instanceof FeedFault || version === null) return
    try {
      record.write(attempted(record.read(), { version, says, atMs: moment().nowMs }))
    } catch (unwritten) {
      log.error({ error: String(unwritten) }, 'what came of the update could not be written down')
    }
  }

  async function prepare(url: string): Promise<void> {
    stands = 'looking'
    version = null
    const release = await feed.look(url)
    version = release.version
    const refusal = releaseRefusal(release, {
      running,
      ledgerSchema: ports.ledgerSchema,
      bad: record.read().bad,
    })
    if (refusal !== null) return rest(refusal, `${release.version} is offered, ${running} runs`)
    log.info({ version }, `version ${version} is fetched`)
    const file = await feed.download()
    await files.prepare(file, release.version)
    prepared = release.version
    found = { is: 'ready', version, atMs: moment().nowMs }
    stands = 'ready'
  }

  /** No turn of the loop is given away between the question and the deed, so nobody begins to pay in between. */
  function install(to: string): void {
    record.write(begun(record.read(), running, to))
    log.info({ from: running, to }, `version ${to} is put in place of ${running}`)
    if (feed.install()) stop()
    else fail(new Error('the program could not be exchanged'))
  }

  async function look(): Promise<void> {
    const refusal = momentRefusal(moment())
    try {
      if (ports.isTrial()) stands = 'trial'
      else if (refusal !== null) {
        const isOver = prepared === null || !['moneyOpen', 'busy'].includes(refusal)
        stands = isOver ? refusal : 'ready'
        // What was prepared in another night, or for another feed, is looked for anew.
        if (isOver) prepared = null
      } else if (prepared !== null) install(prepared)
      else {
        const { feed: url } = moment().settings
        if (url !== null && clock.monotonicMs() >= notBeforeMs) await prepare(url)
      }
    } catch (error) {
      fail(error)
    }
    next(prepared === null ? ROUNDS.lookMs : ROUNDS.readyLookMs)
  }
  function stop(): void {
    isStopped = true
    callOff()
  }

  next(ROUNDS.lookMs)
  return {
    report() {
      const { last, bad } = record.read()
      // What the settings say is so at once; a look that is under way or done is told until the next one.
      const refusal = momentRefusal(moment())
      if (ports.isTrial()) return { stands: 'trial', found, last, bad }
      const isTold = stands === 'looking' || stands === 'ready' || refusal === null
      return { stands: isTold ? stands : (refusal ?? stands), found, last, bad }
    },
    stop,
  }
}
