import type { DeskFileName } from '../../shared/deskFile.ts'

/**
 * Gives a file that the page has put together to whoever is at the desk; the system asks them where. Whatever the desk saves goes this
 * way, because Electron's window lets nothing else out.
 */
export function saveFile(name: DeskFileName, type: string, content: string | Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The click has taken the file; the address is of no more use.
  URL.revokeObjectURL(url)
}
