import { factsAndCheckouts } from './0001-facts-and-checkouts.ts'
import { theDesk } from './0002-the-desk.ts'
import { theAudit } from './0003-the-audit.ts'

/** In order; the number of those applied is the file's user_version. One that has been released is never changed. */
export const migrations: readonly string[] = [factsAndCheckouts, theDesk, theAudit]
