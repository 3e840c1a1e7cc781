import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generate } from 'selfsigned'

const DAY_MS = 86_400_000

export type Certificates = {
  readonly key: string
  readonly cert: string
  /** The certificate of the authority, for clients: NODE_EXTRA_CA_CERTS. Its key was thrown away. */
  readonly caFile: string
  /** Removes the file. */
  discard(): void
}

/** A certificate authority made on the spot, and a certificate of its for 127.0.0.1 and localhost, good for a month. */
export async function makeCertificates(): Promise<Certificates> {
  const made = {
    keyType: 'ec',
    algorithm: 'sha256',
    // Yesterday, for a client whose clock is a little behind.
    notBeforeDate: new Date(Date.now() - DAY_MS),
    notAfterDate: new Date(Date.now() + 30 * DAY_MS),
  } as const
  const authority = await generate([{ name: 'commonName', value: 'Kaikei PayPay simulator CA' }], {
    ...made,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })
  const server = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...made,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  })
  const folder = mkdtempSync(join(tmpdir(), 'kaikei-simulator-'))
  const caFile = join(folder, 'ca.pem')
  writeFileSync(caFile, authority.cert)
  return {
    key: server.private,
    cert: server.cert,
    caFile,
    discard: () => rmSync(folder, { recursive: true, force: true }),
  }
}
