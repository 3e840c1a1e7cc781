import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Log } from '../../core/log.ts'
import { RESTING, type UpdateRecord, updateRecord } from '../../core/update/record.ts'

/** The record of updates as a file: every write is whole and durable, or never was. It waits for nobody, as the program ends right after. */
export function recordFile(
  file: string,
  log: Log,
): { read(): UpdateRecord; write(record: UpdateRecord): void } {
  return {
    read() {
      let text: string
      try {
        text = readFileSync(file, 'utf8')
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
          log.error({ error: String(error) }, 'the record of updates cannot be read')
        return RESTING
      }
      const read = updateRecord.safeParse(parsed(text))
      if (read.success) return read.data
      log.error({}, `the record of updates, ${file}, is damaged; it is taken for an empty one`)
      return RESTING
    },
    write(record) {
      mkdirSync(dirname(file), { recursive: true })
      writeThrough(`${file}.new`, `${JSON.stringify(record, null, 2)}\n`)
      renameSync(`${file}.new`, file)
      syncFolder(dirname(file))
    },
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function writeThrough(file: string, text: string): void {
  const handle = openSync(file, 'w', 0o600)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** A rename is durable when its folder is. Windows opens no folders, and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
