import type { DaySums } from '../../shared/reconciliation.ts'
import { jstDay } from '../jst.ts'
import type { ApiStatement, OurPayment } from './books.ts'
import type { PaypayRecord } from './records.ts'
import { confirmedBacks, sumYen } from './verdict.ts'

type Part = { readonly salesYen: number; readonly givenBackYen: number }
const nothing: Part = { salesYen: 0, givenBackYen: 0 }

export function total(parts: readonly Part[]): DaySums {
  const salesYen = parts.reduce((sum, part) => sum + part.salesYen, 0)
  const givenBackYen = parts.reduce((sum, part) => sum + part.givenBackYen, 0)
  return { salesYen, givenBackYen, netYen: salesYen - givenBackYen }
}

export function isUndone(ours: OurPayment): boolean {
  return confirmedBacks(ours).some(back => back.way === 'cancel')
}

export function ourPart(ours: OurPayment, day: string): Part {
  if (isUndone(ours)) return nothing
  const today = confirmedBacks(ours).filter(back => jstDay(back.atMs) === day)
  return {
    salesYen: jstDay(ours.paidAtMs) === day ? ours.amountYen : 0,
    givenBackYen: sumYen(today),
  }
}

export function filePart(record: PaypayRecord): Part {
  return {
    salesYen: record.failed ? 0 : (record.paidYen ?? 0),
    givenBackYen: record.refundedYen,
  }
}

/**
 * The API tells no days of returns, so what the till knows of other days is taken off. `ours` is null for a payment that the
 * till does not hold. Null where the API says nothing.
 */
export function apiPart(api: ApiStatement | null, ours: OurPayment | null, day: string): Part | null {
  switch (api?.kind) {
    case undefined:
    case 'unknown':
      return null
    case 'unpaid':
    case 'notFound':
    case 'failed':
      return nothing
    case 'refunded':
    case 'completed': {
      const paidYen = api?.amountYen ?? ours?.amountYen ?? 0
      const backYen = api?.refundedYen ?? (api?.kind === 'refunded' ? paidYen : 0)
      const otherDays = ours === null ? [] : confirmedBacks(ours).filter(back => jstDay(back.atMs) !== day)
      return {
        salesYen: ours === null || jstDay(ours.paidAtMs) === day ? paidYen : 0,
        givenBackYen: Math.max(0, backYen - sumYen(otherDays)),
      }
    }
  }
}
