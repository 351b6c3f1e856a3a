import { type AmcErrorKind, type SentIds, explainAmcError, explainAmcSentence } from '@recomamp/amc-client'
import { positionAt } from '@recomamp/amc-sql'
import { locateAmcError, readAmcError } from '@recomamp/amc-sql/amc-errors'
import { explainAmcWords } from '@recomamp/amc-sql/amc-explanations'
import type { ExecutionFailure } from '@recomamp/contracts'
import type { StoredFailure } from '#platform/db/tables.ts'
import { type SentRequest, sqlSentOf } from './sent-request.ts'

/** Our words for each way in which a run ends badly. */
const words = {
  'amc-refused': 'AMC did not take the run',
  'amc-rejected': 'AMC refused the query before running it',
  'amc-failed': 'AMC began the run and it failed',
  'results-lost': 'The run succeeded, but AMC no longer gives its result',
  'results-unreadable': 'The run succeeded, but its result cannot be read',
} as const

export type FailureCause = keyof typeof words

/** Why an execution failed: AMC's words as they came, and the place in the user's text that they speak of. */
export function failureOf(
  cause: FailureCause,
  amc: { message: string | null; requestId: string | null; kind?: AmcErrorKind; sent?: SentIds | null },
  sent: SentRequest,
): StoredFailure {
  return {
    cause,
    ...(amc.kind === undefined ? {} : { kind: amc.kind }),
    ...(amc.kind === 'forbidden' && amc.sent !== undefined ? { sent: amc.sent } : {}),
    message: words[cause],
    amcMessage: amc.message,
    amcRequestId: amc.requestId,
    place: amc.message === null ? null : placeInTemplate(amc.message, sent),
  }
}

/** A stored failure with what it means: by AMC's sentence about the call, by its words about the query, or by the kind of answer. */
export function explained({ kind, sent = null, ...failure }: StoredFailure): ExecutionFailure {
  const { amcMessage } = failure
  const bySentence = amcMessage === null ? null : (explainAmcSentence(amcMessage) ?? explainAmcWords(amcMessage))
  const found = bySentence ?? (kind === undefined ? null : explainAmcError({ kind, amcMessage }))
  return {
    ...failure,
    sent,
    explanation: found === null ? null : { cause: found.cause, nextStep: found.nextStep },
  }
}

/** AMC speaks of lines and columns of the text that it got, or only of a name; the user sees the template. */
function placeInTemplate(message: string, sent: SentRequest): ExecutionFailure['place'] {
  const { sourceMap, template } = sent
  const range = locateAmcError(readAmcError(message), { sqlQuery: sqlSentOf(sent), sourceMap })
  if (range === null) return null
  const to = Math.min(range.to, template.length)
  const from = Math.min(range.from, to)
  return { from, to, ...positionAt(template, from) }
}
