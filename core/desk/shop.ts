import type { DeskFailure } from '../../shared/desk.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { CatalogueDocument, SettingsDocument } from '../../shared/shopDocuments.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { DeskHandlers } from './desk.ts'
import { SHOP_STREAM, type ShopFact } from './facts.ts'
import { checkPicture } from './pictures.ts'
import type { ShopDocuments } from './shopDocuments.ts'
import type { ShopFiles } from './shopFiles.ts'

/** What is sold and how, as whole documents; null: this till has no files. */
export function shopHandlers(ports: {
  readonly documents: ShopDocuments | null
  readonly files: ShopFiles | null
  readonly ledger: Ledger
  readonly nowMs: () => number
}): Pick<DeskHandlers, 'getCatalogue' | 'setCatalogue' | 'addPicture' | 'getSettings' | 'setSettings'> {
  const { documents, files, ledger, nowMs } = ports
  const noFiles = fail({ kind: 'noFiles' })
  const written = async <T>(
    change: Promise<Result<null, DeskFailure>>,
    now: () => T,
  ): Promise<Result<T, DeskFailure>> => {
    const changed = await change
    return changed.ok ? ok(now()) : changed
  }
  return {
    async getCatalogue() {
      if (!documents || !files) return noFiles
      await documents.look('catalogue')
      const { document, ...edition } = documents.catalogue
      const catalogue: CatalogueDocument = document
      return ok({ ...edition, document: catalogue, pictures: await files.pictures() })
    },
    setCatalogue: async ({ revision, document }, { user }) =>
      documents
        ? written(
            documents.change('catalogue', { revision, document, by: user.userId }),
            () => documents.catalogue,
          )
        : noFiles,
    async addPicture({ name, base64 }, { user }) {
      if (!files) return noFiles
      const picture = checkPicture(name, base64)
      if (!picture.ok) return picture
      const { sha256, bytes } = picture.value
      try {
        // The file first: a picture that no fact names is on no product either, and is only in the way.
        await files.addPicture(picture.value.name, bytes)
      } catch (error) {
        const because = error instanceof Error ? error.message : String(error)
        return fail({
          kind: 'notKept',
          says: `The picture cannot be written beside ${files.where('catalogue')} (${because}). Give the user who runs Kaikei the right to write there, and try again.`,
        })
      }
      const fact: ShopFact = {
        type: 'pictureAdded',
        atMs: nowMs(),
        data: { name: picture.value.name, sha256, by: user.userId },
      }
      await ledger.append([{ checkoutId: `${SHOP_STREAM}-pictures`, ...fact }])
      return ok({ name: picture.value.name })
    },
    async getSettings() {
      if (!documents) return noFiles
      await documents.look('settings')
      const { document, ...edition } = documents.settings
      const settings: SettingsDocument = document
      return ok({ ...edition, document: settings })
    },
    setSettings: async ({ revision, document }, { user }) =>
      documents
        ? written(
            documents.change('settings', { revision, document, by: user.userId }),
            () => documents.settings,
          )
        : noFiles,
  }
}
