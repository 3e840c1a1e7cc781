import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { type Book, emptyBook, type Payment, type Refund } from './book.ts'
import { refundKey } from './paypay.ts'

/** One line: the newest state of a payment, a refund, or the parked cancels. The last line of its kind and id counts. */
type Line = { readonly payment: Payment } | { readonly refund: Refund } | { readonly parked: string[] }

/** The book on disk, so that a training till that starts again goes on where it was. Not a ledger: it is a toy bank's. */
export class Journal {
  readonly book: Book
  readonly #file: string
  readonly #written = new Map<string, string>()

  constructor(file: string) {
    this.#file = file
    this.book = emptyBook()
    if (existsSync(file)) this.#read()
    const whole = this.#changed()
    writeFileSync(`${file}.new`, whole)
    renameSync(`${file}.new`, file)
  }

  /** Writes what has changed since the last time. */
  save(): void {
    const changed = this.#changed()
    if (changed !== '') appendFileSync(this.#file, changed)
  }

  #read(): void {
    for (const text of readFileSync(this.#file, 'utf8').split('\n')) {
      const line = parseLine(text)
      if (line === null) continue
      if ('payment' in line) this.book.payments.set(line.payment.merchantPaymentId, line.payment)
      else if ('refund' in line)
        this.book.refunds.set(refundKey(line.refund.merchantRefundId, line.refund.paymentId), line.refund)
      else for (const id of line.parked) this.book.parkedCancels.add(id)
    }
  }

  #changed(): string {
    const lines: [string, Line][] = [
      ...[...this.book.payments].map(([id, payment]): [string, Line] => [`p ${id}`, { payment }]),
      ...[...this.book.refunds].map(([id, refund]): [string, Line] => [`r ${id}`, { refund }]),
      ['parked', { parked: [...this.book.parkedCancels] }],
    ]
    let text = ''
    for (const [id, line] of lines) {
      const json = JSON.stringify(line)
      if (this.#written.get(id) === json) continue
      this.#written.set(id, json)
      text += `${json}\n`
    }
    return text
  }
}

/** A power cut can tear the last line; what it held was not acknowledged to anyone. */
function parseLine(text: string): Line | null {
  try {
    return JSON.parse(text) as Line
  } catch {
    return null
  }
}
