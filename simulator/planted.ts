import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * For tests that plant a secret, let a till live, and look for it. A secret stands in a text plainly, or as base64 (three ways, as it comes
 * after other bytes), hex, in an address, or in two bytes a letter.
 */
export function formsOf(secret: string): readonly Buffer[] {
  const bytes = Buffer.from(secret)
  const base64 = [0, 1, 2].flatMap(before => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    // What its first and last letters are depends on the bytes around it.
    const own = text.slice(Math.ceil((before * 4) / 3), text.replace(/=+$/, '').length - 1)
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')]
  })
  const hex = bytes.toString('hex')
  const texts = [secret, ...base64, hex, hex.toUpperCase(), encodeURIComponent(secret)]
  return [...texts.map(text => Buffer.from(text)), Buffer.from(secret, 'utf16le')]
}

/** Whether any of the secrets stands there in any form. */
export function holdsOne(there: string | Buffer, secrets: readonly string[]): boolean {
  const bytes = typeof there === 'string' ? Buffer.from(there) : there
  return secrets.flatMap(formsOf).some(form => bytes.includes(form))
}

/** Every file below a folder, and which of them hold one. What goes away meanwhile holds nothing. */
export function filesBelow(
  folder: string,
  secrets: readonly string[],
): { readonly all: readonly string[]; readonly holding: readonly string[] } {
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(file => statSync(file, { throwIfNoEntry: false })?.isFile())
  return { all, holding: all.filter(file => holdsOne(read(file), secrets)) }
}

function read(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch {
    return Buffer.alloc(0)
  }
}
