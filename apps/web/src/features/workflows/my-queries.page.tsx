import { type ExecutionId, type WorkflowId, type WorkflowSummary, createWorkflow } from '@recomamp/contracts'
import { isFinal } from '@recomamp/contracts'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { FileUp, LibraryBig, Plus } from 'lucide-react'
import { type KeyboardEvent, useCallback, useRef, useState } from 'react'
import { useChosenInstance } from '#features/instances/chosen-instance.tsx'
import { InstanceFilter } from '#features/instances/instance-select.tsx'
import { library as t } from '#messages/queries.ts'
import { useNow } from '#platform/clock.ts'
import { useSession } from '#platform/session.tsx'
import { useWidth } from '#platform/width.ts'
import { figure } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { Page } from '#ui/page.tsx'
import { ErrorPanel, ProblemPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { DeletionDialog } from './library/deletion-dialog.tsx'
import { LibraryFilters } from './library/library-filters.tsx'
import { type LibrarySearch, filterOf, isNarrowed, orderOf, shelfOf, sortedBy } from './library/library-search.ts'
import { QueryList } from './library/query-list.tsx'
import { RowActions } from './library/row-actions.tsx'
import { SelectionBar } from './library/selection-bar.tsx'
import { TagsDialog } from './library/tags-dialog.tsx'
import { useLibraryActions } from './use-library-actions.ts'
import { workflowQueries } from './workflows.queries.ts'

const route = getRouteApi('/app/queries')

type Asking = { kind: 'delete' | 'tags'; queries: readonly WorkflowSummary[]; ids: readonly WorkflowId[] }

/** Every saved query of the workspace: found, opened, run, tagged, synced, thrown away and put back. */
export function MyQueriesPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { user } = useSession()
  const { instance } = useChosenInstance()
  const grid = useRef<HTMLDivElement>(null)
  const files = useRef<HTMLInputElement>(null)
  const phone = useWidth() === 'phone'
  const [asking, setAsking] = useState<Asking | null>(null)
  const list = useInfiniteQuery(workflowQueries.list(filterOf(search)))
  const counts = useQuery(workflowQueries.counts())
  const queries = list.data?.pages.flatMap((page) => page.items) ?? []
  const total = list.data?.pages[0]?.total ?? 0
  const inTrash = shelfOf(search) === 'trash'
  const now = useNow(
    60_000,
    queries.some(({ latestExecution: run }) => run !== null && !isFinal(run.status)),
  )

  const change = useCallback(
    (next: Partial<LibrarySearch>) =>
      void navigate({ search: (old) => ({ ...old, sel: undefined, ...next }), replace: 'q' in next || 'sel' in next }),
    [navigate],
  )
  const select = (ids: readonly WorkflowId[]) => change({ sel: ids.length === 0 ? undefined : ids.slice(0, 500) })
  const { sel = [] } = search
  const known = queries.filter(({ id }) => sel.includes(id))
  const open = ({ id: workflowId }: Pick<WorkflowSummary, 'id'>, to: { run?: ExecutionId; side?: 'history' } = {}) =>
    void navigate({ to: '/workbench/$workflowId', params: { workflowId }, search: to })
  const actions = useLibraryActions({
    toQuery: (id, run) => open({ id }, run === undefined ? {} : { run }),
    onGone: (gone) => select(sel.filter((id) => !gone.includes(id))),
  })
  const remove = (chosen: readonly WorkflowSummary[], ids: readonly WorkflowId[]) => {
    if (chosen.some(({ copies }) => copies !== null)) setAsking({ kind: 'delete', queries: chosen, ids })
    else actions.trash(chosen, ids, 'keep')
  }
  const { fetchNextPage, isFetchingNextPage } = list
  const onEnd = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage()
  }, [fetchNextPage, isFetchingNextPage])
  const onSearchKey = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown') return
    event.preventDefault()
    grid.current?.focus()
  }

  return (
    <Page
      title={t.title}
      beside={
        list.data && (
          <span role="status" className="text-text-2">
            {t.count(figure(total))}
          </span>
        )
      }
      actions={
        <div className="flex flex-wrap items-center gap-2">
          <input
            ref={files}
            type="file"
            accept=".sql,text/plain"
            multiple
            hidden
            onChange={(event) => {
              actions.importFiles([...(event.target.files ?? [])], instance?.id ?? null)
              event.target.value = ''
            }}
          />
          <Button look="quiet" needs={createWorkflow} busy={actions.busy} onPress={() => files.current?.click()}>
            <FileUp size={14} strokeWidth={1.7} aria-hidden />
            {t.importFiles}
          </Button>
          <Link to="/workbench/new" className="btn primary">
            <Plus size={14} strokeWidth={1.7} aria-hidden />
            {t.newQuery}
          </Link>
        </div>
      }
    >
      <LibraryFilters
        search={search}
        shelves={counts.data?.shelves}
        tags={counts.data?.tags ?? []}
        instance={
          <InstanceFilter
            label={t.filters.instance}
            any={t.filters.any}
            value={search.i}
            onChange={(i) => change({ i })}
          />
        }
        onChange={change}
        onSearchKey={onSearchKey}
      />
      {actions.error !== null && <ErrorPanel error={actions.error} />}
      {actions.refused.length > 0 && (
        <ProblemPanel title={t.refused.title(actions.refused.length)}>
          {actions.refused.map(({ workflowId, message }) => (
            <p key={workflowId}>
              {queries.find(({ id }) => id === workflowId)?.name}: {message}
            </p>
          ))}
          <Button size="small" onPress={actions.dismiss}>
            {t.dismiss}
          </Button>
        </ProblemPanel>
      )}
      {list.error && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton label={t.title} />}
      {list.data && queries.length === 0 && <Nothing search={search} onClear={change} />}
      {queries.length > 0 && (
        <QueryList
          ref={grid}
          queries={queries}
          total={total}
          selected={new Set(sel)}
          order={orderOf(search)}
          inTrash={inTrash}
          me={user?.id}
          now={now}
          onOpen={(query) => open(query)}
          onSelect={select}
          onSort={(column) => change({ sort: sortedBy(search, column) })}
          onDelete={(chosen) =>
            remove(
              chosen,
              chosen.map(({ id }) => id),
            )
          }
          onEnd={onEnd}
          renderActions={(query, reachable) => (
            <RowActions
              query={query}
              inTrash={inTrash}
              phone={phone}
              reachable={reachable}
              acts={{
                run: () => actions.run(query.id, instance?.id ?? null),
                copy: () => actions.copy(query.id),
                edit: () => open(query),
                history: () => open(query, { side: 'history' }),
                tags: () => setAsking({ kind: 'tags', queries: [query], ids: [query.id] }),
                sync: () => actions.sync([query.id]),
                export: () => actions.export([query.id]),
                trash: () => remove([query], [query.id]),
                restore: () => actions.restore([query], [query.id]),
                removeCopies: () => actions.trash([query], [query.id], 'remove'),
              }}
            />
          )}
        />
      )}
      {isFetchingNextPage && (
        <p role="status" className="text-12 text-text-2 flex-none px-6 py-2">
          {t.loadingMore}, {t.more(figure(queries.length), figure(total))}
        </p>
      )}
      {sel.length > 0 && (
        <SelectionBar
          count={sel.length}
          known={known}
          inTrash={inTrash}
          busy={actions.busy}
          onClear={() => select([])}
          onTag={() => setAsking({ kind: 'tags', queries: known, ids: sel })}
          onExport={() => actions.export(sel)}
          onSync={() => actions.sync(sel)}
          onTrash={() => remove(known, sel)}
          onRestore={() => actions.restore(known, sel)}
        />
      )}
      {asking?.kind === 'delete' && (
        <DeletionDialog
          queries={asking.ids.length}
          copies={asking.queries.reduce((sum, { copies }) => sum + (copies?.count ?? 0), 0)}
          onChoose={(copies) => {
            actions.trash(asking.queries, asking.ids, copies)
            setAsking(null)
          }}
          onClose={() => setAsking(null)}
        />
      )}
      {asking?.kind === 'tags' && (
        <TagsDialog
          queries={asking.queries}
          onSave={(add, removed) => {
            actions.tag(asking.ids, add, removed)
            setAsking(null)
          }}
          onClose={() => setAsking(null)}
        />
      )}
    </Page>
  )
}

/** What stands where the first row would be. */
function Nothing({ search, onClear }: { search: LibrarySearch; onClear: (change: Partial<LibrarySearch>) => void }) {
  const shelf = shelfOf(search)
  if (isNarrowed(search)) {
    const clear = { q: undefined, tag: undefined, i: undefined, copy: undefined, run: undefined }
    return (
      <EmptyState action={<Button onPress={() => onClear(clear)}>{t.filters.clear}</Button>}>
        {t.empty.filtered}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      action={
        (shelf === 'all' || shelf === 'mine') && (
          <Link to="/workbench/new" className="btn default">
            <LibraryBig size={14} strokeWidth={1.7} aria-hidden />
            {t.newQuery}
          </Link>
        )
      }
    >
      {t.empty[shelf]}
    </EmptyState>
  )
}
