import jsqr from 'jsqr'
import { PNG } from 'pngjs'

// jsqr is CommonJS whose types name a default that Node gives one level up.
const decode =
  (jsqr as unknown as { default?: typeof jsqr.default }).default ?? (jsqr as unknown as typeof jsqr.default)

/** What a phone would read from a PNG; null when there is nothing to read. */
export function readQr(png: Uint8Array): string | null {
  const { data, width, height } = PNG.sync.read(Buffer.from(png))
  return decode(new Uint8ClampedArray(data), width, height)?.data ?? null
}
