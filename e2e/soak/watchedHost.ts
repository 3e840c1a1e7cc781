import CDP from 'chrome-remote-interface'
import type { Program } from '../host.ts'

/** A debugger's door on a port of its own choice; a till in training says that it would not start like this anywhere else. */
export const WATCHED = { NODE_OPTIONS: '--inspect=127.0.0.1:0' }

/** The host's memory, asked through Node's inspector, which can also throw away what nothing holds any more. */
export class WatchedHost {
  readonly pid: number
  readonly client: CDP.Client

  private constructor(pid: number, client: CDP.Client) {
    this.pid = pid
    this.client = client
  }

  /** Of a program that was started with `WATCHED` and is ready. */
  static async of(host: Pick<Program, 'pid' | 'stderr'>): Promise<WatchedHost> {
    const [, target] = /Debugger listening on (ws:\S+)/.exec(host.stderr) ?? []
    if (target === undefined) throw new Error('the host has no inspector')
    // biome-ignore lint/nursery/useAwaitThenable: its types name the promise through a namespace that the rule does not follow
    return new WatchedHost(host.pid, await CDP({ target }))
  }

  /** JavaScript's objects and buffers after a collection, in bytes. */
  async heapBytes(): Promise<number> {
    await this.client.HeapProfiler.collectGarbage()
    // Newer than the types: the buffers' bytes lie outside of the heap.
    const { usedSize, backingStorageSize = 0 } = (await this.client.Runtime.getHeapUsage()) as {
      readonly usedSize: number
      readonly backingStorageSize?: number
    }
    return usedSize + backingStorageSize
  }

  async close(): Promise<void> {
    await this.client.close()
  }
}
