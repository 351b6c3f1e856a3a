import type { Execution } from '@recomamp/contracts'
import { request as t } from '#messages/request.ts'
import { when } from '#platform/words.ts'
import { differencesOf, isSame, type Question, type ValueDifference } from './differences.ts'

interface AgainstLastRunProps {
  question: Question
  last: Execution
  now: Date
}

const shownLines = 6

/** What the request asks otherwise than the run whose result is on screen. */
export function AgainstLastRun({ question, last, now }: AgainstLastRunProps) {
  const differences = differencesOf(question, { ...last, instanceId: last.instance.id })
  const { lines, values } = differences
  const words = [
    lines.changed.length > 0 &&
      t.changedLines(lines.changed.slice(0, shownLines), Math.max(0, lines.changed.length - shownLines)),
    lines.removed > 0 && t.removedLines(lines.removed),
    differences.window && t.window,
    differences.privacy && t.privacy,
    differences.instance && t.instance,
  ].filter((each) => typeof each === 'string')
  return (
    <section className="flex flex-col gap-1.5 px-[18px] py-2.5" aria-label={t.against(when(last.requestedAt, now))}>
      <p className="text-12 flex flex-wrap gap-x-2">
        <strong>{t.against(when(last.requestedAt, now))}</strong>
        <span className="text-text-2">{isSame(differences) ? t.same : words.join(', ')}</span>
      </p>
      {values.map((each) => (
        <p key={each.name} className="text-12 flex flex-wrap items-baseline gap-x-2 gap-y-1">
          <span className="parameter-pill">{each.name}</span>
          <ValueWords {...each} />
        </p>
      ))}
    </section>
  )
}

const shownValues = 5

function ValueWords({ added, removed, before, now }: ValueDifference) {
  if (added.length + removed.length === 0)
    return (
      <span className="mono">
        {before ?? t.noValue} → {now ?? t.noValue}
      </span>
    )
  const all = [...removed.map((value) => `− ${value}`), ...added.map((value) => `+ ${value}`)]
  return (
    <>
      {all.slice(0, shownValues).map((value) => (
        <span key={value} className="mono cut max-w-[220px]" title={value}>
          {value}
        </span>
      ))}
      {all.length > shownValues && <span className="text-text-3">{t.moreValues(all.length - shownValues)}</span>}
    </>
  )
}
