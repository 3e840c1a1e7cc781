import { hash } from 'node:crypto'
import type { PaypayMode } from '../../shared/checkout.ts'
import type { DeskFailure } from '../../shared/desk.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { DocumentName, Edition } from '../../shared/shopDocuments.ts'
import { type Catalogue, type Checked, checkCatalogue } from '../catalogue.ts'
import { checkSettings, defaultSettings, type Settings } from '../config.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Log } from '../log.ts'
import { changesBetween } from './changes.ts'
import { SHOP_STREAM, type ShopFact } from './facts.ts'
import type { ShopFiles } from './shopFiles.ts'

type Documents = { readonly catalogue: Catalogue; readonly settings: Settings }
type Ports = {
  readonly files: ShopFiles
  readonly ledger: Ledger
  readonly log: Log
  readonly nowMs: () => number
  /** What is in use has changed. */
  readonly changed: () => void
  /** Why a mode cannot be chosen now, in words; null: it can. */
  readonly refusesMode: (mode: PaypayMode) => string | null
}

/**
 * The catalogue and the settings that are in use, which are what their files say. A change from the desk goes in three steps: the new
 * text lies beside the file as a draft; a fact says who changed what, and decides; the draft replaces the file. Before the fact
 * nothing has happened and a draft is thrown away; after it the next start finishes what a kill left undone. So no change is ever
 * without its fact, and no fact without its change. Edits by hand are found by looking, and become facts without a name.
 */
export class ShopDocuments {
  readonly #ports: Ports
  #catalogue: Edition<Catalogue>
  #settings: Edition<Settings>
  #turn: Promise<unknown> = Promise.resolve()

  private constructor(ports: Ports, initial: Documents) {
    this.#ports = ports
    this.#catalogue = { revision: NO_FILE, document: initial.catalogue, fault: null }
    this.#settings = { revision: NO_FILE, document: initial.settings, fault: null }
  }

  /** Finishes what an earlier life left undone and reads both files; one with a fault leaves what `initial` says in use. */
  static async open(ports: Ports, initial: Documents): Promise<ShopDocuments> {
    const documents = new ShopDocuments(ports, initial)
    for (const name of ['catalogue', 'settings'] as const) {
      await documents.#finish(name)
      await documents.#noticeFromBefore(name)
    }
    await documents.#tellOfMissingPictures()
    return documents
  }

  get catalogue(): Edition<Catalogue> {
    return this.#catalogue
  }

  get settings(): Edition<Settings> {
    return this.#settings
  }

  /** Looks whether somebody has edited a file by hand. */
  look(name: DocumentName): Promise<void> {
    return this.#inTurn(() => this.#look(name))
  }

  /** Puts a whole document in the place of the one that has `revision`. */
  change(
    name: DocumentName,
    wish: { readonly revision: string; readonly document: unknown; readonly by: string },
  ): Promise<Result<null, DeskFailure>> {
    return this.#inTurn(async () => {
      const { files } = this.#ports
      await this.#look(name)
      const before = this.#edition(name)
      if (wish.revision !== before.revision) return fail({ kind: 'changedMeanwhile' })
      const checked = this.#refused(checkAs(name, wish.document))
      if (!checked.sound) return fail({ kind: 'badDocument', faults: checked.faults })
      const { changes, more } = changesBetween(before.document, checked.document)
      if (changes.length === 0 && before.fault === null) return ok(null)
      const text = `${JSON.stringify(checked.document, null, 2)}\n`
      const { by } = wish
      const [from, to] = [before.revision, revisionOf(text)]
      try {
        await files.draft(name, text)
      } catch (error) {
        return fail({ kind: 'notKept', says: this.#notWritten(name, error) })
      }
      await this.#write(name, {
        type: 'shopChanged',
        atMs: this.#ports.nowMs(),
        data: { document: name, by, from, to, changes, more },
      })
      try {
        await files.promote(name)
      } catch (error) {
        await this.#write(name, {
          type: 'shopChangeUndone',
          atMs: this.#ports.nowMs(),
          data: { document: name, by, to: from },
        })
        await files.dropDraft(name).catch(() => undefined)
        return fail({ kind: 'notKept', says: this.#notWritten(name, error) })
      }
      this.#use(name, { revision: to, document: checked.document, fault: null })
      this.#ports.changed()
      await this.#tellOfMissingPictures()
      return ok(null)
    })
  }

  /** After a kill between a change's fact and its file: the fact has decided. */
  async #finish(name: DocumentName): Promise<void> {
    const { files } = this.#ports
    const draft = await files.readDraft(name)
    if (draft === null) return
    const last = await this.#lastFact(name)
    const isDecided = last?.type === 'shopChanged' && last.data.to === revisionOf(draft)
    // Whoever edited the file by hand meanwhile saw the old one and wanted theirs.
    if (isDecided && last.data.from === revisionOf(await files.read(name))) await files.promote(name)
    else await files.dropDraft(name)
  }

  /** Edited by hand while nobody looked: that, and when it was noticed, is all that can be written down. */
  async #noticeFromBefore(name: DocumentName): Promise<void> {
    const text = await this.#ports.files.read(name)
    const revision = revisionOf(text)
    const read = readAs(name, text)
    if (read.sound) this.#use(name, { revision, document: read.document, fault: null })
    else this.#use(name, { ...this.#edition(name), revision, fault: this.#inWords(name, read.faults) })
    const known = revisionIn(await this.#lastFact(name))
    if (known === null || known === revision || !read.sound) return
    await this.#writeByHand(name, { from: known, to: revision, changes: null, more: 0 })
  }

  async #look(name: DocumentName): Promise<void> {
    const { files, log, changed } = this.#ports
    const before = this.#edition(name)
    const text = await files.read(name)
    const revision = revisionOf(text)
    if (revision === before.revision) return
    const read = this.#refused(readAs(name, text))
    if (!read.sound) {
      const fault = this.#inWords(name, read.faults)
      this.#use(name, { ...before, revision, fault })
      log.error(
        { file: files.where(name) },
        `the ${name} has a fault, so the last good one stays in use: ${fault}`,
      )
      return
    }
    await this.#writeByHand(name, {
      from: before.revision,
      to: revision,
      ...changesBetween(before.document, read.document),
    })
    this.#use(name, { revision, document: read.document, fault: null })
    log.info({ file: files.where(name) }, `the ${name} was read again`)
    changed()
    await this.#tellOfMissingPictures()
  }

  /** No reason not to sell: the screen shows the name in its place. */
  async #tellOfMissingPictures(): Promise<void> {
    const { files, log } = this.#ports
    const pictures = await files.pictures()
    for (const { id, image } of this.#catalogue.document.products)
      if (image !== null && !pictures.includes(image))
        log.warn(
          { file: files.where('catalogue'), productId: id },
          `the picture ${image} of ${id} is not beside the catalogue, so its name is shown instead: put the file there, or write null`,
        )
  }

  /** What no till could begin with now is as good as wrong. */
  #refused(checked: Checked<Catalogue> | Checked<Settings>): Checked<Catalogue> | Checked<Settings> {
    if (!checked.sound || !('mode' in checked.document)) return checked
    const says = this.#ports.refusesMode(checked.document.mode)
    return says === null ? checked : { sound: false, faults: [{ path: 'mode', says }] }
  }

  #edition(name: DocumentName): Edition<unknown> {
    return name === 'catalogue' ? this.#catalogue : this.#settings
  }

  /** Its document has been checked as what it is. */
  #use(name: DocumentName, edition: Edition<unknown>): void {
    if (name === 'catalogue') this.#catalogue = edition as Edition<Catalogue>
    else this.#settings = edition as Edition<Settings>
  }

  #notWritten(name: DocumentName, error: unknown): string {
    const because = error instanceof Error ? error.message : String(error)
    return `${this.#ports.files.where(name)} cannot be written (${because}). Give the user who runs Kaikei the right to write there, close other programs that have it open, and try again.`
  }

  #inWords(name: DocumentName, faults: Extract<Checked<unknown>, { sound: false }>['faults']): string {
    return faults.map(({ path, says }) => `${this.#ports.files.where(name)}: ${path}: ${says}`).join('\n')
  }

  async #lastFact(name: DocumentName): Promise<ShopFact | null> {
    return (await this.#ports.ledger.lastFactOf(streamOf(name))) as unknown as ShopFact | null
  }

  #writeByHand(
    name: DocumentName,
    what: Pick<Extract<ShopFact, { type: 'shopChanged' }>['data'], 'from' | 'to' | 'changes' | 'more'>,
  ): Promise<void> {
    return this.#write(name, {
      type: 'shopChanged',
      atMs: this.#ports.nowMs(),
      data: { document: name, by: null, ...what },
    })
  }

  async #write(name: DocumentName, fact: ShopFact): Promise<void> {
    await this.#ports.ledger.append([{ checkoutId: streamOf(name), ...fact }])
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(act)
    this.#turn = done.catch(() => undefined)
    return done
  }
}

const NO_FILE = 'none'

function streamOf(name: DocumentName): string {
  return `${SHOP_STREAM}-${name}`
}

function revisionOf(text: string | null): string {
  return text === null ? NO_FILE : hash('sha256', text, 'hex').slice(0, 32)
}

/** What a file was when the fact had been carried out. */
function revisionIn(fact: ShopFact | null): string | null {
  return fact?.type === 'shopChanged' || fact?.type === 'shopChangeUndone' ? fact.data.to : null
}

function checkAs(name: DocumentName, json: unknown): Checked<Catalogue> | Checked<Settings> {
  return name === 'catalogue' ? checkCatalogue(json) : checkSettings(json)
}

function readAs(name: DocumentName, text: string | null): Checked<Catalogue> | Checked<Settings> {
  const fault = (says: string) => ({ sound: false, faults: [{ path: 'the whole file', says }] }) as const
  if (text === null)
    return name === 'settings' ? { sound: true, document: defaultSettings } : fault('it is not there')
  try {
    return checkAs(name, JSON.parse(text))
  } catch (error) {
    return fault(`it is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}
