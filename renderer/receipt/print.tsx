import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import type { AnyReceipt } from '../../shared/receipt.ts'
import { type PaperMm, ReceiptPaper } from './receipt.tsx'
import './print.css'

const PX_PER_MM = 96 / 25.4

/** Takes away what an earlier printing put into the page. */
let clear = (): void => {}

/**
 * Prints one receipt and nothing else of the page, on a roll of this width, through the browser's or Electron's own printing. Resolves
 * when printing is over; whether paper came out only the printer knows. A second call takes the place of the first.
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
  clear = () => {
    drawing.unmount()
    holder.remove()
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter(one => one !== sheet)
    clear = () => {}
  }
  await document.fonts.ready
  if (!holder.isConnected) return
  // A roll has no pages: the page is as long as the receipt, and the printer cuts after it.
  const lengthMm = Math.ceil(holder.getBoundingClientRect().height / PX_PER_MM) + 1
  sheet.replaceSync(`@page { size: ${paperMm}mm ${lengthMm}mm; margin: 0; }`)
  document.adoptedStyleSheets.push(sheet)
  await new Promise<void>(resolve => {
    window.addEventListener('afterprint', () => resolve(), { once: true })
    window.print()
  })
  if (holder.isConnected) clear()
}
