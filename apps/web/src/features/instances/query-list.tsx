import type { WorkflowSummary } from '@recomamp/contracts'
import { Link } from '@tanstack/react-router'
import { instance } from '#messages/instance.ts'
import { exactly, figure, when } from '#platform/words.ts'
import { StatusMark } from '#ui/status-mark.tsx'
import { markOf } from '#ui/status-words.ts'

const t = instance.queries

/** The queries that belong to an instance, with how their last run ended. */
export function QueryList({ items, now, phone }: { items: readonly WorkflowSummary[]; now: Date; phone: boolean }) {
  return (
    <table className="rows inset">
      <colgroup>
        <col />
        <col style={{ width: '124px' }} />
        {!phone && <col style={{ width: '92px' }} />}
        {!phone && <col style={{ width: '92px' }} />}
        {!phone && <col style={{ width: '132px' }} />}
      </colgroup>
      <thead>
        <tr>
          <th>{t.columns.name}</th>
          <th>{t.columns.lastRun}</th>
          {!phone && <th className="num">{t.columns.rows}</th>}
          {!phone && <th className="num">{t.columns.edited}</th>}
          {!phone && <th>{t.columns.owner}</th>}
        </tr>
      </thead>
      <tbody>
        {items.map(({ id, name, latestExecution: last, updatedAt, author }) => (
          <tr key={id} className="opens">
            <td title={name}>
              <Link
                to="/workbench/$workflowId"
                params={{ workflowId: id }}
                search={{}}
                className="font-medium text-text"
              >
                {name}
              </Link>
            </td>
            <td>
              {last === null ? (
                <span className="text-text-3">{t.never}</span>
              ) : (
                <StatusMark mark={markOf({ status: last.status, amcStatus: null })} />
              )}
            </td>
            {!phone && <td className="num">{last?.rowCount == null ? '' : figure(last.rowCount)}</td>}
            {!phone && (
              <td className="num" title={exactly(updatedAt)}>
                {when(updatedAt, now)}
              </td>
            )}
            {!phone && <td className="text-text-2">{author.name}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
