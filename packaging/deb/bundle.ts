import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type InlineConfig } from 'vite'
import { root } from '../../scripts/run.ts'
import { noting } from '../noting.ts'

/** Programs of the package: from which file, to which place in /usr/lib/kaikei-server. Each is one file with everything in it. */
const programs = {
  'server/main.js': 'server/main.ts',
  'ledger/main.js': 'core/ledger/main.ts',
  'doctor/main.js': 'core/doctor/main.ts',
  'pair/main.js': 'server/pair/main.ts',
} as const

/**
 * Writes the programs, the page, the demo shop and the simulator's phone page into `dir`, laid out so that each finds the others as in
 * this repository. Resolves to the files of node_modules that went in.
 */
export async function bundle(dir: string, version: string): Promise<ReadonlySet<string>> {
  const used = new Set<string>()
  for (const [target, source] of Object.entries(programs))
    await build(program(source, join(dir, target, '..'), used))
  await build({
    configFile: join(root, 'renderer/vite.config.ts'),
    logLevel: 'error',
    plugins: [noting(used)],
    build: { outDir: join(dir, 'dist/renderer'), emptyOutDir: true },
  })
  cpSync(join(root, 'server/demo'), join(dir, 'server/demo'), { recursive: true })
  cpSync(join(root, 'simulator/phone'), join(dir, 'server/phone'), {
    recursive: true,
    filter: file => !file.endsWith('.ts'),
  })
  mkdirSync(dir, { recursive: true })
  writeFileSync(
    join(dir, 'package.json'),
    `${JSON.stringify({ name: 'kaikei-server', version, private: true, type: 'module' }, null, 2)}\n`,
  )
  return used
}

function program(source: string, outDir: string, used: Set<string>): InlineConfig {
  return {
    configFile: false,
    root,
    logLevel: 'error',
    plugins: [noting(used)],
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: join(root, source),
      outDir,
      emptyOutDir: false,
      target: 'node24',
      minify: false,
      sourcemap: false,
      copyPublicDir: false,
      rolldownOptions: {
        // Builds the page in a clone; a package brings the page and never comes to that line.
        external: ['vite'],
        output: { format: 'es', entryFileNames: 'main.js', codeSplitting: false },
      },
    },
  }
}
