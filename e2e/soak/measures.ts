import { readFileSync } from 'node:fs'
import type { WatchedHost } from './watchedHost.ts'
import type { WatchedPage } from './watchedPage.ts'

/** What is in use after one more part of a soak, in bytes; `nodes`: of the document. */
export type Measures = {
  readonly checkouts: number
  readonly hostBytes: number
  /** Of the host's JavaScript, its buffers too. */
  readonly hostHeapBytes: number
  readonly pageBytes: number
  readonly heapBytes: number
  readonly nodes: number
}

export const SERIES = ['hostBytes', 'hostHeapBytes', 'pageBytes', 'heapBytes', 'nodes'] as const

export async function measure(
  checkouts: number,
  host: WatchedHost,
  { client, browser }: WatchedPage,
): Promise<Measures> {
  // What could be thrown away is no leak.
  await client.HeapProfiler.collectGarbage()
  const hostHeapBytes = await host.heapBytes()
  const { metrics } = await client.Performance.getMetrics()
  const metric = (name: string): number => metrics.find(one => one.name === name)?.value ?? Number.NaN
  const { processInfo } = await browser.SystemInfo.getProcessInfo()
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => residentBytes(id))
  return {
    checkouts,
    hostBytes: residentBytes(host.pid),
    hostHeapBytes,
    // The one with the till; the others are spare and empty.
    pageBytes: Math.max(...renderers),
    heapBytes: metric('JSHeapUsedSize'),
    nodes: metric('Nodes'),
  }
}

function residentBytes(pid: number): number {
  const [, kib] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  if (kib === undefined) throw new Error(`the process ${pid} does not say how much memory it has`)
  return Number(kib) * 1024
}
