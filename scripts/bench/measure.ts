import { statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'

/** Throws, in words, where the temporary folder has not so much room. */
export function needRoom(bytes: number): void {
  const { bavail, bsize } = statfsSync(tmpdir())
  if (bavail * bsize < bytes)
    throw new Error(`${tmpdir()} has not the ${Math.ceil(bytes / 1e9)} GB of room that this needs`)
}

export function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN
}
