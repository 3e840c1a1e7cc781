/**
 * Everybody's checkouts are driven on one thread, so whatever goes over many rows gives the others a turn after every few. One turn
 * of this many rows of a table takes some 10 to 20 ms on a small machine.
 */
export const ROWS_A_TURN = 500

/** Resolves when everything else that was due (an answer of PayPay's, a tap) has had its turn. */
export function turn(): Promise<void> {
  return new Promise(resolve => void setImmediate(resolve))
}

/** What `work` makes of the items, some at a time, with a turn for the others between. The parts are in order. */
export async function inTurns<Item, Part>(
  items: readonly Item[],
  work: (some: readonly Item[]) => Part,
): Promise<Part[]> {
  const parts: Part[] = []
  for (let from = 0; from < items.length; from += ROWS_A_TURN) {
    if (from > 0) await turn()
    parts.push(work(items.slice(from, from + ROWS_A_TURN)))
  }
  return parts
}

/** Work that may be left between its steps, done at once. */
export function atOnce<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** The same with a turn for the others after each step; whoever stops it makes it reject with `Stopped`. */
export async function withTurns<Result>(
  steps: Generator<void, Result>,
  isStopped: () => boolean,
): Promise<Result> {
  for (;;) {
    if (isStopped()) throw new Stopped()
    const step = steps.next()
    if (step.done) return step.value
    await turn()
  }
}

/** The till closes, and what was under way is left. */
export class Stopped extends Error {}

/** What `work` makes of the items, some a step. */
export function* partly<Item, Made>(
  items: readonly Item[],
  work: (some: readonly Item[]) => readonly Made[],
): Generator<void, Made[]> {
  const made: Made[] = []
  for (let from = 0; from < items.length; from += ROWS_A_TURN) {
    if (from > 0) yield
    made.push(...work(items.slice(from, from + ROWS_A_TURN)))
  }
  return made
}
