import { type ComponentType, lazy, type ReactNode, Suspense } from 'react'
import type { DeskState } from '../../../shared/desk.ts'
import type { DeskClient } from '../client.ts'
import type { PageId } from '../pages.ts'
import { useDesk } from '../text/say.ts'
import { Waiting } from '../waiting.tsx'
import './upkeep.css'

export type UpkeepProps = {
  readonly client: DeskClient
  readonly state: DeskState
  readonly announce: (text: string) => void
}

/** Each is loaded when it is opened: whoever only sells never waits for it. */
const pages: Readonly<Record<Exclude<PageId, 'checkouts' | 'day'>, ComponentType<UpkeepProps>>> = {
  catalogue: lazy(async () => ({ default: (await import('../catalogue/catalogue.tsx')).CataloguePage })),
  settings: lazy(async () => ({ default: (await import('../settings/settings.tsx')).SettingsPage })),
  users: lazy(async () => ({ default: (await import('../users/users.tsx')).UsersPage })),
  audit: lazy(async () => ({ default: (await import('../audit/audit.tsx')).AuditPage })),
  health: lazy(async () => ({ default: (await import('../health/health.tsx')).HealthPage })),
}

export function UpkeepPage({
  page,
  ...props
}: UpkeepProps & { readonly page: Exclude<PageId, 'checkouts' | 'day'> }): ReactNode {
  const { say } = useDesk()
  const Page = pages[page]
  return (
    <main className="upkeep" data-page={page} tabIndex={-1}>
      <Suspense
        fallback={
          <p className="upkeep-wait">
            <Waiting>{say('desk.loading')}</Waiting>
          </p>
        }
      >
        <Page {...props} />
      </Suspense>
    </main>
  )
}
