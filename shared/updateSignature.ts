/**
 * What is signed of a release, as UTF-8: its file's name and its text, so that the file of one system is none of another's.
 * `packaging/electron/sign.ts` signs this and `core/update/signature.ts` checks it.
 */
export function signedText(name: string, text: string): string {
  return `kaikei release 1\n${name}\n${text}`
}
