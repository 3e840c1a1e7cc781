import type { CatalogueDocument, ProductEntry } from '../../../shared/shopDocuments.ts'

/** The products as customers' menus have them: category by category. */
export function inMenuOrder({ categories, products }: CatalogueDocument): readonly ProductEntry[] {
  return categories.flatMap(category => products.filter(product => product.category === category.id))
}

/** The things with the one of this id a place further up (-1) or down (1) among those that are its like; at an end it stays. */
export function moved<Thing extends { readonly id: string }>(
  things: readonly Thing[],
  id: string,
  by: -1 | 1,
  alike: (one: Thing, other: Thing) => boolean = () => true,
): readonly Thing[] {
  const thing = things.find(one => one.id === id)
  if (!thing) return things
  const row = things.filter(one => alike(one, thing))
  const other = row[row.indexOf(thing) + by]
  return other ? things.map(one => (one === thing ? other : one === other ? thing : one)) : things
}

/** Two products of one category: moving past anything else changes nothing that a customer sees. */
export function shareCategory(one: ProductEntry, other: ProductEntry): boolean {
  return one.category === other.category
}
