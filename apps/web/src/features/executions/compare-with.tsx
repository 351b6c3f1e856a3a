import type { Execution } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { GitCompareArrows } from 'lucide-react'
import { executionQueries } from './executions.queries.ts'
import { outcomeInWords } from './outcome.tsx'
import { executions } from '#messages/executions.ts'
import { useNow } from '#platform/clock.ts'
import { when, windowInWords } from '#platform/words.ts'
import { PopoverButton } from '#ui/popover-button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { StatusMark } from '#ui/status-mark.tsx'
import { markOf } from '#ui/status-words.ts'

const t = executions.compare

/** The other runs of the query, one of which this run is compared with. */
export function CompareWith({ execution }: { execution: Execution }) {
  return (
    <PopoverButton
      label={t.title}
      size="normal"
      button={
        <>
          <GitCompareArrows size={14} strokeWidth={1.7} aria-hidden />
          <span className="sr-only tablet:not-sr-only">{t.button}</span>
        </>
      }
      placement="bottom end"
      panel="flex w-[min(460px,calc(100vw-24px))] flex-col gap-1 p-2"
    >
      <OtherRuns execution={execution} />
    </PopoverButton>
  )
}

function OtherRuns({ execution }: { execution: Execution }) {
  const { data, error, refetch } = useQuery(executionQueries.ofWorkflow(execution.workflow.id))
  const now = useNow(60_000)
  if (data === undefined)
    return error === null ? (
      <Skeleton label={t.title} rows={3} />
    ) : (
      <ErrorPanel error={error} onRetry={() => void refetch()} />
    )
  const others = data.items.filter((each) => each.id !== execution.id)
  if (others.length === 0) return <p className="text-text-2 p-2">{t.none}</p>
  return (
    <ul className="max-h-[50vh] overflow-auto" aria-label={t.title}>
      {others.map((each) => (
        <li key={each.id}>
          <Link
            to="/executions/$executionId"
            params={{ executionId: execution.id }}
            search={{ with: each.id }}
            className="menu-item text-text"
          >
            <StatusMark mark={markOf(each)} />
            <span className="text-text-3">{executions.version(each)}</span>
            <span className="cut flex-1">
              {windowInWords(each.window)}, {outcomeInWords(each)}
            </span>
            <span className="text-text-2 tabular-nums">{when(each.requestedAt, now)}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
