import { createPrivateKey, X509Certificate } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import { FileFault } from '../core/catalogue.ts'
import { systemRandom } from '../core/random.ts'

const DAY_MS = 86_400_000
/** As long as a tablet is used. */
const AUTHORITY_DAYS = 3_650
/** What Apple's systems and others accept without a word, with much to spare. */
export const LEAF_DAYS = 90
/** A new one is issued so long before the old one ends. */
export const RENEW_DAYS = 30

export type Authority = { readonly key: string; readonly cert: string }
export type Leaf = { readonly key: string; readonly cert: string; readonly endsAtMs: number }

const made = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const

/**
 * The certificate authority of this till: made once, on the spot, and kept in a file that only its owner may read. Whoever has the key
 * can pretend to be anybody to the screens that trust it. Throws FileFault, in words.
 */
export async function authorityIn(folder: string, nowMs: number): Promise<Authority> {
  const file = join(folder, 'authority.pem')
  const kept = read(file, nowMs)
  if (kept) return kept
  const name = `Kaikei till ${systemRandom.word(4)}`
  const { private: key, cert } = await generate([{ name: 'commonName', value: name }], {
    ...made,
    // Yesterday, for a screen whose clock is a little behind.
    notBeforeDate: new Date(nowMs - DAY_MS),
    notAfterDate: new Date(nowMs + AUTHORITY_DAYS * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })
  keep(file, folder, `${key.trim()}\n${cert.trim()}\n`)
  return { key, cert }
}

/** A certificate for these names and addresses, of this authority's. */
export async function issueLeaf(
  authority: Authority,
  names: readonly string[],
  nowMs: number,
): Promise<Leaf> {
  // What outlives its authority is refused all the same.
  const endsAtMs = Math.min(nowMs + LEAF_DAYS * DAY_MS, endOf(new X509Certificate(authority.cert)))
  const { private: key, cert } = await generate([{ name: 'commonName', value: names[0] ?? 'kaikei' }], {
    ...made,
    ca: authority,
    notBeforeDate: new Date(nowMs - DAY_MS),
    notAfterDate: new Date(endsAtMs),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: names.map(name => (isIP(name) ? { type: 7, ip: name } : { type: 2, value: name })),
      },
    ],
  })
  return { key, cert, endsAtMs }
}

function endOf(certificate: X509Certificate): number {
  return Date.parse(certificate.validTo)
}

function read(file: string, nowMs: number): Authority | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw new FileFault(
      `The authority ${file} cannot be read (${because(error)}). Give the user who runs Kaikei the right to read it.`,
    )
  }
  const [key = '', cert = ''] = text.split(/(?=-----BEGIN CERTIFICATE-----)/)
  // A new one would be trusted by no screen; that is a person's decision.
  const another = 'move it away, and a new one is made, which every screen has to be told to trust.'
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(cert)
    if (!certificate.checkPrivateKey(createPrivateKey(key))) throw new Error('not a pair')
  } catch {
    throw new FileFault(`The authority ${file} is damaged. Put it back from a copy; or ${another}`)
  }
  if (endOf(certificate) <= nowMs)
    throw new FileFault(
      `The authority ${file} ended on ${certificate.validTo}. Look whether the clock is right; if it is, ${another}`,
    )
  return { key, cert }
}

/** Nobody else may read it, not even for a moment, and a half-written one never has its name. */
function keep(file: string, folder: string, text: string): void {
  const draft = `${file}.new`
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    rmSync(draft, { force: true })
    const handle = openSync(draft, 'wx', 0o600)
    try {
      writeSync(handle, text)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(draft, file)
  } catch (error) {
    throw new FileFault(
      `The authority cannot be kept in ${file} (${because(error)}). Give the user who runs Kaikei the right to write there.`,
    )
  }
}

function because(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
