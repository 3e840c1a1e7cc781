/**
 * What draws and prints receipts. It comes when the first customer asks for theirs, so that the page starts without it. Rejects
 * when the host does not send it, and may be asked again. Its styles come with the page's (vite.config.ts).
 */
export async function loadReceipts() {
  const [{ ReceiptCard }, { printReceipt }] = await Promise.all([
    import('./receipt/card.tsx'),
    import('./receipt/print.tsx'),
  ])
  return { ReceiptCard, printReceipt }
}
