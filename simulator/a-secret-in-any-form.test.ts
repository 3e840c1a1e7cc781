import { expect, it } from 'vitest'
import { holdsOne } from './planted.ts'

// A search that overlooks a form finds nothing for the wrong reason.
const SECRET = 'canary/7Qx9+Zb4WvT2=of~a~merchant'

it.each([
  ['plainly', (text: string) => Buffer.from(text)],
  ['as base64', (text: string) => Buffer.from(Buffer.from(text).toString('base64'))],
  ['as base64 for addresses', (text: string) => Buffer.from(Buffer.from(text).toString('base64url'))],
  ['as hex', (text: string) => Buffer.from(Buffer.from(text).toString('hex'))],
  ['as HEX', (text: string) => Buffer.from(Buffer.from(text).toString('hex').toUpperCase())],
  ['in an address', (text: string) => Buffer.from(encodeURIComponent(text))],
  ['in two bytes a letter', (text: string) => Buffer.from(text, 'utf16le')],
])('a secret is found %s, whatever stands around it', (_form, written) => {
  for (const before of ['', 'a', 'ab', 'abc', '{"apiSecret":"'])
    for (const after of ['', 'x', 'xy', '"}']) {
      expect(holdsOne(written(before + SECRET + after), [SECRET])).toBe(true)
      expect(holdsOne(written(before + SECRET.slice(0, -3) + after), [SECRET])).toBe(false)
    }
})
