import './receipt/card.css'
import './receipt/print.css'
import './receipt/receipt.css'

/**
 * What draws and prints receipts. It comes when the first customer asks for theirs, so that the page starts without it. Rejects
 * when the host does not send it, and may be asked again. Its styles, 4 kB, come with the page: one that was lost on its
 * way is never asked for again.
 */
export async function loadReceipts() {
  const [{ ReceiptCard }, { printReceipt }] = await Promise.all([
    import('./receipt/card.tsx'),
    import('./receipt/print.tsx'),
  ])
  return { ReceiptCard, printReceipt }
}
