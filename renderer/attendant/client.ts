import {
  type AttendantInputOf,
  type AttendantMethod,
  type AttendantOutputOf,
  attendantApi,
} from '../../shared/attendant.ts'
import type { DeskFailure, Session } from '../../shared/desk.ts'
import { fail, type Result } from '../../shared/result.ts'
import type { DeskApi } from '../api.ts'

/**
 * The desk's line to core. The session's token is in this object's memory and nowhere else, goes with every call that needs
 * one, and is forgotten at the first `signedOut`, which is told once.
 */
export type DeskClient = {
  call<M extends AttendantMethod>(
    method: M,
    input: AttendantInputOf<M>,
  ): Promise<Result<AttendantOutputOf<M>, DeskFailure>>
  /** The same for whoever only wants the answer. Throws Refusal. */
  ask<M extends AttendantMethod>(method: M, input: AttendantInputOf<M>): Promise<AttendantOutputOf<M>>
  /** Somebody is in. */
  enter(session: Session): void
  /** Nobody is in any more. */
  leave(): void
}

export class Refusal extends Error {
  readonly failure: DeskFailure

  constructor(failure: DeskFailure) {
    super(failure.kind)
    this.failure = failure
  }
}

export function deskClient(api: DeskApi, onSignedOut: () => void): DeskClient {
  let token: string | null = null
  const client: DeskClient = {
    async call(method, input) {
      if (attendantApi[method].access === 'anyone') return api.callDesk(method, input)
      const session = token
      if (session === null) return fail({ kind: 'signedOut' })
      const answer = await api.callDesk(method, { ...input, session })
      // The answer to a question of an older session says nothing of the one that came after it.
      if (!answer.ok && answer.failure.kind === 'signedOut' && token === session) {
        token = null
        onSignedOut()
      }
      return answer
    },
    async ask(method, input) {
      const answer = await client.call(method, input)
      if (answer.ok) return answer.value
      throw new Refusal(answer.failure)
    },
    enter(session) {
      token = session.token
    },
    leave() {
      token = null
    },
  }
  return client
}
