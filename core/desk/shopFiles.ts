import type { DocumentName } from '../../shared/shopDocuments.ts'

/** The shop's files as a port: two documents, a draft beside each, and pictures. Every method rejects with the system's reason. */
export type ShopFiles = {
  /** Null: there is no such file. */
  read(document: DocumentName): Promise<string | null>
  /** Null: there is no draft. */
  readDraft(document: DocumentName): Promise<string | null>
  /** Writes a draft beside the file; when it resolves, all of it is on the disk. */
  draft(document: DocumentName, text: string): Promise<void>
  /** The draft becomes the file, whole or not at all. */
  promote(document: DocumentName): Promise<void>
  dropDraft(document: DocumentName): Promise<void>
  /** Where it is, for a person. */
  where(document: DocumentName): string
  pictures(): Promise<readonly string[]>
  /** Whole or not at all; one of the same name is replaced. */
  addPicture(name: string, bytes: Uint8Array): Promise<void>
  /** Calls back when a file may have become another. The answer ends it. */
  watch(changed: (document: DocumentName) => void): () => void
}
