import type { WorkflowSummary } from '@recomamp/contracts'
import { purgeWorkflows, restoreWorkflows, trashDays } from '@recomamp/contracts'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Trash2, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { refreshLibrary, workflowQueries } from '#features/workflows/workflows.queries.ts'
import { library } from '#messages/queries.ts'
import { settings } from '#messages/settings.ts'
import { call } from '#platform/api.ts'
import { useNow } from '#platform/clock.ts'
import { useWidth } from '#platform/width.ts'
import { exactly, when } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { ErrorPanel, ProblemPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { tell } from '#ui/toast.tsx'
import { ShowMore } from '#ui/show-more.tsx'
import { SectionHead } from './section-head.tsx'

const t = settings.trash
const dayMs = 86_400_000

/** The queries in the trash: how long each stays, the way back, and the end for good. */
export function TrashSettings() {
  const client = useQueryClient()
  const now = useNow(60_000)
  const width = useWidth()
  const [phone, wide] = [width === 'phone', width === 'desk']
  const [asking, setAsking] = useState<readonly WorkflowSummary[] | null>(null)
  const [kept, setKept] = useState<readonly string[]>([])
  const list = useInfiniteQuery(workflowQueries.trash())
  const queries = list.data?.pages.flatMap((page) => page.items) ?? []
  const total = list.data?.pages[0]?.total ?? 0
  const settled = { onSettled: () => refreshLibrary(client) }
  const restore = useMutation({
    ...settled,
    mutationFn: async ({ id, name }: WorkflowSummary) => {
      await call(restoreWorkflows, { body: { workflowIds: [id] } })
      tell(t.restored(name))
    },
  })
  const purge = useMutation({
    ...settled,
    mutationFn: async (chosen: readonly WorkflowSummary[]) => {
      const answer = await call(purgeWorkflows, { body: { workflowIds: chosen.map(({ id }) => id) } })
      const nameOf = (id: string) => chosen.find((each) => each.id === id)?.name ?? ''
      setKept(answer.kept.map(({ workflowId, reason }) => t.kept[reason](nameOf(workflowId))))
      setAsking(null)
      if (answer.workflowIds.length > 0) tell(t.gone(answer.workflowIds.length))
    },
  })
  return (
    <>
      <SectionHead
        title={settings.sections.trash}
        lead={t.lead}
        actions={
          queries.length > 0 && (
            <Button look="danger" needs={purgeWorkflows} onPress={() => setAsking(queries)}>
              {t.removeAll}
            </Button>
          )
        }
      />
      {list.error !== null && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
      {restore.error !== null && <ErrorPanel error={restore.error} />}
      {kept.length > 0 && (
        <ProblemPanel
          title={t.keptTitle(kept.length)}
          actions={
            <Button size="small" onPress={() => setKept([])}>
              {library.dismiss}
            </Button>
          }
        >
          {kept.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </ProblemPanel>
      )}
      {list.isPending && <Skeleton label={settings.sections.trash} />}
      {list.data !== undefined && queries.length === 0 && (
        <EmptyState
          action={
            <Link to="/queries" search={{}} className="btn default">
              {t.toQueries}
            </Link>
          }
        >
          {t.empty}
        </EmptyState>
      )}
      {queries.length > 0 && (
        <table className="rows border-line border-t" aria-label={t.list}>
          <colgroup>
            <col />
            {wide && <col style={{ width: '20%' }} />}
            {!phone && <col style={{ width: '110px' }} />}
            <col style={{ width: phone ? '84px' : '100px' }} />
            <col style={{ width: phone ? '92px' : '246px' }} />
          </colgroup>
          <thead>
            <tr>
              <th>{t.columns.name}</th>
              {wide && <th>{t.columns.instance}</th>}
              {!phone && <th>{t.columns.deleted}</th>}
              <th>{t.columns.left}</th>
              <th>
                <span className="sr-only">{t.columns.actions}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {queries.map((query) => (
              <tr key={query.id}>
                <td className="font-medium" title={query.name}>
                  {query.name}
                </td>
                {wide && <td className="text-text-2">{query.instance?.name ?? library.noInstance}</td>}
                {!phone && (
                  <td className="text-text-2" title={exactly(query.deletedAt ?? query.updatedAt)}>
                    {when(query.deletedAt ?? query.updatedAt, now)}
                  </td>
                )}
                <td className="text-text-2" title={leftOf(query, now)}>
                  {leftOf(query, now)}
                </td>
                <td>
                  <span className="flex justify-end gap-1.5">
                    <Button
                      size="small"
                      square={phone}
                      needs={restoreWorkflows}
                      busy={restore.isPending}
                      aria-label={t.restoreOne(query.name)}
                      onPress={() => restore.mutate(query)}
                    >
                      <Undo2 size={14} strokeWidth={1.7} aria-hidden />
                      {!phone && t.restore}
                    </Button>
                    <Button
                      look="danger"
                      size="small"
                      square={phone}
                      needs={purgeWorkflows}
                      aria-label={t.removeOne(query.name)}
                      onPress={() => setAsking([query])}
                    >
                      <Trash2 size={14} strokeWidth={1.7} aria-hidden />
                      {!phone && t.remove}
                    </Button>
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ShowMore list={list} label={t.showMore} inset="px-5">
        {t.more(queries.length, total)}
      </ShowMore>
      {asking !== null && (
        <Dialog
          title={
            asking[0] !== undefined && asking.length === 1 ? t.question(asking[0].name) : t.questionAll(asking.length)
          }
          isOpen
          onClose={() => setAsking(null)}
        >
          <p className="text-text-2">
            {asking.length === 1 ? t.what : t.whatAll}
            {asking.length > 1 && asking.length < total && ` ${t.whatLoaded(asking.length, total)}`}
          </p>
          {purge.error !== null && <ErrorPanel error={purge.error} />}
          <div className="flex flex-wrap gap-2">
            <Button look="danger" busy={purge.isPending} onPress={() => purge.mutate(asking)}>
              {t.confirm}
            </Button>
            <Button onPress={() => setAsking(null)}>{t.keep}</Button>
          </div>
        </Dialog>
      )}
    </>
  )
}

function leftOf({ deletedAt, copies }: WorkflowSummary, now: Date): string {
  if (copies !== null) return t.staysForCopy
  const until = Date.parse(deletedAt ?? '') + trashDays * dayMs
  return t.left(Math.ceil((until - now.getTime()) / dayMs))
}
