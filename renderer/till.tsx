import { useSelector } from '@xstate/react'
import { type ComponentType, type ReactNode, useCallback, useState } from 'react'
import type { DeskApi } from './api.ts'
import { App, type Kiosk } from './app.tsx'
import type { AttendantProps } from './attendant/attendant.tsx'
import { BugShelter } from './document.tsx'
import { useStaffGesture } from './staff-gesture.ts'

/**
 * One till: the customer's screen, and over it, when staff ask for it, the desk. The desk is loaded then and not before; the
 * customer's conversation goes on beneath it, so that whoever is paying is served.
 */
export function Till({ kiosk, lane, desk }: { kiosk: Kiosk; lane: string; desk: DeskApi }): ReactNode {
  const [Attendant, setAttendant] = useState<ComponentType<AttendantProps> | null>(null)
  const open = useCallback(() => {
    import('./attendant/attendant.tsx').then(
      room => setAttendant(() => room.Attendant),
      // A host that is away cannot give the desk either; the gesture is made again when it is back.
      () => {},
    )
  }, [])
  const close = useCallback(() => setAttendant(null), [])
  useStaffGesture(open)
  const isPaying = useSelector(kiosk, ({ context }) => isUnderWay(context.view?.checkout?.status))
  const locale = useSelector(kiosk, ({ context }) => context.locale)
  return (
    <>
      <App kiosk={kiosk} covered={Attendant !== null} />
      {Attendant && (
        <BugShelter locale={locale} onBug={close}>
          <Attendant api={desk} lane={lane} customerIsPaying={isPaying} onClose={close} />
        </BugShelter>
      )}
    </>
  )
}

/** Somebody stands before this lane and waits for the screen. */
function isUnderWay(status: string | undefined): boolean {
  return status === 'creating' || status === 'awaitingPayment' || status === 'checking'
}
