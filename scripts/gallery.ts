import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, extname, join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build, type Plugin, preview } from 'vite'
import { root } from './run.ts'

/** The gallery of screens on loopback, with the demo shop's pictures; not part of the product. */
export async function startGallery(): Promise<{ url: string; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'kaikei-gallery-'))
  const whole = { configFile: false, root: join(root, 'renderer/gallery'), logLevel: 'warn' } as const
  await build({
    ...whole,
    plugins: [react()],
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2022',
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 2_000,
    },
  })
  const server = await preview({
    ...whole,
    plugins: [demoShop()],
    build: { outDir: folder },
    preview: { host: '127.0.0.1', port: 0 },
  })
  const url = server.resolvedUrls?.local[0]
  if (url === undefined) throw new Error('Vite has started and tells no address; see its warnings above')
  const close = async (): Promise<void> => {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { url, close }
}

/** What a host would serve: the catalogue and the pictures beside it. */
function demoShop(): Plugin {
  const types: Readonly<Record<string, string>> = { '.svg': 'image/svg+xml', '.json': 'application/json' }
  return {
    name: 'demo-shop',
    configurePreviewServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? '/', 'http://gallery').pathname
        if (path !== '/catalogue.json' && !path.startsWith('/media/')) return next()
        if (path === '/media/logo-of-the-operator.svg') {
          response.setHeader('content-type', 'image/svg+xml')
          return void response.end(stampOfNobody)
        }
        readFile(join(root, 'server/demo', basename(path))).then(
          bytes => {
            response.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream')
            response.end(bytes)
          },
          () => next(),
        )
      })
    },
  }
}

/** Stands for a logo that an operator brings. */
const stampOfNobody =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 80"><rect width="240" height="80" rx="12" fill="#fff"/><path d="M20 20h60v40H20zM100 20h120v14H100zM100 46h80v14h-80z" fill="#57524a"/></svg>'
