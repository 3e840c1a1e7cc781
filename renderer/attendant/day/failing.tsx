import type { ReactNode } from 'react'
import { saidOf } from '../bar.tsx'
import { Refusal } from '../client.ts'
import { useDesk } from '../text/say.ts'

/** What the page asked for and did not get, in words. */
export function Failing({ error }: { error: Error }): ReactNode {
  const { say } = useDesk()
  return (
    <p className="is-told" role="alert">
      {saidOf(error instanceof Refusal ? error.failure : { kind: 'hostAway' }, say)}
    </p>
  )
}
