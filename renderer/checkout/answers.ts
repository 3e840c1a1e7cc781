import type { LaneView } from '../../shared/checkout.ts'
import type { FailureKind } from '../../shared/failure.ts'
import type { Result } from '../../shared/result.ts'
import type { LaneWord } from './context.ts'

/** What a call that was asked by a state has answered, for the guards and actions that look at it. */
type Answered<Output> = { readonly event: { readonly output: Output } }

export function answer<Output>({ event }: Answered<Output>): Output {
  return event.output
}

/** The guard that the call worked. */
export const worked = { type: 'answered', params: answer } as const

/** The guard that the call failed in this way. */
export function failedWith(kind: FailureKind) {
  return {
    type: 'failedWith',
    params: ({ event }: Answered<Result<unknown>>) => ({ answer: event.output, kind }),
  } as const
}

/** The guard that the call worked and its snapshot says this. */
export function answeredWith(...said: readonly LaneWord[]) {
  return {
    type: 'answeredWith',
    params: ({ event }: Answered<Result<LaneView>>) => ({ answer: event.output, words: said }),
  } as const
}
