import type { WorkflowSummary } from '@recomamp/contracts'
import { Link } from '@tanstack/react-router'
import type { KeyboardEvent, ReactNode } from 'react'
import { home } from '#messages/home.ts'
import { library } from '#messages/queries.ts'
import { useWidth } from '#platform/width.ts'
import { exactly, when } from '#platform/words.ts'
import { RunMark, RunOutcome, TagsOf } from './library/query-marks.tsx'

const t = library.columns

interface RecentQueriesProps {
  queries: readonly WorkflowSummary[]
  now: Date
  renderActions: (query: WorkflowSummary, phone: boolean) => ReactNode
}

/** The last queries with how their last run stands; arrows move between the names, Enter opens. */
export function RecentQueries({ queries, now, renderActions }: RecentQueriesProps) {
  const width = useWidth()
  const lastTime = ({ latestExecution, updatedAt }: WorkflowSummary) => latestExecution?.requestedAt ?? updatedAt
  if (width === 'phone')
    return (
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows between links that Tab reaches too
      <ul onKeyDown={moveBetweenNames}>
        {queries.map((query) => (
          <li key={query.id} className="border-line-subtle flex min-h-[52px] items-center gap-2 border-b py-1.5">
            <div className="min-w-0 flex-1">
              <span className="cut block">
                <NameLink query={query} />
              </span>
              <span className="text-12 text-text-2 flex min-w-0 items-center gap-2">
                <RunMark run={query.latestExecution} />
                <span className="cut">{when(lastTime(query), now)}</span>
                {query.draftKeptAt !== null && <span className="tag warn flex-none">{library.unsaved}</span>}
              </span>
            </div>
            {renderActions(query, true)}
          </li>
        ))}
      </ul>
    )
  const wide = width === 'desk'
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows between links that Tab reaches too
    <table className="rows flush" aria-label={home.recent.title} onKeyDown={moveBetweenNames}>
      <colgroup>
        <col />
        {wide && <col style={{ width: '18%' }} />}
        <col style={{ width: '108px' }} />
        <col style={{ width: wide ? '17%' : '22%' }} />
        <col style={{ width: '88px' }} />
        <col style={{ width: '64px' }} />
      </colgroup>
      <thead className="sr-only">
        <tr>
          <th>{t.name}</th>
          {wide && <th>{t.instance}</th>}
          <th>{t.run}</th>
          <th>{t.outcome}</th>
          <th>{t.when}</th>
          <th>{home.recent.hint}</th>
        </tr>
      </thead>
      <tbody>
        {queries.map((query) => (
          <tr key={query.id}>
            <td title={query.name}>
              <span className="flex min-w-0 items-center gap-2">
                <span className="cut">
                  <NameLink query={query} />
                </span>
                <TagsOf query={query} />
              </span>
            </td>
            {wide && (
              <td className="text-text-2" title={query.instance?.name}>
                {query.instance?.name ?? library.noInstance}
              </td>
            )}
            <td>
              <RunMark run={query.latestExecution} />
            </td>
            <td className="text-text-2" title={query.latestExecution?.failure ?? undefined}>
              <RunOutcome run={query.latestExecution} />
            </td>
            <td className="num text-text-2" title={exactly(lastTime(query))}>
              {when(lastTime(query), now)}
            </td>
            <td>
              <span className="flex justify-end">{renderActions(query, false)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function NameLink({ query }: { query: WorkflowSummary }) {
  return (
    <Link
      to="/workbench/$workflowId"
      params={{ workflowId: query.id }}
      search={{}}
      data-name
      className="font-medium text-text"
    >
      {query.name}
    </Link>
  )
}

function moveBetweenNames(event: KeyboardEvent<HTMLElement>): void {
  const names = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-name]')]
  const at = names.indexOf(event.target as HTMLElement)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: names.length - 1 }[event.key]
  if (at === -1 || to === undefined || event.altKey || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  names[to]?.focus()
}
