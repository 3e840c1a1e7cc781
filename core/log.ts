import { pino } from 'pino'

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
