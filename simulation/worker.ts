import { parentPort, workerData } from 'node:worker_threads'
import { type Batch, runSeeds } from './batches.ts'

/** One thread of `workers.ts`: runs its share of the seeds and tells the sums. */
parentPort?.postMessage(await runSeeds(workerData as Batch))
