import { pino } from 'pino'
import type { Trouble } from '../shared/upkeep.ts'
import type { Clock } from './clock.ts'

/** One line of JSON for each event, to standard error. Nothing secret is ever given to it; Secret prints as ***. */
export type Log = {
  info(event: Record<string, unknown>, says: string): void
  warn(event: Record<string, unknown>, says: string): void
  error(event: Record<string, unknown>, says: string): void
}

export function stderrLog(level: 'info' | 'warn' | 'silent'): Log {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: true }),
  )
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** A log that also remembers its last warnings and errors, for the desk. Only the sentences: they hold no secret. */
export type RememberingLog = Log & {
  /** Newest first. */
  troubles(): readonly Trouble[]
}

const MOST_TROUBLES = 20

export function rememberingLog(log: Log, clock: Pick<Clock, 'nowMs'>): RememberingLog {
  let kept: readonly Trouble[] = []
  const keep = (level: Trouble['level'], says: string): void => {
    kept = [{ atMs: clock.nowMs(), level, says: says.slice(0, 1_000) }, ...kept].slice(0, MOST_TROUBLES)
  }
  return {
    info: (event, says) => log.info(event, says),
    warn(event, says) {
      keep('warn', says)
      log.warn(event, says)
    },
    error(event, says) {
      keep('error', says)
      log.error(event, says)
    },
    troubles: () => kept,
  }
}
