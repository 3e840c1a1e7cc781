import type { FileFault } from '../../../shared/reconciliation.ts'
import type { DayTextKey } from './text/say.ts'

type Sentence = { readonly key: DayTextKey; readonly values?: Readonly<Record<string, string | number>> }

const MIB = 1024 * 1024

/** Why a file cannot be compared, and what to do. A new fault asks for its sentence here. */
export function faultSentence(fault: FileFault): Sentence {
  switch (fault.kind) {
    case 'tooLarge':
      return {
        key: 'file.tooLarge',
        values: { size: Math.ceil(fault.bytes / MIB), most: Math.floor(fault.maxBytes / MIB) },
      }
    case 'unreadable':
      return { key: `file.unreadable.${fault.looksLike}` }
    case 'columnMissing':
      return { key: 'file.columnMissing', values: { columns: fault.columns.join(', ') } }
    case 'empty':
      return { key: 'file.empty' }
    case 'otherForm':
      return { key: 'file.otherForm' }
    case 'otherMerchant':
      return { key: 'file.otherMerchant', values: { found: fault.found, expected: fault.expected } }
    case 'unknownName':
    case 'cutOff':
    case 'tooManyColumns':
    case 'mangledIds':
    case 'otherDay':
    case 'rowOfOtherDay':
    case 'badAmount':
    case 'badTime':
    case 'unknownStatus':
    case 'idMissing':
    case 'paymentTwice': {
      const { kind, ...values } = fault
      return { key: `file.${kind}`, values }
    }
    default:
      return fault satisfies never
  }
}
