import type { KioskEvent } from './context.ts'

type EventType = KioskEvent['type']

/**
 * Events that a state knows and does nothing about, with the reason. A state that forgets an event is a bug that a test
 * finds; one that ignores it says so.
 */
export function ignore<const Types extends readonly EventType[]>(
  why: string,
  ...types: Types
): { readonly [type in Types[number]]: { readonly description: string } } {
  const entries = types.map(type => [type, { description: why }])
  return Object.fromEntries(entries)
}

/** One transition of a list that does nothing, with the reason. */
export function stay(why: string): { readonly description: string } {
  return { description: why }
}

export const BASKET_KEYS = [
  'customer.add',
  'customer.remove',
  'customer.digit',
  'customer.erase',
  'customer.clear',
] as const satisfies readonly EventType[]
export const STEP_KEYS = [
  'customer.checkOut',
  'customer.back',
  'customer.pay',
] as const satisfies readonly EventType[]
export const CODE_KEYS = ['customer.cancel', 'customer.havePaid'] as const satisfies readonly EventType[]
export const UNPAID_KEYS = [
  'customer.tryAgain',
  'customer.changeOrder',
] as const satisfies readonly EventType[]
export const RECEIPT_KEYS = [
  'customer.showReceipt',
  'customer.printReceipt',
  'customer.closeReceipt',
] as const satisfies readonly EventType[]
