import type { CopiesSummary, LatestExecution, WorkflowSummary } from '@recomamp/contracts'
import { Check, CircleAlert, CloudUpload, Trash2 } from 'lucide-react'
import { counts } from '#messages/counts.ts'
import { library as t } from '#messages/queries.ts'
import { StatusMark } from '#ui/status-mark.tsx'
import { markOf } from '#ui/status-words.ts'

/** How the last run stands, as shape and word. */
export function RunMark({ run }: { run: LatestExecution | null }) {
  return <StatusMark mark={run === null ? { glyph: 'draft', tone: 'quiet', word: t.notRun } : markOf(run)} />
}

/** What came out of the last run: rows, or why not. */
export function RunOutcome({ run }: { run: LatestExecution | null }) {
  if (run === null) return null
  if (run.failure !== null) return <span className="text-bad">{run.failure}</span>
  return run.rowCount === null ? null : <span>{counts.rows(run.rowCount)}</span>
}

/** What AMC keeps, as shape and word. */
export function CopyMark({ copies }: { copies: CopiesSummary | null }) {
  if (copies === null) return <span className="text-text-3">{t.copies.none}</span>
  const { icon: Icon, tone } = copyMarks[copies.state]
  return (
    <span className={`flex items-center gap-1.5 ${tone}`}>
      <Icon size={14} strokeWidth={1.7} aria-hidden className="flex-none" />
      <span className="cut">{copyWords(copies)}</span>
    </span>
  )
}

const copyMarks = {
  'in-step': { icon: Check, tone: 'text-text-2' },
  behind: { icon: CloudUpload, tone: 'text-warn font-medium' },
  waiting: { icon: CloudUpload, tone: 'text-text-2' },
  failed: { icon: CircleAlert, tone: 'text-bad' },
  removing: { icon: Trash2, tone: 'text-text-3' },
} as const

/** The state of the copies in words. */
export function copyWords({ state, versionsBehind }: CopiesSummary): string {
  if (state === 'behind') return t.copies.behind(versionsBehind)
  return state === 'in-step' ? t.copies.inStep : t.copies[state]
}

/** The name wins, the tags fold: one is shown, the rest is a number with its words. */
export function TagsOf({ query }: { query: WorkflowSummary }) {
  const { tags } = query
  const shown = query.draftKeptAt === null ? tags.slice(0, 1) : []
  const more = tags.length - shown.length
  return (
    <span className="flex min-w-0 items-center gap-1.5 overflow-hidden">
      {query.draftKeptAt !== null && (
        <span className="tag warn flex-none" title={t.unsaved}>
          {t.unsaved}
        </span>
      )}
      {shown.map((tag) => (
        <span key={tag} className="tag max-w-[96px] flex-none" title={tag}>
          <span className="cut">{tag}</span>
        </span>
      ))}
      {more > 0 && (
        <span className="tag lined flex-none" title={tags.join(', ')}>
          {t.moreTags(more)}
        </span>
      )}
    </span>
  )
}
