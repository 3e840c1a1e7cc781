import { type FileHandle, lstat, open, rm } from 'node:fs/promises'
import * as z from 'zod'
import { faultOfKeys } from '../core/paypay/client.ts'
import { Secret } from '../core/secret.ts'
import { type Credentials, type Secrets, SecretsRefused } from './secrets.ts'

/** Room for three words; more is another file. */
const MOST_BYTES = 16_384

const given = z.strictObject({
  apiKey: z.string(),
  apiSecret: z.string(),
  merchantId: z.string().min(1).nullish(),
})

/**
 * `--import-keys=FILE`: PayPay's keys go from a file that only this user may read into the system's key store, once, and the file is
 * overwritten and deleted when `noted` has them in the ledger: a start that fails before that leaves the file, and the next does it all
 * again. True: they were imported; false: the file is gone and keys are kept, so an earlier start did it. Rejects with
 * SecretsRefused, in words that show no key; then nothing was stored, unless the words say so.
 */
export async function importKeys(
  file: string,
  secrets: Secrets,
  noted: (kept: Credentials) => Promise<void>,
  own: { readonly platform: NodeJS.Platform; readonly userId: number | null } = {
    platform: process.platform,
    userId: process.getuid?.() ?? null,
  },
): Promise<boolean> {
  const found = await lstat(file).catch(() => null)
  if (!found) {
    if (await secrets.read()) return false
    throw refused(file, 'there is no such file. Check --import-keys')
  }
  if (!found.isFile()) throw refused(file, 'it is no plain file. Name the file itself')
  if (own.platform !== 'win32' && (found.mode & 0o077) !== 0)
    throw refused(file, `others may read it. Run: chmod 600 ${file}`)
  if (own.userId !== null && found.uid !== own.userId)
    throw refused(file, 'it belongs to somebody else. Make it the file of the user who runs Kaikei')
  if (found.nlink > 1) throw refused(file, 'it has a second name, which would keep the keys. Remove that')
  if (found.size > MOST_BYTES) throw refused(file, 'it is too large to be PayPay’s keys')
  const handle = await open(file, 'r+').catch((error: unknown) => {
    throw refused(file, `it cannot be opened for reading and overwriting (${because(error)})`)
  })
  try {
    const text = await handle.readFile('utf8')
    const credentials = credentialsIn(file, text)
    // The key store has them, and the ledger says so, before the file loses them.
    await secrets.write(credentials)
    await noted(credentials)
    await wipe(handle, Math.max(found.size, Buffer.byteLength(text)), file)
  } finally {
    await handle.close()
  }
  return true
}

async function wipe(handle: FileHandle, bytes: number, file: string): Promise<void> {
  try {
    await handle.write(Buffer.alloc(bytes), 0, null, 0)
    await handle.sync()
    await handle.truncate(0)
    await rm(file)
  } catch (error) {
    throw new SecretsRefused(
      `PayPay’s keys are in the key store, but the file ${file} could not be overwritten and deleted (${because(error)}). Delete it by hand, and start without --import-keys.`,
    )
  }
}

function credentialsIn(file: string, text: string): Credentials {
  let parsed: z.infer<typeof given>
  try {
    parsed = given.parse(JSON.parse(text))
  } catch {
    // The reason would quote what stands there.
    throw refused(file, 'it is not {"apiKey": "…", "apiSecret": "…", "merchantId": "…"}')
  }
  const { apiKey, apiSecret, merchantId } = parsed
  const rest = merchantId ? { merchantId: merchantId.trim() } : {}
  const credentials = { apiKey: apiKey.trim(), apiSecret: new Secret(apiSecret.trim()), ...rest }
  const fault = faultOfKeys(credentials)
  if (fault !== null) throw refused(file, fault)
  return credentials
}

const because = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function refused(file: string, why: string): SecretsRefused {
  return new SecretsRefused(
    `PayPay’s keys were not imported from ${file}: ${why.replace(/\.$/, '')}. The file was left as it is.`,
  )
}
