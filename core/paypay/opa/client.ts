import { SentBodies, SentOtherwise } from '../bodies.ts'
import type { Evidence } from '../calls.ts'
import { type ExchangeOptions, type Heard, openExchange } from '../exchange.ts'
import type { Endpoint } from './endpoint.ts'
import { type Failure, refusedHere } from './failure.ts'
import { type Prepared, type Problem, prepare } from './prepare.ts'
import { type Done, type FunctionName, functionNames, type Input, table } from './table.ts'
import { verdictOn, verdictOnNone } from './verdict.ts'

/**
 * What became of a call. `code` is PayPay's: where it may agree in more than one way (`USER_CONFIRMATION_REQUIRED`), look at it.
 * `evidence` null: nothing was sent. With a payment's details look at `data.status`: `ok` says that the read worked, no more.
 */
export type Outcome<Name extends FunctionName> =
  | (Done<Name> & { readonly ok: true; readonly evidence: Evidence })
  | { readonly ok: false; readonly failure: Failure; readonly evidence: Evidence | null }

/** One function for each row of the table. None of them rejects for anything that the caller, PayPay or the network does. */
export type Opa = {
  readonly [Name in FunctionName]: (input: Input<Name>) => Promise<Outcome<Name>>
} & { close(): Promise<void> }

export type OpaOptions = ExchangeOptions & {
  /** Told of everything that came back, or did not: for logs, and for PayPay's clock. */
  readonly observe?: (heard: Heard) => void
}

/** Throws for credentials that no request could carry, in words that never show one. */
export function openOpa(options: OpaOptions): Opa {
  const { clock, transport } = options
  const exchange = openExchange(options)
  const sent = new Map<FunctionName, SentBodies>()

  /** A repetition gets the bytes of the first time, so that PayPay sees one request. Throws `SentOtherwise`. */
  function bytesOf(name: FunctionName, { body, isStamped, input }: Prepared, nowS: number): Buffer | null {
    if (body === null) return null
    const { id }: Endpoint = table[name]
    if (id === undefined) return Buffer.from(JSON.stringify(body))
    const bodies = sent.get(name) ?? new SentBodies(id)
    sent.set(name, bodies)
    return bodies.bytesFor(String(input[id]), nowS, requestedAt =>
      isStamped ? { ...body, requestedAt } : body,
    )
  }

  async function request(name: FunctionName, input: unknown): Promise<unknown> {
    const endpoint: Endpoint = table[name]
    const nowS = Math.floor(clock.nowMs() / 1000)
    const prepared = prepare(name, input, nowS)
    if (!prepared.ok) return notSent(prepared.problems)
    const { path, query, input: asked } = prepared.request
    let body: Buffer | null
    try {
      body = bytesOf(name, prepared.request, nowS)
    } catch (error) {
      if (!(error instanceof SentOtherwise)) throw error
      return notSent([{ field: endpoint.id ?? '', rule: error.message }])
    }
    const { method, timeoutMs } = endpoint
    const heard = await exchange({ api: name, method, path, query, body, timeoutMs })
    options.observe?.(heard)
    const verdict =
      heard.kind === 'none' ? verdictOnNone(heard.why) : verdictOn(endpoint, asked, heard.answer)
    return { ...verdict, evidence: heard.evidence }
  }

  const functions = functionNames.map(name => [name, (input: unknown) => request(name, input)])
  return { ...Object.fromEntries(functions), close: () => transport.close() } as Opa
}

const notSent = (problems: readonly Problem[]) =>
  ({ ok: false, failure: refusedHere(problems), evidence: null }) as const
