import type * as z from 'zod'
import { authorizations } from './authorizations.ts'
import { codes } from './codes.ts'
import type { Endpoint } from './endpoint.ts'
import { gifts } from './gifts.ts'
import { payments } from './payments.ts'
import { users } from './users.ts'

/** The whole of PayPay's Open Payment API that Kaikei speaks. A new endpoint of PayPay's is one row here. */
export const table = {
  ...codes,
  ...authorizations,
  ...payments,
  ...users,
  ...gifts,
} as const satisfies Record<string, Endpoint>

export type Table = typeof table
export type FunctionName = keyof Table
export const functionNames = Object.keys(table) as FunctionName[]

/** What is asked for. Names, shapes and units are PayPay's own: whole yen, epoch seconds, ids as strings. */
export type Input<Name extends FunctionName> = z.input<Table[Name]['input']>

type Answers<Name extends FunctionName> = Table[Name]['answers']
/** PayPay's code and what came with it, for each code with which PayPay may agree. */
export type Done<Name extends FunctionName> = {
  [Code in keyof Answers<Name>]: Answers<Name>[Code] extends { data: infer Data extends z.ZodType }
    ? { readonly code: Code; readonly data: z.output<Data> }
    : never
}[keyof Answers<Name>]
