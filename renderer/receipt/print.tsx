import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import type { AnyReceipt } from '../../shared/receipt.ts'
import { type PaperMm, ReceiptPaper } from './receipt.tsx'
import './print.css'

const PX_PER_MM = 96 / 25.4

/** Takes away what the last printing put into the page. */
let clear = (): void => {}

/**
 * Prints one receipt and nothing else of the page, on a roll of this width, through the browser's or Electron's own printing. Resolves
 * when `window.print()` has come back; whether paper came out only the printer knows. What was laid out for it stays, unseen,
 * until printing says that it is over, or the next one takes its place: some browsers print after `print()` has come back, and
 * without a printer some never say that it is over.
 */
export async function printReceipt(receipt: AnyReceipt, paperMm: PaperMm): Promise<void> {
  clear()
  const holder = document.createElement('div')
  holder.className = 'receipt-print'
  document.body.append(holder)
  const drawing = createRoot(holder)
  flushSync(() => drawing.render(<ReceiptPaper receipt={receipt} paperMm={paperMm} />))
  // Not a style element and not a frame: the page's policy forbids both.
  const sheet = new CSSStyleSheet()
  const clearThis = (): void => {
    window.removeEventListener('afterprint', clearThis)
    drawing.unmount()
    holder.remove()
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter(one => one !== sheet)
    clear = () => {}
  }
  clear = clearThis
  await document.fonts.ready
  // Another printing has begun meanwhile.
  if (!holder.isConnected) return
  // A roll has no pages: the page is as long as the receipt, and the printer cuts after it.
  const lengthMm = Math.ceil(holder.getBoundingClientRect().height / PX_PER_MM) + 1
  sheet.replaceSync(`@page { size: ${paperMm}mm ${lengthMm}mm; margin: 0; }`)
  document.adoptedStyleSheets.push(sheet)
  window.addEventListener('afterprint', clearThis)
  window.print()
}
