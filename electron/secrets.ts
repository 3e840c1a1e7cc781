import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { safeStorage } from 'electron'
import * as z from 'zod'
import { Secret } from '../core/secret.ts'

/** What PayPay gave the merchant. */
export type Credentials = {
  readonly apiKey: string
  readonly apiSecret: Secret
  readonly merchantId?: string
}

/** The merchant's keys, encrypted by the operating system. Every method rejects with SecretsRefused, in words. */
export type Secrets = {
  /** Null: none were ever stored. */
  read(): Promise<Credentials | null>
  write(credentials: Credentials): Promise<void>
  forget(): Promise<void>
}

/** The keys cannot be kept or read safely. `message` says why and what to do; there is no fallback to plain text. */
export class SecretsRefused extends Error {}

const stored = z.strictObject({
  apiKey: z.string().min(1),
  apiSecret: z.string().min(1),
  merchantId: z.string().min(1).optional(),
})

/** Opens nothing yet: the key store of the system is asked at the first use, after Electron's `ready`. */
export function openSecrets(file: string, platform: NodeJS.Platform = process.platform): Secrets {
  const write = async (credentials: z.infer<typeof stored>): Promise<void> => {
    await refuseUnsafeStore(platform)
    const encrypted = await encrypt(JSON.stringify(credentials))
    refuseWellKnownKey(encrypted, platform)
    await writeWhole(file, encrypted)
  }

  return {
    async read() {
      const encrypted = await readStored(file)
      if (!encrypted) return null
      await refuseUnsafeStore(platform)
      refuseWellKnownKey(encrypted, platform)
      const { text, shouldReEncrypt } = await decrypt(file, encrypted)
      const credentials = parse(file, text)
      // The store has a newer key. Where that fails, the old copy is still good and it is tried again at the next start.
      if (shouldReEncrypt) await write(credentials).catch(() => undefined)
      const { apiKey, apiSecret, merchantId } = credentials
      return {
        apiKey,
        apiSecret: new Secret(apiSecret),
        ...(merchantId === undefined ? {} : { merchantId }),
      }
    },
    write: ({ apiSecret, ...rest }) => write({ ...rest, apiSecret: apiSecret.reveal() }),
    async forget() {
      await rm(file, { force: true }).catch(error => {
        throw new SecretsRefused(
          `PayPay’s keys in ${file} cannot be removed (${reason(error)}). Remove that file by hand.`,
        )
      })
    },
  }
}

/** On Linux without a key store Electron would encrypt with a password that is in its source: that protects nothing. */
async function refuseUnsafeStore(platform: NodeJS.Platform): Promise<void> {
  if (!(await safeStorage.isAsyncEncryptionAvailable()))
    throw new SecretsRefused(
      'This machine offers no key store, so PayPay’s keys cannot be kept on it. On Linux, install and unlock gnome-keyring or KWallet; on macOS, unlock the keychain; on Windows, log in as the user who stored them. Then start Kaikei again.',
    )
  if (platform !== 'linux') return
  const backend = safeStorage.getSelectedStorageBackend()
  if (backend === 'basic_text' || backend === 'unknown')
    throw new SecretsRefused(
      `This machine’s key store is "${backend}", which protects nothing, so PayPay’s keys are not kept in it. Install and unlock gnome-keyring or KWallet, start Kaikei with --password-store=gnome-libsecret or --password-store=kwallet6, and enter the keys again.`,
    )
}

/**
 * Chromium on Linux writes the key it used in front of what it encrypted: `v10` is the password from its source, `v11` and up
 * come from a key store. A store that was there by name and gave no key is found here.
 */
function refuseWellKnownKey(encrypted: Buffer, platform: NodeJS.Platform): void {
  if (platform === 'linux' && encrypted.subarray(0, 3).toString('latin1') === 'v10')
    throw new SecretsRefused(
      'The key store of this machine gave no key, and Electron used a well-known password instead; PayPay’s keys are not kept that way. Unlock the key store, start Kaikei again and enter the keys again.',
    )
}

async function encrypt(text: string): Promise<Buffer> {
  try {
    return await safeStorage.encryptStringAsync(text)
  } catch (error) {
    throw new SecretsRefused(
      `The key store of this machine did not encrypt PayPay’s keys (${reason(error)}), so they were not stored. Unlock the key store and enter the keys again.`,
    )
  }
}

async function decrypt(file: string, encrypted: Buffer): Promise<{ text: string; shouldReEncrypt: boolean }> {
  try {
    const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(encrypted)
    return { text: result, shouldReEncrypt }
  } catch (error) {
    throw new SecretsRefused(
      `PayPay’s keys in ${file} cannot be decrypted (${reason(error)}). They belong to another user or machine, or the key store is locked: unlock it and start again, or enter the keys again.`,
    )
  }
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function parse(file: string, text: string): z.infer<typeof stored> {
  try {
    return stored.parse(JSON.parse(text))
  } catch {
    // The reason would quote what was decrypted.
    throw new SecretsRefused(`PayPay’s keys in ${file} are not in Kaikei’s form. Enter the keys again.`)
  }
}

async function readStored(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw new SecretsRefused(
      `PayPay’s keys in ${file} cannot be read (${reason(error)}). Give the user who runs Kaikei the right to read that file, or remove it and enter the keys again.`,
    )
  }
}

/** Whole or not at all, and only for this user. */
async function writeWhole(file: string, bytes: Buffer): Promise<void> {
  const draft = `${file}.new`
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    // A draft that an earlier life left behind would keep its own permissions.
    await rm(draft, { force: true })
    await writeFile(draft, bytes, { mode: 0o600, flag: 'wx', flush: true })
    await rename(draft, file)
  } catch (error) {
    throw new SecretsRefused(
      `PayPay’s keys cannot be stored in ${file} (${reason(error)}). Give the user who runs Kaikei the right to write there, and enter the keys again.`,
    )
  }
}
