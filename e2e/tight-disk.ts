import { spawnSync } from 'node:child_process'
import { chmodSync, closeSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@playwright/test'
import { tempDir } from './host.ts'

const FILLER = 'filler'
/** Where mounting is not permitted: room for a ledger and some ten sales. */
const KILOBYTES = 600
/** A till opens only with 64 MiB to spare, so the small disk has more until it is filled. */
const MOUNTED_MIB = 80

/**
 * A folder on a disk that is soon full. Where this machine lets us mount one, it is a small file system of its own;
 * elsewhere a shell limits how long a file may become, which a program meets in the same calls. Which of the two it was is
 * noted with the test.
 */
export function tightDisk(): {
  readonly path: string
  /** Starts a program under the limit. */
  prefix(): readonly string[]
  /** Something else takes all the room that is left. Under a limit there is nothing to fill: each file may become only so long. */
  fill(): void
  /** Somebody makes room. */
  grow(): void
  remove(): void
} {
  const dir = tempDir()
  const isMounted = mount(dir.path, `size=${MOUNTED_MIB}m`)
  note('the full disk', isMounted ? 'a small file system' : 'ulimit -f: mounting is not permitted here')
  let isTight = true
  return {
    path: dir.path,
    prefix: () => (isMounted || !isTight ? [] : ['sh', '-c', `ulimit -f ${KILOBYTES * 2} && exec "$0" "$@"`]),
    fill() {
      if (!isMounted) return
      const filler = openSync(join(dir.path, FILLER), 'w')
      try {
        for (let mib = 0; mib < MOUNTED_MIB; mib += 1 / 64) writeSync(filler, Buffer.alloc(16 * 1024))
      } catch {
        // That was all the room there was.
      } finally {
        closeSync(filler)
      }
    },
    grow() {
      isTight = false
      if (isMounted) rmSync(join(dir.path, FILLER), { force: true })
    },
    remove() {
      if (isMounted) unmount(dir.path)
      dir.remove()
    },
  }
}

/**
 * Makes a folder, with what is in it, one that cannot be written to. The administrator may write anywhere, so for them it
 * has to be a mount; where that is not permitted either it is another folder, /proc, in which nobody can make a file.
 */
export function sealed(path: string): { readonly path: string; unseal(): void } {
  const undo: (() => void)[] = []
  const unseal = (): void => undo.forEach(step => void step())
  if (process.getuid?.() !== 0) {
    note('the read-only folder', 'its permissions')
    for (const name of [...readdirSync(path), '.']) {
      chmodSync(join(path, name), name === '.' ? 0o500 : 0o400)
      undo.unshift(() => chmodSync(join(path, name), name === '.' ? 0o700 : 0o600))
    }
    return { path, unseal }
  }
  if (mount(path, 'bind', path)) {
    undo.push(() => unmount(path))
    if (mount(path, 'remount,bind,ro')) {
      note('the read-only folder', 'a read-only mount')
      return { path, unseal }
    }
  }
  note('the read-only folder', '/proc: mounting is not permitted here')
  return { path: '/proc', unseal }
}

function mount(at: string, options: string, source = 'tmpfs'): boolean {
  const type = source === 'tmpfs' && !options.startsWith('remount') ? ['-t', 'tmpfs'] : []
  const target = options.startsWith('remount') ? [at] : [source, at]
  return spawnSync('mount', [...type, '-o', options, ...target]).status === 0
}

function unmount(at: string): void {
  const { status, stderr } = spawnSync('umount', [at])
  if (status !== 0)
    throw new Error(`${at} is still mounted, and has to be unmounted by hand: ${String(stderr)}`)
}

function note(type: string, description: string): void {
  test.info().annotations.push({ type, description })
}
