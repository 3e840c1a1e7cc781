import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { createSecureContext } from 'node:tls'
import { FileFault } from '../core/catalogue.ts'
import type { NetworkSettings } from '../shared/shopDocuments.ts'
import { authorityIn, issueLeaf, RENEW_DAYS } from './authority.ts'

/** What this till shows a screen that asks who it is. */
export type Identity = {
  readonly key: string
  readonly cert: string
  /** SHA-256 of what a screen has to trust. */
  readonly fingerprint: string
  /** The authority's certificate as a file to install (DER); null: the operator's own certificate. */
  readonly authority: Uint8Array | null
  /** Epoch ms: from then on a new one is needed. */
  readonly renewAtMs: number
  /** Names that the certificate does not cover: browsers will refuse them. */
  readonly uncovered: readonly string[]
}

/** The operator's files are read again so often: whoever renews them restarts nothing. Nothing is renewed more often. */
const LOOK_AGAIN_MS = 3_600_000

/** The operator's certificate, or one of this till's own authority. Throws FileFault, in words. */
export async function identityOf(
  settings: Pick<NetworkSettings, 'certificateFile' | 'keyFile'>,
  names: readonly string[],
  folder: string,
  nowMs: number,
): Promise<Identity> {
  const { certificateFile, keyFile } = settings
  if (certificateFile !== null && keyFile !== null) return operators(certificateFile, keyFile, names, nowMs)
  const authority = await authorityIn(folder, nowMs)
  const leaf = await issueLeaf(authority, names, nowMs)
  const own = new X509Certificate(authority.cert)
  return {
    key: leaf.key,
    cert: leaf.cert,
    fingerprint: own.fingerprint256,
    authority: own.raw,
    renewAtMs: Math.max(leaf.endsAtMs - RENEW_DAYS * 86_400_000, nowMs + LOOK_AGAIN_MS),
    uncovered: [],
  }
}

function operators(
  certificateFile: string,
  keyFile: string,
  names: readonly string[],
  nowMs: number,
): Identity {
  const cert = text(certificateFile, 'certificate')
  const key = text(keyFile, 'key')
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(cert)
    createSecureContext({ cert, key })
    if (!certificate.checkPrivateKey(createPrivateKey(key))) throw new Error('the key is another one’s')
  } catch (error) {
    throw new FileFault(
      `The network’s certificate ${certificateFile} and key ${keyFile} cannot be used (${error instanceof Error ? error.message : String(error)}). Put a PEM certificate with its chain and its key there, without a password.`,
    )
  }
  if (Date.parse(certificate.validFrom) > nowMs)
    throw new FileFault(
      `The network’s certificate ${certificateFile} holds only from ${certificate.validFrom} on. Look whether the clock is right, and put one there that holds today.`,
    )
  const endsAtMs = Date.parse(certificate.validTo)
  if (endsAtMs <= nowMs)
    throw new FileFault(
      `The network’s certificate ${certificateFile} ended on ${certificate.validTo}. Put a new one there.`,
    )
  return {
    key,
    cert,
    fingerprint: certificate.fingerprint256,
    authority: null,
    renewAtMs: Math.min(endsAtMs, nowMs + LOOK_AGAIN_MS),
    uncovered: names.filter(
      name => (isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name)) === undefined,
    ),
  }
}

function text(file: string, what: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new FileFault(
      `The network’s ${what} ${file} cannot be read (${error instanceof Error ? error.message : String(error)}). Check network.${what}File in the settings, and that the user who runs Kaikei may read it.`,
    )
  }
}
