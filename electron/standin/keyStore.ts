import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** 32 bytes in hex, which stand for the key that a system's key store would keep; a test gives the same to each life of a till. */
const KEY = process.env.KAIKEI_STANDIN_KEY_STORE
/** What Chromium on Linux writes before what it encrypted with a key of the store's. */
const PREFIX = Buffer.from('v11')
const IV_BYTES = 12
const TAG_BYTES = 16
const CIPHER = 'aes-256-gcm'

/** Where no test gives a key it is a machine without a key store: the only honest answer there. */
export const safeStorage = {
  isAsyncEncryptionAvailable: (): Promise<boolean> => Promise.resolve(KEY !== undefined),
  getSelectedStorageBackend: (): string => (KEY === undefined ? 'basic_text' : 'gnome_libsecret'),
  async encryptStringAsync(text: string): Promise<Buffer> {
    const iv = randomBytes(IV_BYTES)
    const cipher = createCipheriv(CIPHER, key(), iv)
    const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([PREFIX, iv, cipher.getAuthTag(), encrypted])
  },
  async decryptStringAsync(stored: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    const sealed = stored.subarray(PREFIX.length)
    const decipher = createDecipheriv(CIPHER, key(), sealed.subarray(0, IV_BYTES))
    decipher.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
    const text = Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()])
    return { result: text.toString('utf8'), shouldReEncrypt: false }
  },
}

function key(): Buffer {
  if (KEY === undefined) throw new Error('no key store')
  return Buffer.from(KEY, 'hex')
}
