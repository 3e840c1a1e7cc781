import { Worker } from 'node:worker_threads'
import type { Batch } from './batches.ts'
import { type Sums, Tally } from './tally.ts'

/**
 * Random worlds, one a seed, spread over so many threads. A world knows nothing of the others, so the sums are the same for any
 * number of threads, and `failed` is in the order of the seeds.
 */
export async function runSeedsOn(workers: number, batch: Batch): Promise<Tally> {
  const tally = new Tally()
  for (const sums of await Promise.all(sharesOf(batch, workers).map(runShare))) tally.addAll(sums)
  return tally
}

/** Seeds that follow each other, in shares whose sizes differ by one at most; none is empty. */
export function sharesOf(batch: Batch, workers: number): Batch[] {
  const count = Math.min(workers, batch.seeds)
  const startOf = (share: number): number => Math.floor((batch.seeds * share) / count)
  return Array.from({ length: count }, (_, share) => ({
    ...batch,
    from: batch.from + startOf(share),
    seeds: startOf(share + 1) - startOf(share),
  }))
}

/** Rejects with whatever ends the thread before it has told its sums. */
function runShare(share: Batch): Promise<Sums> {
  return new Promise((resolve, reject) => {
    new Worker(new URL('worker.ts', import.meta.url), { workerData: share })
      .on('message', resolve)
      .on('error', reject)
      .on('exit', code => reject(new Error(`a thread ended without its sums, with code ${code}`)))
  })
}
