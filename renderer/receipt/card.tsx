import type { ReactNode } from 'react'
import type { AnyReceipt } from '../../shared/receipt.ts'
import { type PaperMm, ReceiptPaper } from './receipt.tsx'
import { receiptText } from './words.tsx'
import './card.css'

/** A receipt on a screen, as it would be printed; it scrolls in whatever room it is given. `--receipt-letter` sets its size. */
export function ReceiptCard({ receipt, paperMm }: { receipt: AnyReceipt; paperMm: PaperMm }): ReactNode {
  return (
    <section
      className="receipt-card"
      aria-label={receiptText(receipt.locale, `heading.${receipt.kind}`)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has only a keyboard scrolls what has the focus
      tabIndex={0}
    >
      <ReceiptPaper receipt={receipt} paperMm={paperMm} />
    </section>
  )
}
