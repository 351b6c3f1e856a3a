import type { ExecutionStatus, ExecutionSummary } from '@recomamp/contracts'
import { ExecutionStatus as Status, isFinal } from '@recomamp/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { executions as t } from '#messages/executions.ts'
import { useNow } from '#platform/clock.ts'
import { useSession } from '#platform/session.tsx'
import { useWidth } from '#platform/width.ts'
import { counted, elapsed, exactly, figure, spanInWords, when, windowInWords } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { Page } from '#ui/page.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Select } from '#ui/select.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { StatusMark } from '#ui/status-mark.tsx'
import { markOf } from '#ui/status-words.ts'
import { executionQueries } from './executions.queries.ts'
import { PollingLine } from './polling-line.tsx'

const route = getRouteApi('/app/executions')

export function ExecutionsPage() {
  const { status } = route.useSearch()
  const navigate = route.useNavigate()
  const phone = useWidth() === 'phone'
  const list = useInfiniteQuery(executionQueries.list({ status }))
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const total = list.data?.pages[0]?.total ?? 0
  const choose = (next: ExecutionStatus | undefined) =>
    void navigate({ search: next === undefined ? {} : { status: next } })
  return (
    <Page
      title={t.title}
      beside={list.data && <span className="text-text-2">{t.count(figure(total))}</span>}
      actions={
        <div className="w-[210px]">
          <Select
            label={t.state}
            labelAt="inside"
            value={status ?? 'all'}
            onChange={(next) => choose(next === 'all' ? undefined : next)}
            choices={[
              { value: 'all', label: t.all },
              ...Status.options.map((value) => ({ value, label: markOf({ status: value, amcStatus: null }).word })),
            ]}
          />
        </div>
      }
    >
      <PollingLine />
      <div className="border-line min-h-0 flex-1 overflow-auto border-t">
        {list.error && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
        {list.isPending && <Skeleton label={t.title} />}
        {list.data && items.length === 0 && (
          <EmptyState
            action={
              status === undefined ? (
                <Link to="/workbench" className="btn default">
                  {t.toWorkbench}
                </Link>
              ) : (
                <Button onPress={() => choose(undefined)}>{t.showAll}</Button>
              )
            }
          >
            {status === undefined ? t.empty : t.emptyFiltered(markOf({ status, amcStatus: null }).word)}
          </EmptyState>
        )}
        {items.length > 0 && (phone ? <TwoLineRows items={items} /> : <Rows items={items} />)}
        {list.hasNextPage && (
          <div className="text-12 text-text-2 flex items-center gap-3 px-6 py-3">
            {t.more(figure(items.length), figure(total))}
            <Button size="small" busy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
              {t.showMore}
            </Button>
          </div>
        )}
      </div>
    </Page>
  )
}

function Rows({ items }: { items: readonly ExecutionSummary[] }) {
  const navigate = route.useNavigate()
  const wide = useWidth() === 'desk'
  const { user } = useSession()
  const now = useNow(
    1000,
    items.some((each) => !isFinal(each.status)),
  )
  return (
    <table className="rows">
      <colgroup>
        <col style={{ width: '132px' }} />
        <col />
        <col style={{ width: wide ? '172px' : '150px' }} />
        {wide && <col style={{ width: '112px' }} />}
        {wide && <col style={{ width: '92px' }} />}
        <col style={{ width: '96px' }} />
        <col style={{ width: '76px' }} />
        <col style={{ width: wide ? '264px' : '120px' }} />
      </colgroup>
      <thead>
        <tr>
          <th>{t.columns.state}</th>
          <th>{t.columns.query}</th>
          <th>{t.columns.instance}</th>
          {wide && <th>{t.columns.window}</th>}
          {wide && <th>{t.columns.by}</th>}
          <th className="num">{t.columns.started}</th>
          <th className="num">{t.columns.took}</th>
          <th>{t.columns.outcome}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((each) => (
          <tr
            key={each.id}
            className="opens"
            onClick={(event) => {
              if (event.target instanceof Element && event.target.closest('a') === null)
                void navigate({ to: '/executions/$executionId', params: { executionId: each.id }, search: {} })
            }}
          >
            <td>
              <StatusMark mark={markOf(each)} />
            </td>
            <td title={each.workflow.name}>
              <ExecutionLink execution={each} /> <span className="text-text-3">{t.version(each.version)}</span>
            </td>
            <td title={`${each.instance.name} ${each.instance.amcInstanceId}`}>
              {each.instance.name} {wide && <span className="mono text-text-3">{each.instance.amcInstanceId}</span>}
            </td>
            {wide && <td className="text-text-2">{windowInWords(each.window)}</td>}
            {wide && (
              <td className="text-text-2">{each.requestedBy.id === user?.id ? t.you : each.requestedBy.name}</td>
            )}
            <td className="num" title={exactly(each.requestedAt)}>
              {when(each.requestedAt, now)}
            </td>
            <td className="num">{took(each, now)}</td>
            <td title={each.failure?.message ?? ''}>
              <Outcome execution={each} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function TwoLineRows({ items }: { items: readonly ExecutionSummary[] }) {
  const now = useNow(
    1000,
    items.some((each) => !isFinal(each.status)),
  )
  return (
    <ul>
      {items.map((each) => (
        <li key={each.id} className="border-line-subtle flex flex-col gap-1 border-b px-4 py-2.5">
          <div className="flex items-center justify-between gap-3">
            <span className="cut" title={each.workflow.name}>
              <ExecutionLink execution={each} />
            </span>
            <StatusMark mark={markOf(each)} />
          </div>
          <div className="text-12 text-text-2 flex justify-between gap-3">
            <span className="cut min-w-[96px] flex-1" title={`${each.instance.name}, ${windowInWords(each.window)}`}>
              {each.instance.name}, {windowInWords(each.window)}
            </span>
            <span className="cut max-w-[55%] flex-none" title={each.failure?.message}>
              {when(each.requestedAt, now)} <Outcome execution={each} />
            </span>
          </div>
        </li>
      ))}
    </ul>
  )
}

function ExecutionLink({ execution }: { execution: ExecutionSummary }) {
  return (
    <Link
      to="/executions/$executionId"
      params={{ executionId: execution.id }}
      search={{}}
      className="font-medium text-text"
    >
      {execution.workflow.name}
    </Link>
  )
}

function Outcome({ execution }: { execution: ExecutionSummary }) {
  if (execution.failure !== null) return <span className="text-bad">{execution.failure.message}</span>
  return execution.rowCount === null ? null : <span>{counted(execution.rowCount, 'row')}</span>
}

function took(execution: ExecutionSummary, now: Date): string {
  const from = Date.parse(execution.requestedAt)
  return execution.finishedAt === null
    ? elapsed(now.getTime() - from)
    : spanInWords(Date.parse(execution.finishedAt) - from)
}
