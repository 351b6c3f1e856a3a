import type { Execution, ExecutionFailure } from '@recomamp/contracts'
import { Link } from '@tanstack/react-router'
import { Fragment, type ReactNode } from 'react'
import { executions as t } from '#messages/executions.ts'
import { Button } from '#ui/button.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { ProblemPanel } from '#ui/problem-panel.tsx'

interface FailurePanelProps {
  execution: Execution
  /** Goes to the place in the query that AMC named. */
  onPlace?: (place: NonNullable<ExecutionFailure['place']>) => void
  actions?: ReactNode
}

/** Why an execution gave no rows: our sentence, the place, the next step, and AMC's own words, marked as such. */
export function FailurePanel({ execution, onPlace, actions }: FailurePanelProps) {
  const { failure } = execution
  if (failure === null) return null
  const { place, explanation, sent } = failure
  const title = titleOf(execution)
  // Where our sentence only spells the title out, it takes the title's place.
  const isTitleSpeltOut = failure.message.startsWith(title)
  return (
    <ProblemPanel
      title={isTitleSpeltOut ? failure.message : title}
      actions={
        <>
          {place !== null && onPlace && (
            <Button onPress={() => onPlace(place)}>{t.problem.place(place.line, place.column)}</Button>
          )}
          <Link
            to="/executions/$executionId/error"
            params={{ executionId: execution.id }}
            search={{}}
            className="btn default"
          >
            {t.report.open}
          </Link>
          {actions}
        </>
      }
    >
      {!isTitleSpeltOut && <p>{failure.message}</p>}
      {explanation !== null && <p>{explanation.cause}</p>}
      {place !== null && !onPlace && (
        <p className="text-text-2">
          {t.problem.where}: {t.problem.placeWords(place.line, place.column)}
        </p>
      )}
      {failure.amcMessage !== null && (
        <figure>
          <figcaption className="text-11 text-text-3">{t.problem.amcWords}</figcaption>
          <blockquote className="mono bg-sunken border-line mt-1 border-l-2 px-2.5 py-1.5 break-words whitespace-pre-wrap">
            {failure.amcMessage}
          </blockquote>
        </figure>
      )}
      {failure.amcRequestId !== null && (
        <p className="text-12 text-text-3 flex items-center gap-1">
          {t.problem.amcRequest} <span className="mono">{failure.amcRequestId}</span>
          <CopyButton text={failure.amcRequestId} label={t.problem.amcRequest} />
        </p>
      )}
      {sent !== null && <SentIds sent={sent} />}
      <p className="text-text-2">{explanation?.nextStep ?? t.problem.next}</p>
    </ProblemPanel>
  )
}

/** Whom the refused call was for: what a person compares in Amazon's console. */
function SentIds({ sent }: { sent: NonNullable<ExecutionFailure['sent']> }) {
  const ids = [
    [t.problem.sent.instance, sent.instanceId],
    [t.problem.sent.entity, sent.entityId],
    [t.problem.sent.marketplace, sent.marketplaceId],
  ] as const
  return (
    <dl className="text-12 grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3" aria-label={t.problem.sent.label}>
      {ids.map(
        ([name, id]) =>
          id !== null && (
            <Fragment key={name}>
              <dt className="text-text-3">{name}</dt>
              <dd className="mono flex items-center gap-1">
                {id}
                <CopyButton text={id} label={name} />
              </dd>
            </Fragment>
          ),
      )}
    </dl>
  )
}

function titleOf({ failure, amcStatus }: Execution): string {
  if (amcStatus === 'REJECTED' || failure?.cause === 'amc-rejected' || failure?.cause === 'amc-refused')
    return t.problem.rejected
  if (failure?.cause === 'unreachable') return t.problem.unreachable
  return failure?.cause === 'amc-failed' ? t.problem.failed : t.problem.other
}
