import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { print, root } from '../../scripts/run.ts'
import { MACHINES } from '../parts.ts'
import { makeDeb } from './make.ts'

const USAGE =
  'usage: npm run package:deb -- [--version V] [--arch amd64|arm64] [--node FILE] [--out DIR]\n' +
  '  --node  bin/node of Node’s archive for that architecture; for amd64 the one of the lock file is taken'

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      version: { type: 'string' },
      arch: { type: 'string', default: 'amd64' },
      node: { type: 'string' },
      out: { type: 'string', default: join(root, 'installers') },
    },
  })
  const architecture = (Object.keys(MACHINES) as (keyof typeof MACHINES)[]).find(one => one === values.arch)
  if (!architecture) throw new Error(`--arch is "${values.arch}": use amd64 or arm64`)
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const file = await makeDeb({
    version: values.version ?? own.version,
    architecture,
    node: values.node,
    outDir: values.out,
  })
  print(`${file} (${(statSync(file).size / 1024 / 1024).toFixed(1)} MiB)`)
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`)
  process.exitCode = 1
})
