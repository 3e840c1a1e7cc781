import * as z from 'zod'
import { type EndpointName, endpoints } from '../core/paypay/wire.ts'

const endpointNames = Object.keys(endpoints) as [EndpointName, ...EndpointName[]]

/** What can go wrong on the way, as PUT /_simulator/faults takes it. */
export const fault = z.strictObject({
  endpoint: z.enum(['any', ...endpointNames]).default('any'),
  /** Of the calls to this endpoint since the faults were set, counted from 1. Missing: every one. */
  when: z
    .union([
      z.strictObject({ nth: z.int().min(1) }),
      z.strictObject({ from: z.int().min(1), count: z.int().min(1).optional() }),
      z.strictObject({ probability: z.number().min(0).max(1), seed: z.int() }),
    ])
    .optional(),
  what: z.discriminatedUnion('kind', [
    /** The answer comes late. */
    z.strictObject({ kind: z.literal('delay'), ms: z.int().min(0).max(120_000) }),
    /** The request never arrives: nothing is applied and the connection is cut. */
    z.strictObject({ kind: z.literal('dropRequest') }),
    /** Applied, and the answer is lost. */
    z.strictObject({ kind: z.literal('dropAnswer') }),
    /** The connection is cut at once and the request applied later. */
    z.strictObject({ kind: z.literal('applyLate'), ms: z.int().min(0).max(120_000) }),
    /** The request arrives twice; the second answer is the one that is seen. */
    z.strictObject({ kind: z.literal('duplicate') }),
    /** Not applied: this status, with PayPay's envelope when a code is given. */
    z.strictObject({
      kind: z.literal('status'),
      status: z.int().min(100).max(599),
      code: z.string().optional(),
      codeId: z.string().optional(),
      retryAfterS: z.int().min(0).optional(),
    }),
    /** Applied, but this body comes instead: HTML, nothing, half of it. */
    z.strictObject({
      kind: z.literal('body'),
      body: z.string(),
      status: z.int().optional(),
      contentType: z.string().optional(),
    }),
    /** Applied, with these fields of `data` overwritten: a foreign id, another amount. */
    z.strictObject({ kind: z.literal('patch'), data: z.record(z.string(), z.unknown()) }),
    /** Applied; headers, then silence. */
    z.strictObject({ kind: z.literal('hang') }),
  ]),
})
export const faultList = z.array(fault).max(100)
export type Fault = z.infer<typeof fault>

/** The faults that are set, and which of them a call meets. */
export class FaultPlan {
  #faults: { fault: Fault; calls: number; fired: number; random: () => number }[] = []

  set(faults: readonly Fault[]): void {
    this.#faults = faults.map(one => ({
      fault: one,
      calls: 0,
      fired: 0,
      random: mulberry32(one.when && 'seed' in one.when ? one.when.seed : 0),
    }))
  }

  /** The first fault that this call meets, counted. */
  meet(endpoint: EndpointName | null): Fault['what'] | null {
    let met: Fault['what'] | null = null
    for (const entry of this.#faults) {
      if (entry.fault.endpoint !== 'any' && entry.fault.endpoint !== endpoint) continue
      entry.calls += 1
      if (met || !due(entry.fault.when, entry.calls, entry.random)) continue
      entry.fired += 1
      met = entry.fault.what
    }
    return met
  }

  list(): (Fault & { fired: number })[] {
    return this.#faults.map(({ fault: one, fired }) => ({ ...one, fired }))
  }
}

function due(when: Fault['when'], call: number, random: () => number): boolean {
  if (when === undefined) return true
  if ('nth' in when) return call === when.nth
  if ('from' in when) return call >= when.from && (when.count === undefined || call < when.from + when.count)
  return random() < when.probability
}

/** A small seeded generator: the same seed, the same faults. */
function mulberry32(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Which of the till's calls a request is. */
export function endpointOf(method: string, path: string): EndpointName | null {
  const match = endpointNames.find(name => {
    const { method: verb, path: template } = endpoints[name]
    return verb === method && new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path)
  })
  return match ?? null
}
