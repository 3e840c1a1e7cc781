import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'

/** No request of ours asks for these; a gateway in between may pack all the same. */
const ways: Readonly<
  Record<string, (packed: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>>
> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
}

/**
 * The text of a body. Rejects where it is not packed as its head says, and where it holds more than `mostBytes`. A way of packing
 * that nobody knows leaves bytes that no one can read, and so no answer of PayPay's.
 */
export async function unpacked(bytes: Buffer, encoding: string, mostBytes: number): Promise<string> {
  const name = encoding.trim().toLowerCase()
  const unpack = bytes.length > 0 && Object.hasOwn(ways, name) ? ways[name] : undefined
  const whole = unpack ? await unpack(bytes, { maxOutputLength: mostBytes }) : bytes
  return textOf(whole)
}

/** Without the mark that some put in front of UTF-8. */
export function textOf(bytes: Buffer): string {
  return bytes.toString('utf8').replace(/^\uFEFF/, '')
}
