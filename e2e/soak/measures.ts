import { readFileSync } from 'node:fs'
import type { CDPSession } from '@playwright/test'

/** What is in use after one more part of a soak, in bytes; `nodes`: of the document. */
export type Measures = {
  readonly checkouts: number
  readonly hostBytes: number
  readonly pageBytes: number
  readonly heapBytes: number
  readonly nodes: number
}

export const SERIES = ['hostBytes', 'pageBytes', 'heapBytes', 'nodes'] as const

/** `page` and `browser` are the page's own session with Chromium and the browser's. */
export async function measure(
  checkouts: number,
  hostPid: number,
  page: CDPSession,
  browser: CDPSession,
): Promise<Measures> {
  // What could be thrown away is no leak.
  await page.send('HeapProfiler.collectGarbage')
  const { metrics } = await page.send('Performance.getMetrics')
  const metric = (name: string): number => metrics.find(one => one.name === name)?.value ?? Number.NaN
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo')
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => residentBytes(id))
  return {
    checkouts,
    hostBytes: residentBytes(hostPid),
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
