import type { Role } from '../../shared/desk.ts'
import type { DeskTextKey } from './text/say.ts'

/** The pages of the desk, as its bar names them, and who sees them. A new page is one line here and one in desk.tsx or upkeep/pages.tsx. */
export const pages = [
  { id: 'checkouts', key: 'desk.page.checkouts', role: 'attendant' },
  { id: 'day', key: 'desk.page.day', role: 'attendant' },
  { id: 'catalogue', key: 'desk.page.catalogue', role: 'manager' },
  { id: 'settings', key: 'desk.page.settings', role: 'manager' },
  { id: 'users', key: 'desk.page.users', role: 'attendant' },
  { id: 'audit', key: 'desk.page.audit', role: 'manager' },
  { id: 'health', key: 'desk.page.health', role: 'attendant' },
] as const satisfies readonly { readonly id: string; readonly key: DeskTextKey; readonly role: Role }[]

export type PageId = (typeof pages)[number]['id']

export function pagesOf(role: Role): readonly (typeof pages)[number][] {
  return pages.filter(page => page.role === 'attendant' || role === 'manager')
}
