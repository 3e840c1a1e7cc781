import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { extname, join } from 'node:path'

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** The page's own files: what they are is no secret, so a screen that is not paired yet gets them too. */
export function isPagesFile(path: string): boolean {
  return /^\/(assets\/[\w.-]+|icon\.svg)$/.test(path)
}

/** One file of the built page. What lies in `assets/` has its hash in its name, so it never changes. */
export async function sendPage(response: ServerResponse, pageDir: string, path: string): Promise<boolean> {
  const contentType = contentTypes[extname(path)]
  if (!contentType) return false
  const bytes = await readFile(join(pageDir, path)).catch(() => null)
  if (!bytes) return false
  const forEver = path.startsWith('/assets/')
  response.writeHead(200, {
    'content-type': contentType,
    'cache-control': forEver ? 'public, max-age=31536000, immutable' : 'no-store',
  })
  response.end(bytes)
  return true
}
