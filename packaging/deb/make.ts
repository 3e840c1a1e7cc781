import { spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from '../../scripts/run.ts'
import { billOfMaterials } from '../bill.ts'
import { type Architecture, copyrightText, nodeFor, partsOf } from '../parts.ts'
import { bundle } from './bundle.ts'
import { pack } from './pack.ts'

export type Wish = {
  readonly version: string
  readonly architecture: Architecture
  /** The Node to take along; undefined: the one of the lock file. */
  readonly node: string | undefined
  readonly outDir: string
}

const here = import.meta.dirname

/** Makes `kaikei-server_VERSION_ARCHITECTURE.deb` in `outDir`; resolves to its path. Throws in words. */
export async function makeDeb(wish: Wish): Promise<string> {
  const { version, architecture } = wish
  if (!/^\d[A-Za-z0-9.+~]*$/.test(version))
    throw new Error(`the version "${version}" is none that dpkg takes: use one like 0.2.0`)
  const node = nodeFor(architecture, wish.node)
  const staged = mkdtempSync(join(tmpdir(), 'kaikei-deb-'))
  try {
    const lib = join(staged, 'usr/lib/kaikei-server')
    const doc = join(staged, 'usr/share/doc/kaikei-server')
    cpSync(join(here, 'files'), staged, { recursive: true })
    const parts = partsOf(await bundle(lib, version), 'node')
    mkdirSync(join(lib, 'bin'))
    copyFileSync(node, join(lib, 'bin/node'))
    mkdirSync(doc, { recursive: true })
    writeFileSync(join(doc, 'copyright'), copyrightText(parts))
    writeFileSync(join(doc, 'sbom.cdx.json'), billOfMaterials('kaikei-server', version, parts))
    copyFileSync(join(root, 'docs/deploy/debian.md'), join(doc, 'README.md'))
    // Level and time are fixed, so that the bytes are.
    writeFileSync(join(doc, 'changelog.gz'), gzipSync(readFileSync(join(root, 'CHANGELOG.md')), { level: 9 }))
    mkdirSync(wish.outDir, { recursive: true })
    const file = join(wish.outDir, `kaikei-server_${version}_${architecture}.deb`)
    pack(staged, join(here, 'scripts'), file, { version, architecture, epoch: epoch() })
    return file
  } finally {
    rmSync(staged, { recursive: true, force: true })
  }
}

/** Of the last commit, or what SOURCE_DATE_EPOCH says. */
function epoch(): number {
  const said = process.env.SOURCE_DATE_EPOCH
  if (said !== undefined && /^\d+$/.test(said)) return Number(said)
  const { stdout } = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' })
  const seconds = Number(stdout)
  return Number.isInteger(seconds) && seconds > 0 ? seconds : 1_767_225_600
}
