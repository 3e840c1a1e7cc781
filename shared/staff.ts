import type { DeskUser } from './desk.ts'

/** Somebody who may use the desk, or once might: nobody is ever deleted, since facts name people. */
export type StaffMember = DeskUser & {
  readonly active: boolean
  readonly addedAtMs: number
}
