import type { WorkflowSummary } from '@recomamp/contracts'
import { Link } from '@tanstack/react-router'
import { home } from '#messages/home.ts'
import { exactly, when } from '#platform/words.ts'
import { StatusGlyph } from '#ui/status-mark.tsx'
import { markOf } from '#ui/status-words.ts'

const t = home.failed

/** Queries whose last run failed: which, where, why, and the way to the report that corrects it. */
export function FailingQueries({ queries, now }: { queries: readonly WorkflowSummary[]; now: Date }) {
  return queries.map(({ id, name, instance, latestExecution: run }) => {
    if (run === null) return null
    const mark = markOf(run)
    return (
      <li key={id} className="needs-row">
        <span className="text-bad mt-0.5 flex-none">
          <StatusGlyph glyph={mark.glyph} />
        </span>
        <div className="min-w-0 flex-1">
          <p>
            <strong>{t.title(name, mark.word)}</strong>{' '}
            <span className="text-text-2" title={exactly(run.requestedAt)}>
              {instance === null ? t.when(when(run.requestedAt, now)) : t.on(instance.name, when(run.requestedAt, now))}
            </span>
          </p>
          {run.failure !== null && (
            <p className="text-12 text-text-2 line-clamp-2" title={run.failure}>
              {run.failure}
            </p>
          )}
        </div>
        <Link
          to="/executions/$executionId/error"
          params={{ executionId: run.id }}
          search={{}}
          className="btn default flex-none"
          aria-label={t.seeOne(name)}
        >
          {t.see}
        </Link>
      </li>
    )
  })
}
