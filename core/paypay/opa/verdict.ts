import { type Row, rowOf, type Wordless, wordless } from '../answer.ts'
import { healthBy, isDone, type ReadAnswer, sameClass, toRow, wordlessFor } from '../reading.ts'
import { type Endpoint, echoed, echoOf, isRecord } from './endpoint.ts'
import { type Failure, failureOf, helpUrl } from './failure.ts'

export type Verdict =
  | { readonly ok: true; readonly code: string; readonly data: unknown }
  | { readonly ok: false; readonly failure: Failure }

/** What an answer means for the call that it answers, by the table alone. `input`: what was asked for. */
export function verdictOn(
  endpoint: Endpoint,
  input: Readonly<Record<string, unknown>>,
  answer: ReadAnswer,
): Verdict {
  const { code, httpStatus, data } = answer
  if (code === null) return withoutWord(wordlessFor(httpStatus), answer)
  const accepted = Object.hasOwn(endpoint.answers, code) && isDone(httpStatus) && endpoint.answers[code]
  if (accepted) {
    if (isForeign(endpoint.echoes, input, data)) return withoutWord('foreign', answer)
    const parsed = accepted.data.safeParse(data)
    return parsed.success ? { ok: true, code, data: parsed.data } : withoutWord('incomplete', answer)
  }
  const row = rowOf(code)
  const fail = (name: string, said: Row): Verdict => ({
    ok: false,
    failure: failureOf(said.kind, toRow(name, said, answer), helpUrl(endpoint, answer)),
  })
  if (!row) return fail(code, { ...wordless.unknownCode, health: healthBy(httpStatus) })
  if (row.http.length > 0 && !row.http.some(documented => sameClass(documented, httpStatus)))
    return fail(code, { ...wordless.contradiction, health: healthBy(httpStatus) })
  return fail(code, row)
}

/** No complete answer came, or no request left. */
export function verdictOnNone(why: 'timeout' | 'network' | 'noKeys'): Verdict {
  const { says, retry, health, kind } = wordless[why]
  return { ok: false, failure: failureOf(kind, { code: why, says, retry, health }, null) }
}

function withoutWord(name: Wordless, answer: ReadAnswer): Verdict {
  const row = wordless[name]
  return { ok: false, failure: failureOf(row.kind, toRow(name, row, answer), null) }
}

/** True where the answer names a field of ours otherwise; a field that it leaves out is its schema's concern. */
function isForeign(
  echoes: readonly string[],
  input: Readonly<Record<string, unknown>>,
  data: unknown,
): boolean {
  return echoes.some(place => {
    const [ours, theirs] = [input[echoOf(place)], echoed(data, place)]
    if (theirs === undefined || theirs === null) return false
    if (!isRecord(ours)) return ours !== theirs
    return !isRecord(theirs) || Object.entries(ours).some(([name, value]) => theirs[name] !== value)
  })
}
