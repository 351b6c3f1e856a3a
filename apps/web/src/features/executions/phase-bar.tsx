import type { Execution } from '@recomamp/contracts'
import { isFinal } from '@recomamp/contracts'
import { executions as t } from '#messages/executions.ts'
import { useNow } from '#platform/clock.ts'
import { exactly, spanInWords, timeOfDay } from '#platform/words.ts'
import { phasesOf } from './phases.ts'

/** The life of an execution drawn to time; the same bar on every screen. */
export function PhaseBar({ execution, usualMs }: { execution: Execution; usualMs: number | null }) {
  const now = useNow(1000, !isFinal(execution.status))
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- on a narrow screen it scrolls, and keys must reach it
    <ol tabIndex={0} aria-label={t.phasesLabel} className="phase-bar overflow-x-auto px-4 pt-1 pb-3 tablet:px-6">
      {phasesOf(execution, now).map((phase) => (
        <li
          key={phase.label}
          style={{ flexGrow: phase.at === null ? Math.max(1, phase.ms) : 0 }}
          className="min-w-[74px] tablet:min-w-[104px]"
        >
          <i aria-hidden className={phase.kind} />
          <span className="text-11 text-text-2 whitespace-nowrap max-tablet:flex max-tablet:flex-col">
            {phase.label}
            {phase.at === null ? (
              <b>{spanInWords(phase.ms)}</b>
            ) : (
              <b title={exactly(phase.at)}>{timeOfDay(new Date(phase.at))}</b>
            )}
          </span>
        </li>
      ))}
      {usualMs !== null && !isFinal(execution.status) && (
        <li className="text-11 text-text-2 flex-none self-end whitespace-nowrap">{t.usually(spanInWords(usualMs))}</li>
      )}
    </ol>
  )
}
