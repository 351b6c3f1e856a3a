import { useQuery } from '@tanstack/react-query'
import { keeping as t } from '#messages/keeping.ts'
import { settings } from '#messages/settings.ts'
import { useSession } from '#platform/session.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { SectionHead } from './section-head.tsx'
import { keepingQueries } from './settings.queries.ts'
import { DeleteWorkspace } from './delete-workspace.tsx'
import { KeptFor } from './kept-for.tsx'

/** How long the workspace keeps what may go; each choice says what it removes before it is saved. */
export function KeepingSettings() {
  const { user } = useSession()
  const { data, error, refetch } = useQuery(keepingQueries.kept())
  const isOwner = user?.role === 'owner'
  return (
    <>
      <SectionHead title={settings.sections.keeping} lead={isOwner ? t.lead : `${t.lead} ${t.onlyOwners}`} />
      {error !== null && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton label={settings.sections.keeping} rows={4} />}
      {data !== undefined && (
        <div className="flex flex-col gap-5 px-4 pb-6 tablet:px-5">
          {(['resultDays', 'auditDays', 'deliveryDays'] as const).map((field) => (
            <KeptFor key={`${field} ${data[field]}`} field={field} kept={data[field]} isOwner={isOwner} />
          ))}
          {isOwner && <DeleteWorkspace others={user.workspaces.length - 1} />}
        </div>
      )}
    </>
  )
}
