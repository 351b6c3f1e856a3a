import { type Instance, type InstanceId, type SchemaReading, readSchema, createWorkflow } from '@recomamp/contracts'
import { Problem } from '@recomamp/contracts'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router'
import { Check, ChevronRight, Plus, RefreshCw, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { dataSourceQueries } from '#features/data-sources/data-sources.queries.ts'
import { executionQueries } from '#features/executions/executions.queries.ts'
import { workflowQueries } from '#features/workflows/workflows.queries.ts'
import { instance as t } from '#messages/instance.ts'
import { instances } from '#messages/instances.ts'
import { useNow } from '#platform/clock.ts'
import { useWidth } from '#platform/width.ts'
import { exactly, when } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { useTitle } from '#ui/page.tsx'
import { PanelBoundary } from '#ui/panel-boundary.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { Tabs } from '#ui/tabs.tsx'
import { ShowMore } from '#ui/show-more.tsx'
import { useChosenInstance } from './chosen-instance.tsx'
import { ChangeNotice } from './change-notice.tsx'
import { ExecutionList } from './execution-list.tsx'
import { FactsPane } from './facts-pane.tsx'
import { IdCards } from './id-cards.tsx'
import { QueryList } from './query-list.tsx'
import { RemoveInstance } from './remove-instance.tsx'
import { SettingsForm } from './settings-form.tsx'
import { TableList } from './table-list.tsx'
import { instanceQueries } from './instances.queries.ts'

const route = getRouteApi('/app/instances/$instanceId')
const shownAtFirst = 12

/** One instance: its ids, its tables, what belongs to it, and what people set for it. */
export function InstancePage() {
  const { instanceId } = route.useParams()
  const { data, error, refetch } = useQuery(instanceQueries.detail(instanceId))
  useTitle(data?.name ?? instances.title)
  if (error !== null)
    return error instanceof Problem && error.type === 'instance-not-found' ? (
      <EmptyState
        action={
          <Link to="/instances" className="btn default">
            {t.list}
          </Link>
        }
      >
        {instances.notFound}
      </EmptyState>
    ) : (
      <ErrorPanel error={error} onRetry={() => void refetch()} />
    )
  return data === undefined ? <Skeleton label={instances.title} /> : <InstanceView instance={data} />
}

function InstanceView({ instance }: { instance: Instance }) {
  const { tab = 'overview' } = route.useSearch()
  const navigate = route.useNavigate()
  const panel = (label: string, content: ReactNode) => (
    <div className="px-4 py-4 tablet:px-6">
      <PanelBoundary label={label}>{content}</PanelBoundary>
    </div>
  )
  return (
    <>
      <Head instance={instance} />
      <Tabs
        label={t.parts}
        inset
        value={tab}
        onChange={(next) => void navigate({ search: next === 'overview' ? {} : { tab: next } })}
        tabs={[
          { id: 'overview', title: t.tabs.overview, content: <Overview instance={instance} /> },
          { id: 'tables', title: t.tabs.tables, content: panel(t.tabs.tables, <Tables instance={instance} />) },
          { id: 'queries', title: t.tabs.queries, content: panel(t.tabs.queries, <Queries id={instance.id} />) },
          {
            id: 'executions',
            title: t.tabs.executions,
            content: panel(t.tabs.executions, <Executions id={instance.id} />),
          },
          {
            id: 'settings',
            title: t.tabs.settings,
            content: panel(
              t.tabs.settings,
              <div className="flex flex-col gap-8">
                <SettingsForm key={instance.id} instance={instance} />
                <RemoveInstance instance={instance} />
              </div>,
            ),
          },
        ]}
      />
    </>
  )
}

function Head({ instance }: { instance: Instance }) {
  const navigate = useNavigate()
  const { choose } = useChosenInstance()
  const client = useQueryClient()
  const reading = useQuery(instanceQueries.reading(instance.id))
  const read = useMutation({
    ...instanceQueries.readTables(instance.id),
    onSuccess: (next) => client.setQueryData(instanceQueries.reading(instance.id).queryKey, next),
  })
  const isReading = read.isPending || reading.data?.state === 'waiting'
  return (
    <>
      <header className="page-head pb-2!">
        <div className="min-w-0">
          <nav aria-label={t.path} className="text-12 text-text-2 flex items-center gap-1">
            <Link to="/instances" className="text-text-2">
              {t.list}
            </Link>
            <ChevronRight size={12} strokeWidth={2} aria-hidden className="text-text-3" />
            <span>{instances.connection[instance.connection.provider]}</span>
          </nav>
          <div className="flex flex-wrap items-center gap-2">
            <h1 className="text-20 tracking-[-0.015em] break-words">{instance.name}</h1>
            <span className={`tag ${instance.type === 'SANDBOX' ? 'lined' : ''}`}>{instance.type}</span>
            {!instance.available && <span className="tag warn">{t.gone}</span>}
            {reading.data && <ReadingTag reading={reading.data} />}
          </div>
        </div>
        <div className="flex-1" />
        <div className="flex flex-wrap items-center gap-2">
          <Button needs={readSchema} busy={isReading} onPress={() => read.mutate()}>
            <RefreshCw size={14} strokeWidth={1.7} aria-hidden />
            {isReading ? t.refreshing : t.refresh}
          </Button>
          <Button
            look="primary"
            needs={createWorkflow}
            onPress={() => {
              choose(instance.id)
              void navigate({ to: '/workbench/new', search: {} })
            }}
          >
            <Plus size={14} strokeWidth={1.7} aria-hidden />
            {t.newQuery}
          </Button>
        </div>
      </header>
      {read.error !== null && <ErrorPanel error={read.error} />}
    </>
  )
}

function ReadingTag({ reading: { state, readAt, failure } }: { reading: SchemaReading }) {
  const now = useNow(60_000)
  const words =
    state === 'read' && readAt !== null ? t.state.read(when(readAt, now)) : t.state[state === 'read' ? 'never' : state]
  return (
    <span
      role="status"
      className={`tag ${state === 'read' ? 'ok' : state === 'failed' ? 'warn' : ''}`}
      title={failure ?? (readAt === null ? '' : exactly(readAt))}
    >
      {state === 'read' && <Check size={11} strokeWidth={2} aria-hidden />}
      {state === 'failed' && <TriangleAlert size={11} strokeWidth={2} aria-hidden />}
      {words}
    </span>
  )
}

function Overview({ instance }: { instance: Instance }) {
  const now = useNow(60_000)
  return (
    <div className="grid min-h-0 flex-1 max-desk:content-start desk:grid-cols-[minmax(0,1fr)_380px]">
      <div className="flex min-w-0 flex-col gap-4 px-4 py-4 tablet:px-6">
        <IdCards instance={instance} />
        <PanelBoundary label={t.tabs.tables}>
          <LatestChange id={instance.id} now={now} />
        </PanelBoundary>
        <PanelBoundary label={t.tabs.tables}>
          <Tables instance={instance} first={shownAtFirst} />
        </PanelBoundary>
      </div>
      <div className="border-line min-w-0 px-4 tablet:px-6 max-desk:border-t desk:border-l desk:px-5">
        <PanelBoundary label={t.who.title}>
          <FactsPane instance={instance} now={now} />
        </PanelBoundary>
      </div>
    </div>
  )
}

function LatestChange({ id, now }: { id: InstanceId; now: Date }) {
  const { data } = useQuery(instanceQueries.snapshots(id))
  const changed = data?.items.find((each) => each.changes !== null)
  return changed === undefined ? null : <ChangeNotice instanceId={id} snapshot={changed} now={now} />
}

function Tables({ instance, first }: { instance: Instance; first?: number }) {
  const { data, error, refetch } = useQuery(dataSourceQueries.list(instance.id))
  const reading = useQuery(instanceQueries.reading(instance.id))
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton label={t.tables.title} />
  return (
    <>
      {reading.data?.failure && <p className="text-warn mb-2">{reading.data.failure}</p>}
      <TableList
        instance={instance}
        sources={data.items}
        isReading={reading.data?.state === 'waiting'}
        {...(first === undefined ? {} : { first })}
      />
    </>
  )
}

function Queries({ id }: { id: InstanceId }) {
  const phone = useWidth() === 'phone'
  const now = useNow(60_000)
  const list = useInfiniteQuery(workflowQueries.ofInstance(id))
  return (
    <PagedList list={list} title={t.queries.title} empty={t.queries.empty}>
      {(items) => <QueryList items={items} now={now} phone={phone} />}
    </PagedList>
  )
}

function Executions({ id }: { id: InstanceId }) {
  const phone = useWidth() === 'phone'
  const now = useNow(60_000)
  const list = useInfiniteQuery(executionQueries.list({ instanceId: id }))
  return (
    <PagedList list={list} title={t.executions.title} empty={t.executions.empty}>
      {(items) => <ExecutionList items={items} now={now} phone={phone} />}
    </PagedList>
  )
}

interface PagedListProps<T> {
  list: {
    data: { pages: { items: T[]; total: number }[] } | undefined
    error: unknown
    hasNextPage: boolean
    isFetchingNextPage: boolean
    fetchNextPage: () => unknown
    refetch: () => unknown
  }
  title: string
  empty: string
  children: (items: T[]) => ReactNode
}

function PagedList<T>({ list, title, empty, children }: PagedListProps<T>) {
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const total = list.data?.pages[0]?.total ?? 0
  if (list.error) return <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
  if (list.data === undefined) return <Skeleton label={title} />
  if (items.length === 0) return <p className="text-text-2">{empty}</p>
  return (
    <section aria-label={title}>
      {children(items)}
      <ShowMore list={list} label={t.showMore}>
        {t.more(items.length, total)}
      </ShowMore>
    </section>
  )
}
