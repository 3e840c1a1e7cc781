import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BRIDGED_PAGE_HEADERS as PAGE_HEADERS } from '../shared/pageHeaders.ts'
import { pageHandler } from './page.ts'

// The page's scheme reads files: an address that climbs out of the page's folder would read the ledger, or the keys.
let folder: string
let get: (address: string, method?: string) => Promise<Response>

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaikei-page-'))
  mkdirSync(join(folder, 'page/assets'), { recursive: true })
  writeFileSync(join(folder, 'page/index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'page/assets/index.js'), 'export {}')
  writeFileSync(join(folder, 'page/notes.txt'), 'not part of the page')
  writeFileSync(join(folder, 'secret.html'), 'a neighbour')
  mkdirSync(join(folder, 'page-two'))
  writeFileSync(join(folder, 'page-two/index.html'), 'a neighbour')
  const handle = pageHandler({
    pageDir: join(folder, 'page'),
    async media(path) {
      if (path === '/media/broken.svg') throw new Error('the disk is away')
      return path === '/media/tea.svg' ? { bytes: Buffer.from('<svg/>'), contentType: 'image/svg+xml' } : null
    },
  })
  // The shape of a Request, because a real one tidies an address before anybody sees it.
  get = (url, method = 'GET') => handle({ url, method } as Request)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it.each([
  ['kaikei://app/', 'text/html; charset=utf-8', '<!doctype html>'],
  ['kaikei://app/?lane=left', 'text/html; charset=utf-8', '<!doctype html>'],
  ['kaikei://app/assets/index.js', 'text/javascript; charset=utf-8', 'export {}'],
  ['kaikei://app/media/tea.svg', 'image/svg+xml', '<svg/>'],
])('%s is answered', async (url, contentType, body) => {
  const response = await get(url)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe(contentType)
  expect(await response.text()).toBe(body)
})

const nothing = [
  'kaikei://app/../secret.html',
  'kaikei://app/assets/../../secret.html',
  'kaikei://app/%2e%2e/secret.html',
  'kaikei://app/%2E%2E%2Fsecret.html',
  'kaikei://app/..%2fsecret.html',
  'kaikei://app/..%5csecret.html',
  'kaikei://app/..\\secret.html',
  'kaikei://app/assets/..%2f..%2fpage-two/index.html',
  'kaikei://app/%252e%252e/secret.html',
  'kaikei://app//etc/passwd',
  'kaikei://app/C:/secret.html',
  'kaikei://app/index.html%00.js',
  'kaikei://app/%',
  'kaikei://app/notes.txt',
  'kaikei://app/assets',
  'kaikei://app/assets/',
  'kaikei://app/no-such.js',
  'kaikei://app/media/no-such.svg',
  'kaikei://app/media/broken.svg',
  'kaikei://app/media/../secret.html',
  'kaikei://other/',
  'kaikei://app:81/',
  'no address',
]

it.each(nothing)('%s is not there', async url => {
  const response = await get(url)
  expect(response.status).toBe(404)
  expect(await response.text()).toBe('')
})

it.each(['POST', 'PUT', 'DELETE', 'HEAD'])(
  '%s changes nothing, because nothing is written over it',
  async method => {
    expect((await get('kaikei://app/', method)).status).toBe(405)
  },
)

describe('every answer, good or bad, has the walls on it', () => {
  it.each(['kaikei://app/', 'kaikei://app/media/tea.svg', ...nothing])('%s', async url => {
    const { headers } = await get(url)
    for (const [name, value] of Object.entries(PAGE_HEADERS)) expect(headers.get(name)).toBe(value)
  })

  it('a script comes from the page’s own files, and the page talks to nobody', () => {
    const policy = new Map(
      PAGE_HEADERS['content-security-policy'].split('; ').map(part => {
        const [name, ...sources] = part.split(' ')
        return [name, sources.join(' ')] as const
      }),
    )
    expect(policy.get('default-src')).toBe("'none'")
    expect(policy.get('script-src')).toBe("'self'")
    expect(policy.get('connect-src')).toBe("'none'")
    expect(policy.get('frame-ancestors')).toBe("'none'")
    expect(policy.get('require-trusted-types-for')).toBe("'script'")
    expect(policy.get('trusted-types')).toBe("'none'")
    expect([...policy.values()].join(' ')).not.toMatch(/unsafe|\*|https?:/)
  })
})
