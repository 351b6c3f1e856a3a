import type { ExecutionSummary } from '@recomamp/contracts'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { GitCompareArrows } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { InstanceFilter } from '#features/instances/instance-select.tsx'
import { executions as t } from '#messages/executions.ts'
import { useNow } from '#platform/clock.ts'
import { useWidth } from '#platform/width.ts'
import { figure } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { Page } from '#ui/page.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { ShowMore } from '#ui/show-more.tsx'
import { executionQueries } from './executions.queries.ts'
import { useChangeWords } from './changes.ts'
import { ExecutionRows, TwoLineRows } from './execution-rows.tsx'
import { FindField, ListFilters, StateTabs } from './list-filters.tsx'
import { type ExecutionsSearch, filterOf } from './list-search.ts'
import { PollingLine } from './polling-line.tsx'

const route = getRouteApi('/app/executions')
const nothing: readonly ExecutionSummary[] = []

/** The executions of the workspace over all instances, live ones on top. */
export function ExecutionsPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const phone = useWidth() === 'phone'
  const now = useNow(600_000)
  const filter = useMemo(() => filterOf(search, now), [search, now])
  const { status } = search
  const list = useInfiniteQuery(executionQueries.list({ ...filter, status }))
  const live = useQuery({ ...executionQueries.live(filter), enabled: status === undefined })
  const counts = useQuery(executionQueries.counts(filter))
  const [selected, setSelected] = useState<readonly ExecutionSummary[]>([])
  const listed = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? nothing, [list.data])
  const onTop = status === undefined ? (live.data?.items ?? nothing) : nothing
  const items = useMemo(() => withLiveFirst(listed, onTop), [listed, onTop])
  const total = list.data?.pages[0]?.total ?? 0
  const told = useChangeWords(items)
  const change = useCallback(
    (part: Partial<ExecutionsSearch>, replace = false) =>
      void navigate({ search: (old) => ({ ...old, ...part }), replace }),
    [navigate],
  )
  const find = useCallback((q: string) => change({ q: q === '' ? undefined : q }, true), [change])
  const isFiltered = Object.values(search).some((value) => value !== undefined)
  const compare = () => {
    const [first, second] = selected.toSorted((a, b) => (a.requestedAt < b.requestedAt ? -1 : 1))
    if (first !== undefined && second !== undefined && selected.length === 2)
      void navigate({ to: '/executions/$executionId', params: { executionId: second.id }, search: { with: first.id } })
  }
  return (
    <Page
      title={t.title}
      beside={
        <>
          {list.data && <span className="text-text-2">{t.count(figure(total), isFiltered)}</span>}
          <PollingLine />
        </>
      }
      actions={<FindField q={search.q ?? ''} onFind={find} />}
    >
      <div className="flex flex-wrap items-center gap-2 px-4 pb-2.5 tablet:px-6">
        <StateTabs search={search} counts={counts.data} onChange={change} />
        <ListFilters
          search={search}
          counts={counts.data}
          instance={
            <InstanceFilter
              label={t.filters.instance}
              any={t.filters.any}
              value={search.i}
              onChange={(i) => change({ i })}
            />
          }
          onChange={change}
        />
        {isFiltered && (
          <Button look="quiet" onPress={() => void navigate({ search: {} })}>
            {t.filters.clear}
          </Button>
        )}
      </div>
      <p role="status" className="sr-only">
        {told}
      </p>
      <div className="border-line min-h-0 flex-1 overflow-auto border-t">
        {list.error && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
        {list.isPending && <Skeleton label={t.title} />}
        {list.data && items.length === 0 && (
          <EmptyState
            action={
              isFiltered ? (
                <Button onPress={() => void navigate({ search: {} })}>{t.showAll}</Button>
              ) : (
                <Link to="/workbench" className="btn default">
                  {t.toWorkbench}
                </Link>
              )
            }
          >
            {isFiltered ? t.emptyFiltered : t.empty}
          </EmptyState>
        )}
        {items.length > 0 &&
          (phone ? (
            <TwoLineRows items={items} />
          ) : (
            <ExecutionRows items={items} total={total} selected={selected} onSelect={setSelected} onCompare={compare} />
          ))}
        <ShowMore list={list} label={t.showMore} inset="px-6">
          {t.more(figure(listed.length), figure(total))}
        </ShowMore>
      </div>
      {selected.length > 0 && (
        <section
          aria-label={t.selection.label}
          className="bg-sunken border-line flex min-h-12 flex-none flex-wrap items-center gap-2 border-t px-4 py-2 tablet:px-6"
        >
          <strong role="status">{t.selection.count(selected.length)}</strong>
          <div className="flex-1" />
          {selected.length !== 2 && <span className="text-12 text-text-2">{t.selection.two}</span>}
          <Button look="quiet" onPress={() => setSelected([])}>
            {t.selection.clear}
          </Button>
          <Button look="ink" aria-disabled={selected.length === 2 ? 'false' : 'true'} onPress={compare}>
            <GitCompareArrows size={14} strokeWidth={1.7} aria-hidden />
            {t.selection.compare}
          </Button>
        </section>
      )}
    </Page>
  )
}

/** Each execution once: those that go on first, however long ago they began. */
function withLiveFirst(listed: readonly ExecutionSummary[], live: readonly ExecutionSummary[]) {
  if (live.length === 0) return listed
  const onTop = new Set(live.map((each) => each.id))
  return [...live, ...listed.filter((each) => !onTop.has(each.id))]
}
