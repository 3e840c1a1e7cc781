import { chmod, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import * as z from 'zod'
import { FileFault } from '../core/catalogue.ts'
import type { Clock } from '../core/clock.ts'
import type { KeyStore } from '../core/desk/keys.ts'
import { jstSecond } from '../core/jst.ts'
import { Secret } from '../core/secret.ts'

const kept = z.strictObject({
  apiKey: z.string().min(1),
  apiSecret: z.string().min(1),
  merchantId: z.string().min(1).optional(),
})

/**
 * PayPay's keys in a file that only its owner may read. A server has no key store that opens without a person, so the file system's
 * rights are what protects them; on the kiosk's own window the system's key store does (electron/secrets.ts).
 */
export function keyFile(file: string): KeyStore {
  return {
    async read() {
      const text = await readFile(file, 'utf8').catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
        throw new Error(
          `PayPay’s keys in ${file} cannot be read. Give the user who runs Kaikei the right to.`,
        )
      })
      if (text === null) return null
      const { apiKey, apiSecret, merchantId } = parsed(file, text)
      const rest = merchantId === undefined ? {} : { merchantId }
      return { apiKey, apiSecret: new Secret(apiSecret), ...rest }
    },
    async write({ apiSecret, ...rest }) {
      const draft = `${file}.new`
      try {
        await mkdir(dirname(file), { recursive: true, mode: 0o700 })
        // A draft that an earlier life left behind would keep its own permissions.
        await rm(draft, { force: true })
        const handle = await open(draft, 'wx', 0o600)
        try {
          await handle.writeFile(JSON.stringify({ ...rest, apiSecret: apiSecret.reveal() }))
          await handle.sync()
        } finally {
          await handle.close()
        }
        await chmod(draft, 0o600)
        await rename(draft, file)
      } catch (error) {
        // The system's reason names a file and never what was to be written.
        const because = error instanceof Error ? error.message : String(error)
        throw new Error(
          `PayPay’s keys cannot be stored in ${file} (${because}). Give the user who runs Kaikei the right to write there, and enter the keys again.`,
        )
      }
    },
  }
}

/**
 * The desk's own file. One that is torn keeps no till from starting: it is put aside under a dated name, which nobody but its owner can read, and the
 * till starts without keys. `fault` says so, also at later starts, until keys are entered.
 */
export function desksKeyFile(
  file: string,
  clock: Pick<Clock, 'nowMs'>,
): KeyStore & { readonly fault: () => string | null } {
  const store = keyFile(file)
  let fault: string | null = null
  return {
    fault: () => fault,
    async read() {
      try {
        const kept = await store.read()
        const aside = kept ? null : await asideOf(file)
        fault = aside === null ? null : unreadable(aside)
        return kept
      } catch (error) {
        if (!(error instanceof Torn)) throw error
        const aside = `${file}${ASIDE}${jstSecond(clock.nowMs()).replaceAll(/\D/g, '')}`
        try {
          // Before it has the name that is told: what is left of the keys is still a secret.
          await chmod(file, 0o600)
          await rename(file, aside)
          fault = unreadable(aside)
        } catch (reason) {
          fault = `${error.message} It could not be put aside (${reason instanceof Error ? reason.message : String(reason)}).`
        }
        return null
      }
    },
    async write(credentials) {
      await store.write(credentials)
      fault = null
    },
  }
}

/** What follows the name of a file that was put aside; then JST to the second. */
const ASIDE = '.torn-'

/** The newest one that was put aside, or null. */
async function asideOf(file: string): Promise<string | null> {
  const names = await readdir(dirname(file)).catch(() => [])
  const newest = names
    .filter(name => name.startsWith(`${basename(file)}${ASIDE}`))
    .toSorted()
    .at(-1)
  return newest === undefined ? null : join(dirname(file), newest)
}

function unreadable(aside: string): string {
  return `PayPay’s keys cannot be read, so this till is not ready: enter them again at the desk. What was left of their file is kept as ${aside}; delete it when the till sells.`
}

/**
 * Keys that whoever runs the machine keeps: a file of theirs, or what a service manager hands over. It has to be there, and nobody else may
 * read it; the desk cannot write there. `read` rejects with FileFault, in words that show no key.
 */
export function operatorsKeyFile(file: string, isCredential = false): KeyStore {
  const store = keyFile(file)
  // systemd lets the service's user in with a list of rights, whose mask is shown as the group's right to read.
  const others = isCredential ? 0o037 : 0o077
  return {
    async read() {
      const found = await stat(file).catch(() => null)
      if (!found?.isFile())
        throw new FileFault(`There are no PayPay keys at ${file}. Put the file there, or check --keys-file.`)
      // On Windows these bits say nothing; who may read is in the file's list of rights there.
      if (process.platform !== 'win32' && (found.mode & others) !== 0)
        throw new FileFault(
          `${file} holds PayPay’s keys and may be read by others (its mode is ${(found.mode & 0o777).toString(8)}). Let only the user who runs Kaikei read it: chmod 600 ${file}`,
        )
      return store.read().catch((error: unknown) => {
        throw new FileFault(error instanceof Error ? error.message : String(error))
      })
    },
    write: async () => {
      throw new Error(
        `PayPay’s keys of this till are in ${file}, where whoever runs the machine keeps them. Ask them to change that file and to start Kaikei again.`,
      )
    },
  }
}

function parsed(file: string, text: string): z.infer<typeof kept> {
  try {
    return kept.parse(JSON.parse(text))
  } catch {
    // The reason would quote what was read.
    throw new Torn(`PayPay’s keys in ${file} are not in Kaikei’s form. Enter the keys again.`)
  }
}

/** The file is there and holds no keys. */
class Torn extends Error {}
