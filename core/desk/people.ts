import { fail, ok } from '../../shared/result.ts'
import type { DeskHandlers } from './desk.ts'
import type { Door } from './door.ts'
import type { Staff } from './staff.ts'

/** Who may use the desk, for a manager; and everybody's own PIN. */
export function peopleHandlers(ports: {
  readonly staff: Staff
  readonly door: Door
}): Pick<DeskHandlers, 'stayIn' | 'listUsers' | 'addUser' | 'changeUser' | 'changeMyPin'> {
  const { staff, door } = ports
  return {
    // Being called was all of it: the door has noted that the session is used.
    stayIn: async () => ok(null),
    listUsers: async () => ok(staff.all()),
    addUser: ({ name, role, pin }, { user }) => staff.add({ name, role, pin, by: user.userId }),
    async changeUser(change, { user }) {
      const changed = await staff.change({ ...change, by: user.userId })
      const isAnother = changed.ok && (!changed.value.active || (change.pin && change.userId !== user.userId))
      if (isAnother) await door.leaveUser(change.userId)
      return changed
    },
    async changeMyPin({ oldPin, newPin }, inside) {
      const confirmed = await door.confirm(inside, oldPin)
      if (!confirmed.ok) return confirmed
      const locked = await door.guess(inside.lane)
      if (locked) return fail(locked)
      const { userId } = inside.user
      const changed = await staff.change({ userId, pin: newPin, by: userId })
      if (!changed.ok) return changed
      const user = staff.find(userId)
      return user ? ok(user) : fail({ kind: 'signedOut' })
    },
  }
}
