import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import { notingInFile } from './packaging/noting.ts'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/**
 * Main and preload, each one file with everything in it, so that the packaged application needs no node_modules. The page is the
 * same for every host and is built by renderer/vite.config.ts into dist/renderer.
 */
export default defineConfig({
  main: {
    plugins: [filesBesideMain(), notingInFile('main')],
    build: {
      outDir: 'out/main',
      externalizeDeps: false,
      minify: false,
      rolldownOptions: {
        input: at('electron/main.ts'),
        output: { format: 'es', entryFileNames: 'main.js', codeSplitting: false },
      },
    },
  },
  preload: {
    plugins: [notingInFile('preload')],
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      // Each file whole, because a sandboxed preload cannot load another.
      isolatedEntries: true,
      minify: false,
      rolldownOptions: {
        input: { preload: at('electron/preload.ts'), preloadDisplay: at('electron/preloadDisplay.ts') },
        // A sandboxed preload is a plain script: CommonJS, and nothing that it could require but electron.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
})

/** What main reads from beside itself: the shop that a first start begins with, and the simulator's phone page. */
function filesBesideMain(): Plugin {
  return {
    name: 'kaikei:files-beside-main',
    closeBundle() {
      cpSync(at('server/demo'), at('out/main/demo'), { recursive: true })
      cpSync(at('simulator/phone'), at('out/main/phone'), {
        recursive: true,
        filter: file => !file.endsWith('.ts'),
      })
      // The public key that releases are held against, where whoever makes the package has one.
      const key = process.env.KAIKEI_UPDATE_PUBLIC_KEY ?? ''
      rmSync(at('out/main/update-key.pem'), { force: true })
      if (key !== '') writeFileSync(at('out/main/update-key.pem'), `${key.trim()}\n`)
    },
  }
}
