import type { Clock } from '../../core/clock.ts'
import type { Log } from '../../core/log.ts'
import {
  healthy,
  isSpent,
  returning,
  type StartAct,
  startOf,
  TRIAL,
  type UpdateRecord,
} from '../../core/update/record.ts'

export type TrialPorts = {
  readonly record: { read(): UpdateRecord; write(record: UpdateRecord): void }
  /** The program's file and the one before it; null: not a program that can be exchanged. */
  readonly program: { hasPrevious(): boolean; putBack(): void } | null
  readonly running: string
  readonly clock: Clock
  readonly log: Log
  /** Ends this program at once and starts the one that stands in its place then. */
  readonly restart: () => void
}

/** A gap in the page's answers that is longer is a page that was lost. */
const BEAT_MS = 10_000

/** One start, as far as updates are concerned: it may be a new version's, which has to become well, or the end of one that did not. */
export class Trial {
  readonly act: StartAct
  readonly #ports: TrialPorts
  #isOver: boolean
  #callOff = (): void => undefined
  #stoodFromMs = 0
  #stoodLastMs: number | null = null
  #isAsking = false

  constructor(ports: TrialPorts) {
    this.#ports = ports
    this.act = this.#begin()
    this.#isOver = this.act !== 'tryOut'
    if (this.#isOver) return
    const { clock, log, running } = ports
    log.info({ version: running }, `version ${running} is new and is watched until it is well`)
    this.#callOff = clock.after(TRIAL.withinMs, () => {
      this.#giveBack(`it was not well within ${TRIAL.withinMs / 60_000} minutes`)
    })
  }

  get isUnderWay(): boolean {
    return !this.#isOver
  }

  /** The page has drawn something. `answers` asks the till itself, once the page has stood for long enough. */
  pageStands(answers: () => Promise<boolean>): void {
    if (this.#isOver || this.#isAsking) return
    const nowMs = this.#ports.clock.monotonicMs()
    if (this.#stoodLastMs === null || nowMs - this.#stoodLastMs > BEAT_MS) this.#stoodFromMs = nowMs
    this.#stoodLastMs = nowMs
    if (nowMs - this.#stoodFromMs < TRIAL.standsMs) return
    this.#isAsking = true
    const answered = (isWell: boolean): void => {
      this.#isAsking = false
      if (isWell) this.#becomeWell()
    }
    answers().then(answered, () => answered(false))
  }

  /** This start has failed. True: it was a new version's, and the next start is on its way; false: somebody has to be told. */
  failed(says: string): boolean {
    if (this.#isOver) return false
    const { record, log, restart, running } = this.#ports
    log.error({ version: running }, `the new version could not start: ${says}`)
    if (isSpent(record.read())) return this.#giveBack(says)
    this.stop()
    restart()
    return true
  }

  stop(): void {
    this.#isOver = true
    this.#callOff()
  }

  #becomeWell(): void {
    if (this.#isOver) return
    const { record, clock, log, running } = this.#ports
    try {
      record.write(healthy(record.read(), clock.nowMs()))
    } catch (error) {
      // It stays on trial, and the next beat asks again.
      log.error({ error: String(error) }, 'that the new version is well could not be written down')
      return
    }
    this.stop()
    log.info({ version: running }, `version ${running} is well and stays`)
  }

  /** False: it could not be, and this version is what there is. */
  #giveBack(says: string): boolean {
    if (this.#isOver) return false
    this.stop()
    const { record, log, running, restart } = this.#ports
    log.error({ version: running }, `the version before ${running} is put back: ${says}`)
    // If it cannot be written, the start after this one finds the older version running, and counts a failed attempt.
    this.#written(returning(record.read(), says))
    if (!this.#putBack()) return false
    restart()
    return true
  }

  #begin(): StartAct {
    const { record, program, running, clock, log } = this.#ports
    const hasPrevious = program?.hasPrevious() ?? false
    const read = record.read()
    const { record: next, act } = startOf(read, { running, hasPrevious, atMs: clock.nowMs() })
    const isCounted = next === read || this.#written(next)
    // A start that cannot be counted could be made for ever.
    const isBack = act === 'putBack' || (act === 'tryOut' && !isCounted)
    if (!isBack) return act
    if (!hasPrevious) return 'goOn'
    log.error({ version: running }, `version ${running} did not become well: the one before it is put back`)
    return this.#putBack() ? 'putBack' : 'goOn'
  }

  #putBack(): boolean {
    const { program, log } = this.#ports
    try {
      program?.putBack()
      return program !== null
    } catch (error) {
      log.error({ error: String(error) }, 'the version before could not be put back')
      return false
    }
  }

  #written(record: UpdateRecord): boolean {
    try {
      this.#ports.record.write(record)
      return true
    } catch (error) {
      this.#ports.log.error({ error: String(error) }, 'the record of updates could not be written')
      return false
    }
  }
}
