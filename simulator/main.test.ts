import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:https'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'

// From the command line: one line when it is ready, a sentence when it cannot be, and a clean end.

const MAIN = new URL('./main.ts', import.meta.url).pathname
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

function run(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [MAIN, ...args], { env: { PATH: '', ...env } })
  children.push(child)
  const said = { stdout: '', stderr: '' }
  child.stdout.on('data', chunk => {
    said.stdout += String(chunk)
  })
  child.stderr.on('data', chunk => {
    said.stderr += String(chunk)
  })
  const ended = new Promise<number | null>(resolve => child.on('close', code => resolve(code)))
  const ready = () => expect.poll(() => said.stdout, { timeout: 10_000 }).toContain('\n')
  return { child, said, ended, ready }
}

const KEYS = ['--api-key', 'k', '--api-secret', 's']

describe('it starts', () => {
  it('and says where in one line of JSON, over TLS too, and ends at SIGTERM', async () => {
    const { child, said, ended, ready } = run(['--port', '0', ...KEYS, '--tls', '--json'])
    await ready()
    const told = JSON.parse(said.stdout) as { paypayUrl: string; phoneUrl: string; caFile: string }
    expect(said.stdout.trimEnd().split('\n')).toHaveLength(1)
    expect(Object.keys(told)).toEqual(['paypayUrl', 'phoneUrl', 'caFile'])
    expect(told.phoneUrl).toBe(`${told.paypayUrl}/phone`)
    const ca = readFileSync(told.caFile)
    for (const name of ['127.0.0.1', 'localhost']) {
      const url = new URL(told.phoneUrl)
      url.hostname = name
      const status = await new Promise((resolve, reject) => {
        get(url, { ca }, answer => resolve(answer.resume().statusCode)).on('error', reject)
      })
      expect(status).toBe(200)
    }
    // Without the authority the certificate is worth nothing.
    const untrusted = new Promise((resolve, reject) => get(told.phoneUrl, resolve).on('error', reject))
    await expect(untrusted).rejects.toThrow()
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(said.stderr).toBe('')
    expect(existsSync(told.caFile)).toBe(false)
  })

  it('with its keys from the environment, in words, and ends at Ctrl-C', async () => {
    const env = { KAIKEI_API_KEY: 'k', KAIKEI_API_SECRET: 'very-secret' }
    const { child, said, ended, ready } = run(['--port', '0'], env)
    await ready()
    expect(said.stdout).toMatch(/^PayPay simulator: http:\/\/127\.0\.0\.1:\d+\n/)
    expect(said.stdout).not.toContain('very-secret')
    child.kill('SIGINT')
    expect(await ended).toBe(0)
  })

  it('and keeps its book in the file it was given', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kaikei-main-'))
    const file = join(folder, 'book.jsonl')
    writeFileSync(file, '{"kind":"parkedCancel","record":{"merchantPaymentId":"order-1","atMs":1}}\n')
    const { said, ready } = run(['--port', '0', ...KEYS, '--json', '--state-file', file])
    await ready()
    const { paypayUrl } = JSON.parse(said.stdout) as { paypayUrl: string }
    const book = await (await fetch(`${paypayUrl}/_simulator/book`)).json()
    expect(book).toMatchObject({ parkedCancels: [{ merchantPaymentId: 'order-1' }] })
    rmSync(folder, { recursive: true })
  })
})

it('asked for help it says how to use it, starts nothing, and that is no error', async () => {
  const { said, ended } = run(['--help'])
  expect(await ended).toBe(0)
  expect(said).toEqual({ stdout: expect.stringMatching(/^usage: npm run simulator -- --port N/), stderr: '' })
})

describe('it does not start, and says why', () => {
  it('wrong options, with how to use it', async () => {
    const { said, ended } = run(['--port', '0', ...KEYS, '--speed', '9'])
    expect(await ended).toBe(2)
    expect(said.stderr).toContain("'--speed'")
    expect(said.stderr).toContain('usage: npm run simulator -- --port N')
    expect(said.stdout).toBe('')
  })

  it('a port that is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise(resolve => server.on('listening', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address ? String(address.port) : ''
    const { said, ended } = run(['--port', port, ...KEYS, '--json'])
    expect(await ended).toBe(1)
    expect(said).toEqual({
      stdout: '',
      stderr: expect.stringContaining(`port ${port} on 127.0.0.1 is taken`),
    })
    server.close()
  })

  it('a state file that is something else', async () => {
    const { said, ended } = run(['--port', '0', ...KEYS, '--state-file', MAIN])
    expect(await ended).toBe(1)
    expect(said.stderr).toContain('line 1 of the state file')
    expect(said.stderr).not.toContain('    at ')
  })
})
