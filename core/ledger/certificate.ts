import * as z from 'zod'
import { evidenceOf, type PlacedFact, proofOf } from '../checkout/proof.ts'
import { encodeData, factHash, GENESIS } from './chain.ts'
import type { Ledger, StoredFact } from './ledger.ts'

/** A checkout's outcome with all that shows it: facts, PayPay's answers, and each fact's link in the chain. Plain JSON. */
export const certificateFile = z.strictObject({
  kaikei: z.literal('certificate'),
  version: z.literal(1),
  checkoutId: z.string(),
  outcome: z.enum(['delivered', 'returned', 'neverPayable']),
  /** Which fact shows what. */
  proof: z.array(z.strictObject({ seq: z.int(), says: z.string() })),
  /** `before` is the hash of the fact before it in the ledger, whosesoever that is; `data` is the text that was hashed. */
  facts: z.array(
    z.strictObject({
      seq: z.int(),
      type: z.string(),
      atMs: z.int(),
      data: z.string(),
      before: z.string(),
      hash: z.string(),
    }),
  ),
  /** What PayPay answered, for whoever asks its support. */
  paypay: z.array(
    z.strictObject({
      seq: z.int(),
      api: z.string(),
      atMs: z.number(),
      httpStatus: z.int().nullable(),
      code: z.string().nullable(),
      codeId: z.string().nullable(),
      requestId: z.string().nullable(),
    }),
  ),
})

export type Certificate = z.infer<typeof certificateFile>

/** A certificate that cannot be given, or that is not right: why, in words. */
export type NoCertificate = { readonly because: string }

/** The certificate of a checkout, or why there is none. */
export async function certify(ledger: Ledger, checkoutId: string): Promise<Certificate | NoCertificate> {
  const facts = await ledger.factsOf(checkoutId)
  if (facts.length === 0) return { because: `the ledger has no checkout ${checkoutId}` }
  const placed = facts as unknown as PlacedFact[]
  const proof = proofOf(placed)
  if (!proof.proven) return { because: `checkout ${checkoutId}: ${proof.missing}` }
  const linked = []
  for (const fact of facts) {
    const link = await linkOf(ledger, fact.seq)
    if (!link) return { because: `fact ${fact.seq} cannot be read` }
    const { own, before } = link
    linked.push({ seq: own.seq, type: own.type, atMs: own.atMs, data: own.dataJson, before, hash: own.hash })
  }
  return {
    kaikei: 'certificate',
    version: 1,
    checkoutId,
    outcome: proof.outcome,
    proof: [...proof.lines],
    facts: linked,
    paypay: placed.flatMap(fact => {
      const evidence = evidenceOf(fact)
      return evidence ? [{ seq: fact.seq, ...evidence }] : []
    }),
  }
}

/** Whether a certificate is right: by itself, and against the ledger it speaks of. Null: it is. */
export async function faultOf(certificate: Certificate, ledger: Ledger): Promise<string | null> {
  const { checkoutId, facts } = certificate
  for (const fact of facts) {
    if (
      factHash(fact.before, fact.seq, { checkoutId, type: fact.type, atMs: fact.atMs }, fact.data) !==
      fact.hash
    )
      return `fact ${fact.seq} is not what was hashed`
    const link = await linkOf(ledger, fact.seq)
    if (link?.own.hash !== fact.hash || link.before !== fact.before)
      return `fact ${fact.seq} is not the one that the ledger has in this place`
  }
  const again = await certify(ledger, checkoutId)
  if ('because' in again) return again.because
  return encodeData(again) === encodeData(certificate)
    ? null
    : 'the ledger gives another certificate for this checkout'
}

/** A fact, and the hash that it stands on. */
async function linkOf(ledger: Ledger, seq: number): Promise<{ own: StoredFact; before: string } | null> {
  const found = await ledger.stored(Math.max(0, seq - 2), seq === 1 ? 1 : 2)
  const own = found.at(-1)
  if (own?.seq !== seq) return null
  return { own, before: seq === 1 ? GENESIS : (found[0]?.hash ?? '') }
}

/** Every outcome of a ledger has its proof. Calls back for each that has none. Walks all facts, a checkout in memory at a time. */
export async function proveAll(
  ledger: Ledger,
  unproven: (checkoutId: string, missing: string) => void,
): Promise<{ outcomes: number }> {
  const open = new Map<string, PlacedFact[]>()
  let outcomes = 0
  let seq = 0
  for (;;) {
    const facts = await ledger.stored(seq, 5_000)
    for (const { dataJson, ...fact } of facts) {
      seq = fact.seq
      const placed = { ...fact, data: JSON.parse(dataJson) } as unknown as PlacedFact
      if (fact.type === 'checkoutStarted') open.set(fact.checkoutId, [])
      const own = open.get(fact.checkoutId)
      // Streams of their own, and what people did after the end, prove no outcome.
      if (!own) continue
      own.push(placed)
      if (fact.type !== 'outcomeReached') continue
      outcomes += 1
      const proof = proofOf(own)
      if (!proof.proven) unproven(fact.checkoutId, proof.missing)
      open.delete(fact.checkoutId)
    }
    if (facts.length < 5_000) return { outcomes }
  }
}
