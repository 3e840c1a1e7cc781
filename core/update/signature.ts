import { verify } from 'node:crypto'
import { signedText } from '../../shared/updateSignature.ts'

/**
 * Whether `signature` (base64, Ed25519) is that of the release file `name` with this very text. `publicKey`: PEM, SPKI. A text that is signed
 * under another name (another system's, another architecture's) is not.
 */
export function isSigned(
  release: { readonly name: string; readonly text: string },
  signature: string,
  publicKey: string,
): boolean {
  try {
    return verify(
      null,
      Buffer.from(signedText(release.name, release.text)),
      publicKey,
      Buffer.from(signature, 'base64'),
    )
  } catch {
    // No key, or none that can be read: nothing is signed by it.
    return false
  }
}
