import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { root } from '../../scripts/run.ts'
import { billOfMaterials } from '../bill.ts'
import { notedFile, noting } from '../noting.ts'
import { copyrightText, partsOf } from '../parts.ts'

/**
 * After `electron-vite build`: the page, and whose work is in all three and under which words, which electron-builder puts beside the
 * program.
 */
const used = new Set<string>()
await build({
  configFile: join(root, 'renderer/vite.config.ts'),
  logLevel: 'warn',
  plugins: [noting(used)],
})
for (const bundle of ['main', 'preload'])
  for (const file of JSON.parse(readFileSync(notedFile(bundle), 'utf8')) as string[]) used.add(file)
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
const parts = partsOf(used, 'electron')
const dir = join(root, 'out/notices')
mkdirSync(dir, { recursive: true })
writeFileSync(join(dir, 'COPYRIGHT.txt'), copyrightText(parts))
writeFileSync(join(dir, 'sbom.cdx.json'), billOfMaterials('kaikei', version, parts))
