import type { ExecutionSummary } from '@recomamp/contracts'
import { Link } from '@tanstack/react-router'
import { instance as t } from '#messages/instance.ts'
import { exactly, figure, when, windowInWords } from '#platform/words.ts'
import { StatusMark } from '#ui/status-mark.tsx'
import { markOf } from '#ui/status-words.ts'

interface ExecutionListProps {
  items: readonly ExecutionSummary[]
  now: Date
  phone: boolean
}

/** What ran on an instance, the latest first. */
export function ExecutionList({ items, now, phone }: ExecutionListProps) {
  const { columns } = t.executions
  return (
    <table className="rows inset">
      <colgroup>
        <col style={{ width: '116px' }} />
        <col />
        {!phone && <col style={{ width: '128px' }} />}
        {!phone && <col style={{ width: '84px' }} />}
        {!phone && <col style={{ width: '24%' }} />}
      </colgroup>
      <thead>
        <tr>
          <th>{columns.state}</th>
          <th>{columns.query}</th>
          {!phone && <th>{columns.window}</th>}
          {!phone && <th className="num">{columns.started}</th>}
          {!phone && <th>{columns.outcome}</th>}
        </tr>
      </thead>
      <tbody>
        {items.map((each) => (
          <tr key={each.id} className="opens">
            <td>
              <StatusMark mark={markOf(each)} />
            </td>
            <td title={each.workflow.name}>
              <Link
                to="/executions/$executionId"
                params={{ executionId: each.id }}
                search={{}}
                className="font-medium text-text"
              >
                {each.workflow.name}
              </Link>
            </td>
            {!phone && <td className="text-text-2">{windowInWords(each.window)}</td>}
            {!phone && (
              <td className="num" title={exactly(each.requestedAt)}>
                {when(each.requestedAt, now)}
              </td>
            )}
            {!phone && (
              <td title={each.failure?.message}>
                {each.failure !== null ? (
                  <span className="text-bad">{each.failure.explanation?.title ?? each.failure.message}</span>
                ) : (
                  each.rowCount !== null && t.rows(figure(each.rowCount))
                )}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
