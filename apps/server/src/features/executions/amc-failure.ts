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

/** What is to be said where AMC's words are not known, or where there are none. */
const meanings: Readonly<Record<FailureCause, NonNullable<ExecutionFailure['explanation']>>> = {
  'amc-refused': {
    title: 'AMC did not take the run',
    cause: 'AMC answered the call with words that are not known here yet.',
    nextStep: 'AMC’s own words say what it objects to; the same request gets the same answer.',
  },
  'amc-rejected': {
    title: 'AMC refused the query',
    cause: 'AMC refused the query with words that are not known here yet.',
    nextStep: 'AMC’s own words say what it objects to. Correct the query and run it again.',
  },
  'amc-failed': {
    title: 'The run broke at AMC',
    cause: 'AMC took the query and broke while it computed; that is not always the fault of the query.',
    nextStep: 'Run it again. If it breaks again, try a shorter window or fewer groups, and look at AMC’s own words.',
  },
  'results-lost': {
    title: 'The result is gone at AMC',
    cause: 'The query ran, but its result could not be fetched in time, and AMC no longer has it.',
    nextStep: 'Run it again for the rows.',
  },
  'results-unreadable': {
    title: 'The result cannot be read',
    cause: 'The files of the result came, but their form is not one that can be read here.',
    nextStep: 'Run it again. If it stays, report it with the error report: the raw answer is in it.',
  },
}

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
  const found = knownMeaning(amcMessage) ?? (kind === undefined ? null : explainAmcError({ kind, amcMessage }))
  const told = found ?? (isFailureCause(failure.cause) ? meanings[failure.cause] : null)
  return {
    ...failure,
    sent,
    explanation: told === null ? null : { title: told.title, cause: told.cause, nextStep: told.nextStep },
  }
}

/** What AMC's words mean, by its sentence about the call or by its words about the query; null for words that are not known. */
export function knownMeaning(amcMessage: string | null) {
  return amcMessage === null ? null : (explainAmcSentence(amcMessage) ?? explainAmcWords(amcMessage))
}

function isFailureCause(cause: string): cause is FailureCause {
  return cause in meanings
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
