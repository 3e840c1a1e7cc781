import { existsSync, globSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
export const pageDir = join(root, 'dist/renderer')

/** Builds the page where it is missing or older than its sources, so that a fresh clone needs no extra command. */
export async function buildPage(): Promise<void> {
  const built = join(pageDir, 'index.html')
  const builtAtMs = existsSync(built) ? statSync(built).mtimeMs : 0
  const sources = globSync(['renderer/**/*.{ts,tsx,css,html,svg}', 'shared/*.ts', 'package-lock.json'], {
    cwd: root,
  })
  if (sources.every(file => statSync(join(root, file)).mtimeMs <= builtAtMs)) return
  const vite = await import('vite')
  await vite.build({ configFile: join(root, 'renderer/vite.config.ts'), logLevel: 'error' })
}
