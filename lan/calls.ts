import type { IncomingMessage, ServerResponse } from 'node:http'
import { fail } from '../shared/result.ts'
import { answerJson, jsonOf, otherLane } from './access.ts'
import type { LanTill, Screen } from './routes.ts'

const CALL_BYTES = 64 * 1_024
/** As on loopback: a picture of 2 MiB as base64, or a catalogue of some thousand products. */
const DESK_BYTES = 4 * 1_024 * 1_024
/** PayPay's file of a day. */
const FILE_BYTES = 29_000_000

/** A display draws the shop and its lane, and nothing that it says is heard. */
const DISPLAYS_METHODS: ReadonlySet<string> = new Set(['getShop'])
/** Who owns the till, and PayPay's keys, are matters of the machine itself. */
const NEVER_FROM_HERE: ReadonlySet<string> = new Set(['setUp', 'setKeys', 'testKeys'])
/** At the desk a lane is where somebody sits down; elsewhere it is which lane they ask about. */
const AT_OWN_LANE: ReadonlySet<string> = new Set(['signIn'])

/** A customer's call, for the lane that the screen is paired with and for no other. */
export async function customersCall(
  till: LanTill,
  screen: Screen,
  method: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (screen.kind === 'display' && !DISPLAYS_METHODS.has(method))
    return answerJson(response, 403, { error: 'a display can do nothing' })
  const input = await jsonOf(request, CALL_BYTES)
  if (!isForLane(input, screen.lane)) return otherLane(response)
  return answerJson(response, 200, await till.dispatch(method, input))
}

/** An attendant's call, where the operator allowed the desk on this screen. Its body is not even read elsewhere. */
export async function desksCall(
  till: LanTill,
  screen: Screen,
  method: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (screen.kind === 'display' || !screen.desk || NEVER_FROM_HERE.has(method)) {
    response.setHeader('connection', 'close')
    return answerJson(response, 403, fail({ kind: 'notHere' }))
  }
  const input = await jsonOf(request, method === 'compareDay' ? FILE_BYTES : DESK_BYTES)
  if (AT_OWN_LANE.has(method) && !isForLane(input, screen.lane)) return otherLane(response)
  return answerJson(response, 200, await till.desk(method, input))
}

/** What names no lane is for none, or is refused by core. */
function isForLane(input: unknown, lane: string): boolean {
  const named = (input as { lane?: unknown } | null)?.lane
  return named === undefined || named === lane
}
