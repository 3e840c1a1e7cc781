import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

/** Remembers what of node_modules is in what was written. */
export function noting(used: Set<string>): Plugin {
  return {
    name: 'kaikei:what-is-in-it',
    generateBundle(_options, outputs) {
      for (const output of Object.values(outputs)) {
        if (output.type !== 'chunk') continue
        for (const id of output.moduleIds) {
          const file = id.replace(/^\0/, '').replace(/\?.*$/, '')
          if (file.includes('/node_modules/')) used.add(file)
        }
      }
    },
  }
}

export const notedFile = (bundle: string): string =>
  fileURLToPath(new URL(`../build-cache/noted-${bundle}.json`, import.meta.url))

/** The same, left in a file for whoever packs what several builds have made. */
export function notingInFile(bundle: string): Plugin {
  const used = new Set<string>()
  return {
    ...noting(used),
    closeBundle() {
      mkdirSync(fileURLToPath(new URL('../build-cache', import.meta.url)), { recursive: true })
      writeFileSync(notedFile(bundle), JSON.stringify([...used].toSorted()))
    },
  }
}
