import { positionAt } from '@recomamp/amc-sql'
import { locateAmcError, readAmcError } from '@recomamp/amc-sql/amc-errors'
import type { ExecutionFailure } from '@recomamp/contracts'
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
  amc: { message: string | null; requestId: string | null },
  sent: SentRequest,
): ExecutionFailure {
  return {
    cause,
    message: words[cause],
    amcMessage: amc.message,
    amcRequestId: amc.requestId,
    place: amc.message === null ? null : placeInTemplate(amc.message, sent),
  }
}

/** AMC speaks of lines and columns of the text that it got, or only of a name; the user sees the template. */
function placeInTemplate(message: string, sent: SentRequest): ExecutionFailure['place'] {
  const { sourceMap, template } = sent
  const range = locateAmcError(readAmcError(message), { sqlQuery: sqlSentOf(sent.request), sourceMap })
  if (range === null) return null
  const to = Math.min(range.to, template.length)
  const from = Math.min(range.from, to)
  return { from, to, ...positionAt(template, from) }
}
