import { hash } from 'node:crypto'
import type { DeskFailure } from '../../shared/desk.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { MOST_PICTURE_BYTES } from '../../shared/shopDocuments.ts'

/** A picture that may lie beside the catalogue, under a name of its own: a changed picture is another file. */
export type CheckedPicture = { readonly name: string; readonly bytes: Uint8Array; readonly sha256: string }

/** What a file says of itself in its first bytes; its name says nothing. SVG is not taken: it can hold programs. */
export function checkPicture(name: string, base64: string): Result<CheckedPicture, DeskFailure> {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return fail({ kind: 'badPicture', why: 'notAPicture' })
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.length > MOST_PICTURE_BYTES) return fail({ kind: 'badPicture', why: 'tooBig' })
  const ending = endingOf(bytes)
  if (!ending) return fail({ kind: 'badPicture', why: 'notAPicture' })
  if (!isWhole(bytes, ending)) return fail({ kind: 'badPicture', why: 'broken' })
  const sha256 = hash('sha256', bytes, 'hex')
  const stem = name
    .replace(/\.[A-Za-z0-9]+$/, '')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
  return ok({ name: `${stem || 'picture'}-${sha256.slice(0, 8)}.${ending}`, bytes, sha256 })
}

function endingOf(bytes: Buffer): 'png' | 'jpg' | 'webp' | null {
  const starts = (hex: string): boolean => bytes.subarray(0, hex.length / 2).toString('hex') === hex
  if (starts('89504e470d0a1a0a')) return 'png'
  if (starts('ffd8ff')) return 'jpg'
  const isRiff = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP'
  return isRiff ? 'webp' : null
}

/** Its end is there: a download that stopped half-way, or a camera's card that was pulled out, leaves none. Nothing is decoded here. */
function isWhole(bytes: Buffer, ending: 'png' | 'jpg' | 'webp'): boolean {
  switch (ending) {
    case 'png':
      return (
        bytes.toString('latin1', 12, 16) === 'IHDR' && bytes.lastIndexOf('IEND', undefined, 'latin1') > 16
      )
    case 'jpg': {
      const scan = bytes.lastIndexOf('ffda', undefined, 'hex')
      return scan > 0 && bytes.indexOf('ffd9', scan, 'hex') > 0
    }
    case 'webp':
      return bytes.length > 12 && bytes.readUInt32LE(4) + 8 <= bytes.length
    default:
      return ending satisfies never
  }
}
