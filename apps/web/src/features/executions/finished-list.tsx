import type { ExecutionSummary } from '@recomamp/contracts'
import { Link } from '@tanstack/react-router'
import { exactly } from '#platform/words.ts'
import { StatusGlyph } from '#ui/status-mark.tsx'
import { type Tone, markOf } from '#ui/status-words.ts'
import { Outcome, outcomeInWords } from './outcome.tsx'

const tones: Record<Tone, string> = {
  quiet: 'text-text-3',
  accent: 'text-accent-text',
  ok: 'text-ok',
  bad: 'text-bad',
  warn: 'text-warn',
}

/** Ended executions in one line each: how, which query, what came of it. */
export function FinishedList({ items }: { items: readonly ExecutionSummary[] }) {
  return (
    <ul>
      {items.map((each) => {
        const mark = markOf(each)
        return (
          <li key={each.id} className="text-12 flex min-h-8 items-center gap-2">
            <span className={`flex-none ${tones[mark.tone]}`}>
              <StatusGlyph glyph={mark.glyph} />
              <span className="sr-only">{mark.word}</span>
            </span>
            <span className="cut min-w-0 flex-1" title={`${each.workflow.name}, ${each.instance.name}`}>
              <Link
                to="/executions/$executionId"
                params={{ executionId: each.id }}
                search={{}}
                className="font-medium text-text"
              >
                {each.workflow.name}
              </Link>{' '}
              <span className="text-text-2">{each.instance.name}</span>
            </span>
            <span
              className="cut max-w-[45%] flex-none"
              title={`${each.failure?.message ?? outcomeInWords(each)} ${exactly(each.finishedAt ?? each.requestedAt)}`}
            >
              <Outcome execution={each} />
            </span>
          </li>
        )
      })}
    </ul>
  )
}
