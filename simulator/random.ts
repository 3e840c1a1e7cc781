/** Numbers from 0 up to, not including, 1. */
export type Random = () => number

/** The same seed gives the same numbers on every machine. A Weyl sequence, scrambled with xor-shifts and odd multipliers. */
export function seededRandom(seed: number): Random {
  let state = Math.trunc(seed) >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
    mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
}

const DIGITS = '0123456789'
const ALPHANUMERIC = `${DIGITS}ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz`
const HEX = `${DIGITS}ABCDEF`

/** As in `04-jT9F6LVcDfx5fMbj`: the 16 characters behind `04-`. */
export const randomCodeTail = (random: Random) => characters(random, ALPHANUMERIC, 16)

/** 20 digits; may begin with zeros, which is why it is a string everywhere. */
export const randomPaymentId = (random: Random) => `0${characters(random, DIGITS, 19)}`

/** As in `OPA45F681001AEF4605B2A50939F611F4B8`: X-REQUEST-ID and the end of error messages. */
export const randomRequestId = (random: Random) => `OPA${characters(random, HEX, 32)}`

/** As in `aed06a30-65c8-4e62-9a3c-1d1c5f1b5b1f`: ids of linked users, of notifications and of questions. */
export function randomUuid(random: Random): string {
  const hex = characters(random, HEX, 32).toLowerCase()
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-9$4-$5')
}

function characters(random: Random, alphabet: string, count: number): string {
  let text = ''
  while (text.length < count) text += alphabet[Math.floor(random() * alphabet.length)]
  return text
}
