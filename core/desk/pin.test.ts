import { scryptSync } from 'node:crypto'
import { expect, it } from 'vitest'
import { hashPin, isSameHash } from './pin.ts'

const SALT = '00112233445566778899aabbccddeeff'

it('a PIN is kept as its scrypt with a salt, and as nothing else', async () => {
  const hash = await hashPin('284915', SALT)
  const expected = scryptSync('284915', Buffer.from(SALT, 'hex'), 32, {
    N: 32_768,
    r: 8,
    p: 1,
    maxmem: 64 * 1024 * 1024,
  })
  expect(hash).toBe(expected.toString('hex'))
  expect(await hashPin('284915', `${SALT.slice(0, -1)}e`)).not.toBe(hash)
})

it('hashes are the same or not, and one of another length is not', () => {
  expect(isSameHash('ab12', 'ab12')).toBe(true)
  expect(isSameHash('ab12', 'ab13')).toBe(false)
  expect(isSameHash('ab12', 'ab')).toBe(false)
  expect(isSameHash('', 'ab')).toBe(false)
})
