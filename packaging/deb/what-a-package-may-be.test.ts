import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { root } from '../../scripts/run.ts'
import { billOfMaterials } from '../bill.ts'
import { copyrightText, nodeFor, partsOf } from '../parts.ts'
import { makeDeb } from './make.ts'

const files = new Set(
  ['zod/index.js', 'fastify/lib/hooks.js', '@fastify/static/index.js', 'fastify/fastify.js'].map(file =>
    join(root, 'node_modules', file),
  ),
)
const wish = { version: '1.0', architecture: 'amd64', node: undefined, outDir: '/nowhere' } as const

it('each part is named once, with version and licence, and Node with them', () => {
  const parts = partsOf(files, 'node')
  expect(parts.map(part => part.name)).toEqual(['@fastify/static', 'fastify', 'node', 'zod'])
  for (const { license, texts } of parts) {
    expect(license).toBe('MIT')
    expect(texts.join()).toMatch(/permission is hereby granted/i)
  }
  const text = copyrightText(parts)
  for (const { name, version } of parts) expect(text).toContain(`${name} ${version}: MIT`)
})

it('the bill of materials is CycloneDX, the same each time, and names what each part is by its address', () => {
  const bill = billOfMaterials('kaikei-server', '1.2.3', partsOf(files, 'node'))
  expect(billOfMaterials('kaikei-server', '1.2.3', partsOf(new Set([...files].toReversed()), 'node'))).toBe(
    bill,
  )
  const read = z
    .object({
      bomFormat: z.literal('CycloneDX'),
      specVersion: z.literal('1.6'),
      metadata: z.object({ component: z.object({ name: z.string(), version: z.string() }) }),
      components: z.array(z.object({ purl: z.string(), licenses: z.array(z.unknown()).length(1) })),
    })
    .parse(JSON.parse(bill))
  expect(read.metadata.component).toEqual({ name: 'kaikei-server', version: '1.2.3' })
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/zod/package.json'), 'utf8')) as {
    version: string
  }
  expect(read.components.map(one => one.purl)).toContain(`pkg:npm/zod@${version}`)
})

it('a Node for another machine is refused, with what belongs there', () => {
  const x64 = process.platform === 'linux' && process.arch === 'x64' ? process.execPath : undefined
  if (x64) expect(nodeFor('amd64', x64)).toBe(x64)
  if (x64)
    expect(() => nodeFor('arm64', x64)).toThrow(/no program for arm64\. Name the right one with --node/)
  expect(() => nodeFor('amd64', join(root, 'package.json'))).toThrow(/no program for amd64/)
  expect(() => nodeFor('amd64', '/nowhere/node')).toThrow(/no Node at \/nowhere\/node/)
})

it('a version that dpkg would refuse is refused before anything is built', async () => {
  await expect(makeDeb({ ...wish, version: 'v1' })).rejects.toThrow(/"v1" is none that dpkg takes/)
})

it('the unit shuts the till in as far as Node lives with', () => {
  const unit = readFileSync(
    join(import.meta.dirname, 'files/usr/lib/systemd/system/kaikei-server.service'),
    'utf8',
  )
  const lines = unit.split('\n')
  for (const line of [
    'Type=notify',
    'User=kaikei',
    'LimitCORE=0',
    'MemorySwapMax=0',
    'NoNewPrivileges=yes',
    'ProtectSystem=strict',
    'CapabilityBoundingSet=',
    'LoadCredential=paypay-keys',
    'UMask=0077',
  ])
    expect(lines).toContain(line)
  // V8 writes code and runs it.
  expect(lines.filter(line => line.startsWith('MemoryDenyWriteExecute'))).toEqual([])
})
