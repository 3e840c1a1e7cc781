import { performance } from 'node:perf_hooks'
import { argv, env } from 'node:process'
import { fileURLToPath } from 'node:url'
import { stderrLog } from '../../core/log.ts'
import { Secret } from '../../core/secret.ts'
import { openTill, type Till } from '../../core/till.ts'

/** A till on a folder and a simulator, as a host opens it. */
export function openOn(dataDir: string, paypayUrl: string, keys: { apiKey: string; apiSecret: string }) {
  return openTill({
    mode: 'training',
    dataDir,
    version: 'bench',
    catalogueFile: fileURLToPath(new URL('../../server/demo/catalogue.json', import.meta.url)),
    paypayUrl,
    credentials: { apiKey: keys.apiKey, apiSecret: new Secret(keys.apiSecret) },
    log: stderrLog('silent'),
  })
}

/** Resolves when the till sells. */
export function isSelling(till: Till): Promise<void> {
  return new Promise(resolve => {
    const stop = till.watchLane('bench', ({ selling }) => {
      if (!selling.open) return
      resolve()
      setImmediate(() => stop())
    })
  })
}

/** As a program: opens, says when it sold (epoch ms), how long core took to open and how many checkouts it picked up, and is gone, as if it were killed. */
async function main(dataDir: string, paypayUrl: string): Promise<void> {
  const { KAIKEI_API_KEY: apiKey = '', KAIKEI_API_SECRET: apiSecret = '' } = env
  const loadedAtMs = performance.now()
  const till = await openOn(dataDir, paypayUrl, { apiKey, apiSecret })
  const openingMs = performance.now() - loadedAtMs
  await isSelling(till)
  const sellingAtMs = performance.timeOrigin + performance.now()
  process.stdout.write(`${JSON.stringify({ openingMs, sellingAtMs, recovered: till.recovered })}\n`, () =>
    process.exit(0),
  )
}

const [, program, dataDir, paypayUrl] = argv
if (program === fileURLToPath(import.meta.url) && dataDir && paypayUrl) await main(dataDir, paypayUrl)
