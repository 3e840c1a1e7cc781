import * as z from 'zod'
import { type Random, seededRandom } from './random.ts'
import { type EndpointName, endpointNames } from './routes.ts'

const millis = z.int().min(0).max(600_000)
/** What the client sees of a connection without an answer: its end, or nothing at all until it gives up. */
const connection = z.enum(['cut', 'silent']).optional()
const status = z.int().min(200).max(599)
const headers = z.record(z.string(), z.string()).optional()

/** What can go wrong on the way between a till and PayPay. */
const what = z.discriminatedUnion('kind', [
  /** Applied at once, answered later. */
  z.strictObject({ kind: z.literal('delay'), ms: millis }),
  /** Lost on its way to PayPay: not applied. */
  z.strictObject({ kind: z.literal('dropRequest'), connection }),
  /** Applied, and the answer is lost. */
  z.strictObject({ kind: z.literal('dropAnswer'), connection }),
  /** No answer, and applied only later, after other requests that came meanwhile. */
  z.strictObject({ kind: z.literal('applyLate'), ms: millis, connection }),
  /** Delivered to PayPay twice; the client gets the second answer. */
  z.strictObject({ kind: z.literal('duplicate') }),
  /** This status instead: PayPay's envelope if there is a code, a gateway's HTML if not. Not applied unless it says so. */
  z.strictObject({
    kind: z.literal('status'),
    status,
    code: z.string().max(255).optional(),
    codeId: z.string().max(255).optional(),
    /** The Retry-After header, s. */
    retryAfterS: z.int().min(0).optional(),
    headers,
    applied: z.boolean().optional(),
  }),
  /** Applied (unless it says not), and these bytes come instead: HTML of a captive portal, nothing. 200 unless it says otherwise. */
  z.strictObject({
    kind: z.literal('body'),
    body: z.string(),
    status: status.optional(),
    contentType: z.string().optional(),
    headers,
    applied: z.boolean().optional(),
  }),
  /** Applied; `data` of the answer is overwritten field by field: a foreign id, another amount. */
  z.strictObject({ kind: z.literal('patch'), data: z.record(z.string(), z.unknown()) }),
  /** Applied; the head of the answer comes, and then nothing more. */
  z.strictObject({ kind: z.literal('hang') }),
  /** Applied; half of the answer comes, and then the connection is cut. */
  z.strictObject({ kind: z.literal('halfBody') }),
])

/** What meets a webhook on its way to the merchant: lost (dropRequest), late (delay, applyLate), doubled (duplicate), unheard (dropAnswer). */
const webhookNames = ['transactionEvent', 'customerEvent', 'fileEvent'] as const
export type WebhookName = (typeof webhookNames)[number]

export const fault = z.strictObject({
  endpoint: z.enum(['any', ...endpointNames, ...webhookNames]).default('any'),
  /** Counts the calls to this endpoint from when the faults were set, from 1. Left out: every one. */
  when: z
    .union(
      [
        z.strictObject({ nth: z.int().min(1) }),
        z.strictObject({ from: z.int().min(1), count: z.int().min(1).optional() }),
        z.strictObject({ probability: z.number().min(0).max(1), seed: z.int() }),
      ],
      { error: 'expected {"nth": n}, {"from": n, "count": n} or {"probability": 0 to 1, "seed": n}' },
    )
    .optional(),
  what,
})
export const faultList = z.array(fault).max(1_000)

export type Fault = z.infer<typeof fault>
/** `seen`: calls to the endpoint since it was set; `fired`: how many of them it hit. */
export type FaultReport = Fault & { readonly seen: number; readonly fired: number }

/** The faults that are set, and how far each has counted. */
export class FaultPlan {
  #armed: { readonly fault: Fault; readonly random: Random; seen: number; fired: number }[] = []

  set(faults: readonly Fault[]): void {
    this.#armed = faults.map(one => ({
      fault: one,
      random: seededRandom(one.when && 'seed' in one.when ? one.when.seed : 0),
      seen: 0,
      fired: 0,
    }))
  }

  /** Counts one call, and answers with what hits it, in the order in which the faults were set. */
  meet(endpoint: EndpointName | WebhookName | null): Fault['what'][] {
    const hits: Fault['what'][] = []
    for (const armed of this.#armed) {
      if (armed.fault.endpoint === 'any' ? isWebhook(endpoint) : armed.fault.endpoint !== endpoint) continue
      armed.seen += 1
      if (!isDue(armed.fault.when, armed.seen, armed.random)) continue
      armed.fired += 1
      hits.push(armed.fault.what)
    }
    return hits
  }

  list(): FaultReport[] {
    return this.#armed.map(({ fault: one, seen, fired }) => ({ ...one, seen, fired }))
  }
}

/** A list of faults from outside, or a sentence for everything that is wrong with it. */
export function readFaults(
  input: unknown,
): { readonly ok: true; readonly value: Fault[] } | { readonly ok: false; readonly problems: string[] } {
  const parsed = faultList.safeParse(input)
  if (parsed.success) return { ok: true, value: parsed.data }
  return {
    ok: false,
    problems: parsed.error.issues.map(issue => `faults${placeOf(issue.path)}: ${issue.message}`),
  }
}

/**
 * What happens to one call, all that hits it taken together. Pure, so it needs no HTTP. Delays add up and patches are
 * merged; of two that decide the same thing, the later one in the list wins.
 */
export function courseOf(hits: readonly Fault['what'][]): Course {
  return hits.reduce(withHit, {
    apply: 'once',
    applyAfterMs: 0,
    delayMs: 0,
    answer: { kind: 'own' },
    patch: {},
  })
}

export type Course = {
  readonly apply: 'never' | 'once' | 'twice' | 'late'
  readonly applyAfterMs: number
  readonly delayMs: number
  readonly answer:
    | { readonly kind: 'own' | 'cut' | 'silent' | 'hang' | 'half' }
    | Extract<Fault['what'], { kind: 'status' | 'body' }>
  readonly patch: Readonly<Record<string, unknown>>
}

const notApplied = { apply: 'never' } as const

function withHit(course: Course, hit: Fault['what']): Course {
  switch (hit.kind) {
    case 'delay':
      return { ...course, delayMs: course.delayMs + hit.ms }
    case 'dropRequest':
      return { ...course, apply: 'never', answer: { kind: hit.connection ?? 'cut' } }
    case 'dropAnswer':
      return { ...course, answer: { kind: hit.connection ?? 'cut' } }
    case 'applyLate':
      return { ...course, apply: 'late', applyAfterMs: hit.ms, answer: { kind: hit.connection ?? 'cut' } }
    case 'duplicate':
      return { ...course, apply: 'twice' }
    case 'status':
      return { ...course, ...(hit.applied === true ? {} : notApplied), answer: hit }
    case 'body':
      return { ...course, ...(hit.applied === false ? notApplied : {}), answer: hit }
    case 'patch':
      return { ...course, patch: { ...course.patch, ...hit.data } }
    case 'hang':
      return { ...course, answer: { kind: 'hang' } }
    case 'halfBody':
      return { ...course, answer: { kind: 'half' } }
  }
}

function isWebhook(name: string | null): boolean {
  return webhookNames.some(one => one === name)
}

function isDue(when: Fault['when'], seen: number, random: Random): boolean {
  if (when === undefined) return true
  if ('nth' in when) return seen === when.nth
  if ('from' in when) return seen >= when.from && (when.count === undefined || seen < when.from + when.count)
  return random() < when.probability
}

function placeOf(path: readonly PropertyKey[]): string {
  return path.map(part => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
}
