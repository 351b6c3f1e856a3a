import type { Execution } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { executionQueries } from './executions.queries.ts'
import { Outcome, took } from './outcome.tsx'
import { executions as t } from '#messages/executions.ts'
import { useNow } from '#platform/clock.ts'
import { exactly, when, windowInWords } from '#platform/words.ts'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { StatusMark } from '#ui/status-mark.tsx'
import { markOf } from '#ui/status-words.ts'

/** The runs of the same query, the latest first; each but this one can be compared with it. */
export function HistoryPanel({ execution }: { execution: Execution }) {
  const { data, error, refetch } = useQuery(executionQueries.ofWorkflow(execution.workflow.id))
  const now = useNow(60_000)
  if (data === undefined)
    return error === null ? (
      <Skeleton label={t.tabs.history} />
    ) : (
      <ErrorPanel error={error} onRetry={() => void refetch()} />
    )
  return (
    <div className="overflow-x-auto">
      <table className="rows min-w-[760px]">
        <thead>
          <tr>
            <th style={{ width: '148px' }}>{t.columns.state}</th>
            <th style={{ width: '112px' }}>{t.columns.version}</th>
            <th>{t.columns.window}</th>
            <th>{t.columns.instance}</th>
            <th style={{ width: '112px' }} className="num">
              {t.columns.started}
            </th>
            <th style={{ width: '84px' }} className="num">
              {t.columns.took}
            </th>
            <th style={{ width: '190px' }}>{t.columns.outcome}</th>
            <th style={{ width: '110px' }}>
              <span className="sr-only">{t.selection.compare}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.items.map((each) => (
            <tr key={each.id} className={each.id === execution.id ? 'selected' : ''}>
              <td>
                <StatusMark mark={markOf(each)} />
              </td>
              <td>
                <Link to="/executions/$executionId" params={{ executionId: each.id }} search={{}}>
                  {t.version(each)}
                </Link>
              </td>
              <td className="text-text-2">{windowInWords(each.window)}</td>
              <td className="text-text-2">{each.instance.name}</td>
              <td className="num" title={exactly(each.requestedAt)}>
                {when(each.requestedAt, now)}
              </td>
              <td className="num">{took(each, now)}</td>
              <td>
                <Outcome execution={each} />
              </td>
              <td>
                {each.id === execution.id ? (
                  <span className="text-text-3">{t.thisOne}</span>
                ) : (
                  <Link
                    to="/executions/$executionId"
                    params={{ executionId: execution.id }}
                    search={{ with: each.id }}
                    aria-label={t.compareWith(exactly(each.requestedAt))}
                  >
                    {t.selection.compare}
                  </Link>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {data.total > data.items.length && (
        <p className="text-12 text-text-2 flex gap-3 px-6 py-3">
          {t.more(String(data.items.length), String(data.total))}
          <Link to="/executions" search={{ query: execution.workflow.id }}>
            {t.allOfQuery}
          </Link>
        </p>
      )}
    </div>
  )
}
