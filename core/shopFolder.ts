import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  unwatchFile,
  watchFile,
  writeFileSync,
} from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { DocumentName } from '../shared/shopDocuments.ts'
import { FileFault } from './catalogue.ts'
import type { ShopFiles } from './desk/shopFiles.ts'

/** How often the files are looked at. A shop marks something as sold out and sees it on the screen. */
const LOOK_MS = 1_000

/** The shop's files on a disk: the catalogue with its pictures beside it, and settings.json. */
export function shopFolder(files: Readonly<Record<DocumentName, string>>): ShopFiles {
  const draftOf = (document: DocumentName): string => `${files[document]}.new`
  const folder = dirname(files.catalogue)
  return {
    read: document => readIfThere(files[document]),
    readDraft: document => readIfThere(draftOf(document)),
    draft: (document, text) => writeThrough(draftOf(document), Buffer.from(text)),
    async promote(document) {
      await rename(draftOf(document), files[document])
      await syncFolder(dirname(files[document]))
    },
    dropDraft: document => rm(draftOf(document), { force: true }),
    where: document => files[document],
    async pictures() {
      const names = await readdir(folder)
      return names.filter(name => /\.(svg|png|jpe?g|webp)$/i.test(name)).toSorted()
    },
    async addPicture(name, bytes) {
      const file = join(folder, basename(name))
      await writeThrough(`${file}.new`, bytes)
      await rename(`${file}.new`, file)
      await syncFolder(folder)
    },
    watch(changed) {
      const looks = Object.entries(files).map(([document, file]) => {
        const look = (): void => changed(document as DocumentName)
        watchFile(file, { interval: LOOK_MS }, look)
        return () => unwatchFile(file, look)
      })
      return () => {
        for (const end of looks) end()
      }
    },
  }
}

async function readIfThere(file: string): Promise<string | null> {
  return existsSync(file) ? readFile(file, 'utf8') : null
}

/** When it resolves, a power cut takes nothing of it back. */
async function writeThrough(file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const handle = await open(file, 'w')
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A rename is durable when its folder is. Windows opens no folders, and needs none. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  if (!handle) return
  try {
    await handle.sync()
  } catch {
    // A file system that syncs no folders keeps its own order.
  } finally {
    await handle.close()
  }
}

/** A first start gets a shop to try and to edit; a shop that is there is the operator's and stays as it is. */
export function layOutShop(demoDir: string, shopDir: string): void {
  if (existsSync(join(shopDir, 'catalogue.json'))) return
  try {
    mkdirSync(shopDir, { recursive: true })
    // File by file: inside a packed application there is no folder to copy as one. The catalogue comes last and says that
    // all of it is there.
    const names = readdirSync(demoDir).toSorted(
      (a, b) => Number(a.endsWith('.json')) - Number(b.endsWith('.json')),
    )
    for (const name of names) writeFileSync(join(shopDir, name), readFileSync(join(demoDir, name)))
  } catch (error) {
    throw new FileFault(
      `The shop’s folder ${shopDir} cannot be written (${error instanceof Error ? error.message : String(error)}). Give the user who runs Kaikei the right to write there.`,
    )
  }
}
