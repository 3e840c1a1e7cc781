import type { Settings } from '../config.ts'
import type { OurTill } from '../day/books.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { SHOP_STREAM, type ShopFact } from './facts.ts'

/**
 * The store and terminal ids under which this till has sold: those of now, and those that its settings had before. A change of an id
 * takes no earlier sale out of a comparison with PayPay.
 */
export async function tillIds(ledger: Ledger, settings: Settings): Promise<OurTill> {
  const facts = (await ledger.factsOf(`${SHOP_STREAM}-settings`)) as unknown as readonly ShopFact[]
  const changes = facts.flatMap(fact => (fact.type === 'shopChanged' ? (fact.data.changes ?? []) : []))
  const everAt = (path: 'storeId' | 'terminalId'): readonly string[] => {
    const were = changes
      .filter(change => change.path === path)
      .flatMap(({ before, after }) => [before, after])
    return [...new Set([settings[path], ...were])].filter(
      id => typeof id === 'string' && id !== '',
    ) as string[]
  }
  return { storeIds: everAt('storeId'), terminalIds: everAt('terminalId') }
}
