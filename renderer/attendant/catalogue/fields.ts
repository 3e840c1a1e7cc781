import type { ProductEntry } from '../../../shared/shopDocuments.ts'

/** Every key of a product: it has a field in `product.tsx`, or the reason why it has none. */
export const PRODUCT_FIELDS = {
  id: 'given once by the desk: facts, receipts and baskets name a product by it, so it must never change',
  names: 'field',
  priceYen: 'field',
  taxRate: 'field',
  category: 'field',
  image: 'field',
  available: 'field',
} as const satisfies Readonly<Record<keyof ProductEntry, string>>
