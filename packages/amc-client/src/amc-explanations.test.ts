import { describe, expect, test } from 'vitest'
import { explainAmcError, explainAmcSentence, knownSentences } from './amc-explanations.ts'
import { explainLwaError } from './lwa-explanations.ts'

const said: [sentence: string, id: string][] = [
  ['entityId provided is null', 'entity-missing'],
  ['Terms and conditions must be accepted to continue', 'terms'],
  [
    'Execution "X" of workflow "Y" could not be run because too many workflows have already been run against the same input data sources in the same or overlapping time windows.',
    'too-many-similar',
  ],
  ['Workflow with ID weekly already exists.', 'workflow-exists'],
  ['Workflow with ID weekly does not exist', 'workflow-gone'],
  ['Workflow execution with ID 11111111-2222-3333-4444-555555555555 does not exist.', 'execution-gone'],
  ['Execution with ID 11111111-2222-3333-4444-555555555555 is unavailable for download.', 'not-downloadable'],
  ['Neither workflow ID or workflow were specified', 'neither-workflow'],
  ['Executions in a sandbox instance must set requireSyntheticData to true.', 'sandbox-needs-synthetic'],
  ['requireSyntheticData is only available in sandbox instances.', 'no-synthetic-data'],
  ['Workflows that are defined by operations can no longer be executed', 'operations-workflow'],
  ['Workflow execution with ID 1 has already ended with status FAILED.', 'already-ended'],
  ['The query took longer than its time limit', 'time-limit'],
  ['Request has expired', 'link-expired'],
  ['SignatureDoesNotMatch', 'link-damaged'],
  ['Endpoint request timed out', 'gateway-time-out'],
  ['Unrecognized token \'oops\': was expecting ("true", "false" or "null")', 'not-json'],
]

describe('sentences of the service', () => {
  test.each(said)('%s', (sentence, id) => {
    expect(explainAmcSentence(sentence)?.id).toBe(id)
  })

  test('each entry is met by a sentence, and an unknown sentence by none', () => {
    expect(said.map(([, id]) => id).sort()).toEqual(knownSentences.map(({ id }) => id).sort())
    expect(explainAmcSentence('Something new')).toBeNull()
  })
})

test('the sentence counts before the kind; the kind explains what has no known sentence', () => {
  expect(explainAmcError({ kind: 'forbidden', amcMessage: 'Terms and conditions must be accepted' }).id).toBe('terms')
  expect(explainAmcError({ kind: 'forbidden', amcMessage: 'Unauthorized request.' }).id).toBe('forbidden')
  expect(explainAmcError({ kind: 'throttled', amcMessage: null }).nextStep).toMatch(/by itself/)
})

test('only a consent that Amazon ended asks people to sign in again', () => {
  expect(explainLwaError({ kind: 'invalid-grant' }).nextStep).toMatch(/Sign in with Amazon again/)
  for (const kind of ['invalid-client', 'refused', 'unavailable', 'unreadable'] as const)
    expect(explainLwaError({ kind }).nextStep).not.toMatch(/^Sign in/)
})
