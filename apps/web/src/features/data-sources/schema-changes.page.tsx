import { InstanceId, type SchemaReading, readSchema } from '@recomamp/contracts'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { RefreshCw } from 'lucide-react'
import { useChosenInstance } from '#features/instances/chosen-instance.tsx'
import { InstanceSelect } from '#features/instances/instance-select.tsx'
import { instanceQueries } from '#features/instances/instances.queries.ts'
import { schemaChanges as t } from '#messages/schema-changes.ts'
import { useNow } from '#platform/clock.ts'
import { exactly, when } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { Page } from '#ui/page.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { ShowMore } from '#ui/show-more.tsx'
import { ChangeEntry } from './changes/change-entry.tsx'
import { dataSourceQueries } from './data-sources.queries.ts'

const route = getRouteApi('/app/data-sources/changes')

/** How the tables of an instance have changed at AMC, reading by reading, with the saved queries that each change touches. */
export function SchemaChangesPage() {
  const { instance, loading } = useChosenInstance()
  const { i = instance?.id } = route.useSearch()
  if (i === undefined)
    return <Page title={t.title}>{loading ? <Skeleton label={t.reading} /> : <EmptyState>{t.none}</EmptyState>}</Page>
  return <ChangesOf key={i} id={i} />
}

function ChangesOf({ id }: { id: InstanceId }) {
  const now = useNow(60_000)
  const client = useQueryClient()
  const reading = useQuery(instanceQueries.reading(id))
  const readings = useReadings(id)
  const read = useMutation({
    ...instanceQueries.readTables(id),
    onSuccess: (next) => client.setQueryData(instanceQueries.reading(id).queryKey, next),
  })
  const isReading = read.isPending || reading.data?.state === 'waiting'
  const { readAt = null, failure = null } = reading.data ?? {}
  const error = readings.error ?? reading.error
  return (
    <Page
      title={t.title}
      beside={
        <span role="status" className="text-text-2" title={readAt === null ? '' : exactly(readAt)}>
          {isReading ? t.isReading : readAt !== null && t.lastRead(when(readAt, now))}
        </span>
      }
      actions={
        <div className="flex max-w-full flex-wrap items-center gap-2">
          <InstanceChoice id={id} />
          <Button needs={readSchema} busy={isReading} onPress={() => read.mutate()}>
            <RefreshCw size={14} strokeWidth={1.7} aria-hidden />
            {t.read}
          </Button>
        </div>
      }
    >
      {read.error !== null && <ErrorPanel error={read.error} />}
      {failure !== null && <p className="text-warn bg-warn-tint px-4 py-2 tablet:px-6">{t.failed(failure)}</p>}
      {error !== null ? (
        <ErrorPanel error={error} onRetry={() => void Promise.all([readings.refetch(), reading.refetch()])} />
      ) : readings.data === undefined ? (
        <Skeleton label={t.reading} />
      ) : readings.data.pages[0]?.total === 0 ? (
        <EmptyState>{emptyWords(reading.data)}</EmptyState>
      ) : (
        <History id={id} list={readings} />
      )}
    </Page>
  )
}

function useReadings(id: InstanceId) {
  return useInfiniteQuery(dataSourceQueries.readings(id))
}
type Readings = ReturnType<typeof useReadings>

function emptyWords(reading: SchemaReading | undefined): string {
  return reading?.state === 'waiting' ? t.waiting : t.never
}

function InstanceChoice({ id }: { id: InstanceId }) {
  const navigate = route.useNavigate()
  return (
    <InstanceSelect
      label={t.instance}
      value={id}
      onChange={(next) => void navigate({ search: { i: InstanceId.parse(next) } })}
    />
  )
}

/** The readings that found something else than the one before; the last of them is the first that there was. */
function History({ id, list }: { id: InstanceId; list: Readings }) {
  const readings = list.data?.pages.flatMap(({ items }) => items) ?? []
  const total = list.data?.pages[0]?.total ?? 0
  return (
    <section
      aria-label={t.title}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long page scrolls, and keys must reach it
      tabIndex={0}
      className="min-h-0 flex-1 overflow-auto px-4 pb-10 tablet:px-6"
    >
      {readings.map((reading, at) => (
        <ChangeEntry key={reading.id} instanceId={id} reading={reading} before={readings[at + 1]?.id ?? null} />
      ))}
      {total === 1 && readings[0] !== undefined && (
        <p className="text-text-2 pt-3">{t.unchanged(exactly(readings[0].firstReadAt))}</p>
      )}
      <ShowMore list={list} label={t.more}>
        {t.shown(readings.length, total)}
      </ShowMore>
    </section>
  )
}
