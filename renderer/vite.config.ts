import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The page, for every host: relative addresses, no inline script or style, so that the strictest policy fits. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    // One file: a style of its own for what is loaded later would come before the order of layers that tokens.css sets, and one that was
    // lost on its way is never asked for again.
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
  },
})
