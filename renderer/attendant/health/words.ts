import type { DeskSay } from '../text/say.ts'

const GB = 1_000_000_000

/** `5.0 GB`, `12.3 MB` */
export function bytesInWords(bytes: number | null, say: DeskSay): string {
  if (bytes === null) return say('health.unknown')
  return bytes >= GB
    ? say('health.gb', { number: (bytes / GB).toFixed(1) })
    : say('health.mb', { number: (bytes / 1_000_000).toFixed(1) })
}

/** `3:07:12`: hours, minutes, seconds. */
export function upInWords(upMs: number): string {
  const seconds = Math.floor(upMs / 1_000)
  const two = (number: number): string => String(number).padStart(2, '0')
  return `${Math.floor(seconds / 3_600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}
