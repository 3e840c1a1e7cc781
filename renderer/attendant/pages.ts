import type { DeskTextKey } from './text/say.ts'

/** The pages of the desk, as its bar names them. A new page is one line here and one component in desk.tsx. */
export const pages = [
  { id: 'checkouts', key: 'desk.page.checkouts' },
  { id: 'day', key: 'desk.page.day' },
] as const satisfies readonly {
  readonly id: string
  readonly key: DeskTextKey
}[]

export type PageId = (typeof pages)[number]['id']
