import { spawn } from 'node:child_process'

/** Said to systemd, in its own words: READY=1, WATCHDOG=1, STATUS=…, STOPPING=1. */
type Say = (...words: readonly string[]) => Promise<void>

export const LIMITS = {
  /** An answer that takes longer is none: the watchdog is for a till that hangs. */
  answerMs: 5_000,
  /** And systemd-notify has hung if it takes longer. */
  helperMs: 5_000,
} as const
/** With it the pause and both limits come to two thirds of the unit's WatchdogSec=, so a slow machine is not taken for a till that hangs. */
const BEATS_A_WATCHDOG = 3
/** Until it has answered for the first time. */
const NOT_YET_MS = 500

export type Watched = {
  /** Whether the till answers at this moment, as a screen would hear it. */
  answers(): Promise<boolean>
  /** One line on how it is, for `systemctl status`. */
  status(): string
}

/**
 * Tells systemd that the till is ready and, three times in what it waits for (`WatchdogSec=`), that it is alive: each time only when it
 * has just answered. Where nobody asked (no NOTIFY_SOCKET) nothing happens. `stopping` ends it.
 */
export function tellServiceManager(
  watched: Watched,
  env: NodeJS.ProcessEnv,
  say: Say = systemdNotify(env),
): { stopping(): Promise<void> } {
  if (!hasServiceManager(env)) return { stopping: async () => undefined }
  let isStopping = false
  let isReady = false
  let timer: NodeJS.Timeout | null = null
  const everyMs = watchdogMs(env)
  const look = async (): Promise<void> => {
    const isAlive = await watched.answers().catch(() => false)
    if (isStopping) return
    if (isAlive) await say(...(isReady ? [] : ['READY=1']), 'WATCHDOG=1', `STATUS=${watched.status()}`)
    isReady ||= isAlive
    if (isStopping || (isReady && everyMs === null)) return
    timer = setTimeout(() => void look(), isReady && everyMs !== null ? everyMs : NOT_YET_MS)
  }
  void look()
  return {
    async stopping() {
      isStopping = true
      if (timer) clearTimeout(timer)
      await say('STOPPING=1')
    },
  }
}

export function hasServiceManager(env: NodeJS.ProcessEnv): boolean {
  return Boolean(env.NOTIFY_SOCKET)
}

/** A third of what systemd waits for, ms; null: it does not wait, or not for this process. */
export function watchdogMs(env: NodeJS.ProcessEnv, pid: number = process.pid): number | null {
  const microseconds = Number(env.WATCHDOG_USEC)
  if (!Number.isFinite(microseconds) || microseconds <= 0) return null
  if (env.WATCHDOG_PID && Number(env.WATCHDOG_PID) !== pid) return null
  return Math.max(100, Math.floor(microseconds / 1_000 / BEATS_A_WATCHDOG))
}

/** Calls a method that changes nothing, over the same way as a screen. */
export async function answersAt(kioskUrl: string): Promise<boolean> {
  const response = await fetch(new URL('api/getShop', kioskUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
    signal: AbortSignal.timeout(LIMITS.answerMs),
  })
  return response.ok && ((await response.json()) as { ok?: unknown }).ok === true
}

/** Node opens no datagram sockets of this kind, so systemd's own program says it; the unit allows that with NotifyAccess=all. */
function systemdNotify(env: NodeJS.ProcessEnv): Say {
  return (...words) =>
    new Promise(resolve => {
      const child = spawn('systemd-notify', words, { stdio: 'ignore', env, timeout: LIMITS.helperMs })
      // A till that cannot say that it is well still sells; systemd starts it anew if it has to.
      child.on('error', error => {
        process.stderr.write(`systemd could not be told (${error.message})\n`)
        resolve()
      })
      child.on('close', () => resolve())
    })
}
