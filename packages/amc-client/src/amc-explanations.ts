import type { AmcErrorKind } from './amc-error.ts'
import type { Explanation } from './explanation.ts'

/** A known sentence of the service. Sources: recorded answers, Amazon's guides and reports of public clients (docs/amazon.md). */
interface KnownSentence extends Explanation {
  readonly sentence: RegExp
}

/** Amazon's sentences about a call. What it says about a query's text is the language's to explain. */
export const knownSentences: readonly KnownSentence[] = [
  {
    id: 'entity-missing',
    title: 'The account was not named',
    sentence: /entityId provided is null/i,
    cause: 'The call did not name an AMC account.',
    nextStep:
      'Read the instances again; if it stays, report it with the request id: every call here carries the account.',
  },
  {
    id: 'terms',
    title: 'The terms are not accepted',
    sentence: /terms and conditions must be accepted/i,
    cause: 'Somebody with administrator rights has not accepted the AMC terms for this account yet.',
    nextStep:
      'Open Amazon Marketing Cloud in Amazon’s console with an administrator, accept the terms, then run again.',
  },
  {
    id: 'too-many-similar',
    title: 'Too many similar queries',
    sentence: /too many workflows have already been run against the same input data sources/i,
    cause: 'AMC limits how often the same data sources may be queried in the same or overlapping time windows.',
    nextStep: 'Wait a day or choose another time window. Fewer, wider queries count less than many narrow ones.',
  },
  {
    id: 'workflow-exists',
    title: 'The AMC copy exists already',
    sentence: /workflow with id \S+ already exists/i,
    cause: 'A workflow with this id is stored in the instance already.',
    nextStep: 'Nothing is lost: sync again, which replaces the stored workflow where the text differs.',
  },
  {
    id: 'workflow-gone',
    title: 'The AMC copy is gone',
    sentence: /workflow with id \S+ does not exist/i,
    cause: 'The instance has no stored workflow with this id; it was removed at AMC or belongs to another instance.',
    nextStep: 'Run again: the query is then sent as a whole.',
  },
  {
    id: 'execution-gone',
    title: 'AMC forgot the execution',
    sentence: /workflow execution with id \S+ does not exist/i,
    cause: 'AMC does not know this execution in this instance any more.',
    nextStep: 'Run the query again. AMC does not say for how long it remembers executions.',
  },
  {
    id: 'not-downloadable',
    title: 'There are no result files',
    sentence: /is unavailable for download/i,
    cause: 'AMC has no result files for this execution: it has not ended, was a dry run, or its files are gone.',
    nextStep: 'Wait a few minutes if it has just ended; otherwise run the query again.',
  },
  {
    id: 'neither-workflow',
    title: 'The request named no query',
    sentence: /neither workflow id or workflow were specified/i,
    cause: 'The request named no query.',
    nextStep: 'Run again; if it stays, report it with the request id.',
  },
  {
    id: 'sandbox-needs-synthetic',
    title: 'A sandbox holds synthetic data',
    sentence: /in a sandbox instance must set requireSyntheticData/i,
    cause: 'The run was sent to an AMC sandbox instance as if it held real data.',
    nextStep: 'Read the instances again, so that its type is known, then run again.',
  },
  {
    id: 'no-synthetic-data',
    title: 'There is no synthetic data',
    sentence: /requireSyntheticData is only available|only available with synthetic data/i,
    cause: 'The run asked for synthetic data, which only AMC sandbox instances have.',
    nextStep: 'Read the instances again, so that its type is known, then run again.',
  },
  {
    id: 'operations-workflow',
    title: 'The AMC copy holds no SQL',
    sentence: /defined by operations can no longer be executed/i,
    cause: 'The workflow stored at AMC is of an old form, made of operations in the place of SQL.',
    nextStep: 'Write it as a query and run that.',
  },
  {
    id: 'already-ended',
    title: 'The run has ended',
    sentence: /has already ended with status/i,
    cause: 'The run ended before the call came.',
    nextStep: 'Nothing to do: its end is read by itself.',
  },
  {
    id: 'time-limit',
    title: 'The run took too long',
    sentence: /longer than its time limit|timed out after/i,
    cause: 'The query took longer than the time limit of an execution.',
    nextStep: 'Choose a shorter window, read fewer tables, or filter them before they are joined; then run again.',
  },
  {
    id: 'link-expired',
    title: 'A download link has expired',
    sentence: /request has expired/i,
    cause: 'The download link was older than its ten minutes.',
    nextStep: 'Nothing to do: fresh links are asked for by themselves.',
  },
  {
    id: 'link-damaged',
    title: 'A download link was changed',
    sentence: /signature we calculated does not match|SignatureDoesNotMatch/i,
    cause: 'The download link was changed on its way, for example by a proxy.',
    nextStep: 'Check that no proxy between this server and Amazon S3 rewrites addresses.',
  },
  {
    id: 'gateway-time-out',
    title: 'Amazon’s gateway gave up',
    sentence: /endpoint request timed out/i,
    cause: 'Amazon’s gateway gave up waiting for AMC; the call may have been carried out all the same.',
    nextStep: 'Nothing to do: the execution is looked for at AMC before anything is sent again.',
  },
  {
    id: 'not-json',
    title: 'The request was not readable',
    sentence: /unrecognized token .*was expecting/i,
    cause: 'Amazon could not read the request as JSON.',
    nextStep: 'Check that no proxy changes the requests; if it stays, report it with the request id.',
  },
]

const byKind: Readonly<Record<AmcErrorKind, Explanation>> = {
  unauthorized: {
    id: 'unauthorized',
    title: 'The sign-in was not accepted',
    cause: 'Amazon did not accept the access token, not even one that was just renewed.',
    nextStep: 'Sign in with Amazon again. If it stays, check that the client id belongs to the sign-in’s application.',
  },
  forbidden: {
    id: 'forbidden',
    title: 'The access was denied',
    cause: 'Amazon does not let this sign-in use that instance with that account and marketplace.',
    nextStep:
      'Check that the instance belongs to the account, that the marketplace is the account’s own, and that the person still has access ' +
      'to the instance in Amazon’s console. Reading the instances again mends an account that has changed.',
  },
  refused: {
    id: 'refused',
    title: 'Amazon refused the request',
    cause: 'Amazon read the request and refused it.',
    nextStep: 'Amazon’s words say what it objects to; the same request gets the same answer.',
  },
  'not-found': {
    id: 'not-found',
    title: 'Amazon does not know it',
    cause: 'Amazon does not know what the request asked for.',
    nextStep: 'Read the instances again, then run again.',
  },
  throttled: {
    id: 'throttled',
    title: 'Amazon asks for a pause',
    cause: 'Amazon asks for fewer calls at the moment.',
    nextStep: 'Nothing to do: it goes on by itself after the time that Amazon asked for.',
  },
  unavailable: {
    id: 'unavailable',
    title: 'Amazon had a fault',
    cause: 'Amazon had a fault of its own.',
    nextStep: 'Nothing to do: it is tried again by itself, with growing pauses.',
  },
  unreachable: {
    id: 'unreachable',
    title: 'No answer came',
    cause: 'No answer came from Amazon.',
    nextStep: 'It is tried again by itself. If it stays, check the network, proxy and name resolution of this server.',
  },
  unreadable: {
    id: 'unreadable',
    title: 'The answer is not readable',
    cause: 'The answer has a form that Amazon has neither published nor been seen to send.',
    nextStep:
      'It is tried again by itself. If it stays, report it with the request id; a proxy may answer in Amazon’s place.',
  },
}

/** The entry for one of Amazon's sentences; null for one that is not known. */
export function explainAmcSentence(sentence: string): Explanation | null {
  const known = knownSentences.find((each) => each.sentence.test(sentence))
  return known === undefined ? null : { id: known.id, title: known.title, cause: known.cause, nextStep: known.nextStep }
}

/** What an error of a call means: by Amazon's sentence where it is known, otherwise by the kind of answer. */
export function explainAmcError(error: { kind: AmcErrorKind; amcMessage: string | null }): Explanation {
  return (error.amcMessage === null ? null : explainAmcSentence(error.amcMessage)) ?? byKind[error.kind]
}
