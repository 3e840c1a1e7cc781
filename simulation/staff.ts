import { hash } from 'node:crypto'
import { type MemoryDisk, openMemoryLedger } from '../core/ledger/memory.ts'

const SALT_HEX = '00'

/** Who works in the simulated shop; nobody was added or has left within memory. */
export const people = [
  { userId: 'u1', name: '店長', role: 'manager', pin: '271828' },
  { userId: 'u2', name: '係', role: 'attendant', pin: '161803' },
  { userId: 'u3', name: '副店長', role: 'manager', pin: '314159' },
] as const

/** In place of scrypt, which takes a tenth of a second of real time on another thread. */
export async function quickPinHash(pin: string, saltHex: string): Promise<string> {
  return quickHash(pin, saltHex)
}

const quickHash = (pin: string, saltHex: string): string => hash('sha256', saltHex + pin)

/** The ledger of a shop that has its people. */
export function hire(disk: MemoryDisk, atMs: number) {
  const facts = people.map(({ pin, ...person }) => ({
    type: 'staffAdded',
    data: { ...person, pinHash: quickHash(pin, SALT_HEX), by: person.userId === 'u1' ? null : 'u1' },
  }))
  void openMemoryLedger(disk).append(
    [{ type: 'pinKeyMade', data: { saltHex: SALT_HEX } }, ...facts].map(fact => ({
      checkoutId: 'staff',
      atMs,
      ...fact,
    })),
  )
}
