import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemClock } from '../core/clock.ts'
import { stderrLog } from '../core/log.ts'
import { openTill } from '../core/till.ts'
import { startHost } from './http.ts'
import { desksKeyFile } from './keyFile.ts'

/**
 * For one test: main.ts' own parts in production, with a PayPay on this machine whose authority is trusted, which no setting of the
 * product allows. `node a-production-till.ts DATA-DIR PAYPAY-URL CA-FILE`; its keys are in the data folder.
 */
const [dataDir = '', paypayUrl = '', caFile = ''] = process.argv.slice(2)
const keys = desksKeyFile(join(dataDir, 'paypay-keys.json'), systemClock)
const till = await openTill({
  mode: 'production',
  dataDir,
  catalogueFile: join(dataDir, 'shop', 'catalogue.json'),
  demoDir: fileURLToPath(new URL('demo', import.meta.url)),
  paypayUrl,
  ca: readFileSync(caFile, 'utf8'),
  credentials: await keys.read(),
  keys,
  keysFault: keys.fault,
  version: '0.0.0',
  log: stderrLog('info'),
})
const pageDir = join(dataDir, 'page')
mkdirSync(pageDir, { recursive: true })
const host = await startHost({ till, port: 0, pageDir })
await till.ready
process.stdout.write(`${JSON.stringify({ kioskUrl: host.kioskUrl })}\n`)
process.once('SIGTERM', () => {
  void host
    .close()
    .then(() => till.close())
    .then(() => process.exit(0))
})
