import { readFileSync } from 'node:fs'
import { countObjects } from './objects.ts'
import type { WatchedHost } from './watchedHost.ts'
import type { WatchedPage } from './watchedPage.ts'

/** What is in use after one more part of a soak. */
export type Measures = {
  readonly checkouts: number
  /** Of the whole process, resident. */
  readonly hostBytes: number
  readonly pageBytes: number
  /** That JavaScript holds. */
  readonly hostObjects: number
  readonly pageObjects: number
  /** Of the document, and what was taken out of it and is still held. */
  readonly nodes: number
  /** V8's heap with compiled code, which comes and goes; the host's with its buffers. */
  readonly hostHeapBytes: number
  readonly heapBytes: number
}

/** None of these may grow. */
export const SERIES = [
  'hostBytes',
  'pageBytes',
  'hostObjects',
  'pageObjects',
  'nodes',
  'hostHeapBytes',
  'heapBytes',
] as const

export async function measure(
  checkouts: number,
  host: WatchedHost,
  { client, browser }: WatchedPage,
): Promise<Measures> {
  // What could be thrown away is no leak.
  await client.HeapProfiler.collectGarbage()
  const hostHeapBytes = await host.heapBytes()
  const hostObjects = await countObjects(host.client)
  const pageObjects = await countObjects(client)
  const { metrics } = await client.Performance.getMetrics()
  const metric = (name: string): number => metrics.find(one => one.name === name)?.value ?? Number.NaN
  const { processInfo } = await browser.SystemInfo.getProcessInfo()
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => residentBytes(id))
  return {
    checkouts,
    hostBytes: residentBytes(host.pid),
    // The one with the till; the others are spare and empty.
    pageBytes: Math.max(...renderers),
    hostObjects,
    pageObjects,
    nodes: metric('Nodes'),
    hostHeapBytes,
    heapBytes: metric('JSHeapUsedSize'),
  }
}

export function residentBytes(pid: number): number {
  const [, kib] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  if (kib === undefined) throw new Error(`the process ${pid} does not say how much memory it has`)
  return Number(kib) * 1024
}
