import * as z from 'zod'
import { UPDATE_ENDS, type UpdateEnd } from '../../shared/updates.ts'

/** A new version has so many starts, and so long from its last one, to become well; then the one before it is put back. */
export const TRIAL = {
  mostStarts: 3,
  withinMs: 5 * 60_000,
  /** For so long its page has to stand, answered every second, and then the till has to answer too. */
  standsMs: 60_000,
  /** A version that could not even be put in place so often is not tried any more. */
  mostAttempts: 3,
} as const

const version = z.string().min(1)
const end = z.strictObject({ end: z.enum(UPDATE_ENDS), version, atMs: z.number(), says: z.string() })

/** What outlives a start: at most one update is under way, and every start begins by asking it. */
export const updateRecord = z.strictObject({
  format: z.literal(1),
  stage: z.discriminatedUnion('at', [
    z.strictObject({ at: z.literal('resting') }),
    /** Written before the program is exchanged: from here on a start of `to` counts. */
    z.strictObject({ at: z.literal('trial'), from: version, to: version, starts: z.int() }),
    /** Written before `from` is put back. */
    z.strictObject({ at: z.literal('returning'), from: version, to: version, says: z.string() }),
  ]),
  bad: z.array(version),
  /** The version that failed to be put in place last, and how often. */
  attempts: z.strictObject({ version, count: z.int() }).nullable(),
  last: end.nullable(),
})
export type UpdateRecord = Readonly<z.infer<typeof updateRecord>>

export const RESTING: UpdateRecord = {
  format: 1,
  stage: { at: 'resting' },
  bad: [],
  attempts: null,
  last: null,
}

/** The program of `to` is about to take the place of that of `from`. */
export function begun(record: UpdateRecord, from: string, to: string): UpdateRecord {
  return { ...record, stage: { at: 'trial', from, to, starts: 0 } }
}

/** `goOn`: as any start. `tryOut`: a new version's, to be watched. `putBack`: exchange the program first, then start that. */
export type StartAct = 'goOn' | 'tryOut' | 'putBack'

/**
 * What a start has to do, whatever moment the one before it was killed in. `record` is to be durable before `act` is done. It says
 * `putBack` only while there is a previous program, and putting back uses that up, so no two programs can send each other back for ever.
 */
export function startOf(
  record: UpdateRecord,
  now: { readonly running: string; readonly hasPrevious: boolean; readonly atMs: number },
): { readonly record: UpdateRecord; readonly act: StartAct } {
  const { stage } = record
  if (stage.at === 'resting') return { record, act: 'goOn' }
  const { from, to } = stage
  if (now.running === from) {
    if (stage.at === 'returning') return { record: ended(record, 'rolledBack', now.atMs), act: 'goOn' }
    const says = `it was interrupted before ${to} was in its place`
    return { record: attempted(record, { version: to, says, atMs: now.atMs }), act: 'goOn' }
  }
  // Somebody has installed a third version by hand, which settles it.
  if (now.running !== to) return { record: { ...record, stage: { at: 'resting' } }, act: 'goOn' }
  if (stage.at === 'returning')
    return now.hasPrevious
      ? { record, act: 'putBack' }
      : { record: ended(record, 'stuck', now.atMs), act: 'goOn' }
  if (stage.starts < TRIAL.mostStarts)
    return { record: { ...record, stage: { ...stage, starts: stage.starts + 1 } }, act: 'tryOut' }
  const failed = returning(record, `it was not well after ${TRIAL.mostStarts} starts`)
  return now.hasPrevious
    ? { record: failed, act: 'putBack' }
    : { record: ended(failed, 'stuck', now.atMs), act: 'goOn' }
}

/** The new version will not become well: the one before it is to be put back. */
export function returning(record: UpdateRecord, says: string): UpdateRecord {
  const { stage } = record
  return stage.at === 'trial'
    ? { ...record, stage: { at: 'returning', from: stage.from, to: stage.to, says } }
    : record
}

/** Whether one more start of the version on trial would be one too many. */
export function isSpent({ stage }: UpdateRecord): boolean {
  return stage.at === 'trial' && stage.starts >= TRIAL.mostStarts
}

/** The new version is well and stays. */
export function healthy(record: UpdateRecord, atMs: number): UpdateRecord {
  const { stage } = record
  if (stage.at !== 'trial') return record
  const last: UpdateEnd = { end: 'installed', version: stage.to, atMs, says: '' }
  return { ...record, stage: { at: 'resting' }, attempts: null, last }
}

/** It could not be put in place, and what was there still is. */
export function attempted(
  record: UpdateRecord,
  { version, says, atMs }: { readonly version: string; readonly says: string; readonly atMs: number },
): UpdateRecord {
  const count = record.attempts?.version === version ? record.attempts.count + 1 : 1
  const isTooMuch = count >= TRIAL.mostAttempts
  return {
    ...record,
    stage: { at: 'resting' },
    attempts: isTooMuch ? null : { version, count },
    bad: isTooMuch ? withBad(record, version) : record.bad,
    last: { end: 'interrupted', version, atMs, says },
  }
}

/** Put back, or stuck with a version that is not well: either way it is never tried again. */
function ended(record: UpdateRecord, end: 'rolledBack' | 'stuck', atMs: number): UpdateRecord {
  const { stage } = record
  if (stage.at !== 'returning') return record
  return {
    ...record,
    stage: { at: 'resting' },
    attempts: null,
    bad: withBad(record, stage.to),
    last: { end, version: stage.to, atMs, says: stage.says },
  }
}

const withBad = ({ bad }: UpdateRecord, version: string): string[] => [...new Set([...bad, version])]
