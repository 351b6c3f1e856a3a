import { loadSchema } from '@recomamp/amc-catalogue/schema'
import type { AmcErrorKind } from '@recomamp/amc-client'
import { analyze } from '@recomamp/amc-sql'
import { amcText } from '@recomamp/amc-sql/amc-errors'
import { ruleEntries } from '@recomamp/amc-sql/rule-entries'
import { AmcDateTime, ExecutionSent } from '@recomamp/amc-wire'
import { describe, expect, test } from 'vitest'
import { explained, failureOf, type FailureCause } from './amc-failure.ts'
import { explainFailure } from './error-report.ts'

const schema = loadSchema()
const template =
  'SELECT campaign, SUM(impressions) AS value\nFROM dsp_impressions\nWHERE campaign IN {{names}}\nGROUP BY campaign'
const filled = template.replace('{{names}}', "('a', 'b')")
const at = template.indexOf('{{names}}')

function report(message: string | null, how: { cause: FailureCause; kind?: AmcErrorKind }, sqlQuery = filled) {
  const isFilled = sqlQuery === filled
  const ofTemplate = isFilled ? template : sqlQuery
  const request = ExecutionSent.parse({
    workflow: { workflowId: 'recomamp-1', sqlQuery },
    timeWindowType: 'EXPLICIT',
    timeWindowStart: AmcDateTime.parse('2026-11-02T00:00:00'),
    timeWindowEnd: AmcDateTime.parse('2026-11-09T00:00:00'),
    timeWindowTimeZone: 'UTC',
  })
  const fill = { template: { from: at, to: at + 9 }, sent: { from: at, to: at + 10 }, parameters: ['names'] }
  const sent = { request, template: ofTemplate, sourceMap: { fills: isFilled ? [fill] : [] }, copy: null }
  const { cause, ...rest } = how
  const failure = explained(failureOf(cause, { message, requestId: 'R1', ...rest }, sent))
  return explainFailure({ failure, template: ofTemplate, sqlSent: sqlQuery }, sent, schema)
}

/** Says what failed, why, and what to do, in whole sentences of ours. */
function expectWhole(told: ReturnType<typeof report>) {
  expect(told.title.split(' ').length).toBeLessThanOrEqual(7)
  for (const sentence of [told.what, told.why, told.next]) expect(sentence).toMatch(/^\S.{8,}[.”)]$/s)
}

const rejected = { cause: 'amc-rejected' } as const
const refused = { cause: 'amc-refused', kind: 'refused' } as const

/** Every text that was recorded from AMC or that its front end is known to have, and what in the query it speaks of. */
const texts: [message: string, how: { cause: FailureCause; kind?: AmcErrorKind }, place: string | null][] = [
  [
    '{"code":"400","details":"Was unable to compile workflow wf_9 because it was found to be invalid: Filter operation filter_operation referenced an undeclared parameter ad_product_type."}',
    refused,
    null,
  ],
  [
    'From line 2, column 6 to line 2, column 20: Number of columns must match number of query columns',
    rejected,
    'dsp_impressions',
  ],
  ['Encountered "b" at line 3, column 25', rejected, '{{names}}'],
  ['Encountered { at line 1, column 8', rejected, 'c'],
  ["Object 'dsp_impressions' not found", rejected, 'dsp_impressions'],
  ["Column 'campaign' not found in any table", rejected, 'campaign'],
  ["Column 'campaign' not found in table 'dsp_impressions'", rejected, 'campaign'],
  ["Column 'campaign' is ambiguous", rejected, 'campaign'],
  ['No match found for function signature DATE_ADD(<CHARACTER>, <NUMERIC>)', rejected, null],
  ['The workflow parameter campaign_pattern is defined multiple times', rejected, null],
  ['Neither workflow ID or workflow were specified', refused, null],
  [
    'Execution "X" of workflow "Y" could not be run because too many workflows have already been run against the same input data sources in the same or overlapping time windows.',
    rejected,
    null,
  ],
  ['Execution with ID 1 is unavailable for download.', { cause: 'results-lost', kind: 'not-found' }, null],
  ['Invalid tables in the SQL query: Use audience-specific tables in the query.', rejected, null],
  ['A syntax error ... Are you missing <WITH> or <SELECT>?', rejected, null],
  ['SQL query was invalid', rejected, null],
  ['Unsupported scalar operation type ||', rejected, null],
  ["At line 1, column 8: Expression 'campaign' is not being grouped", rejected, 'c'],
  ["Expression 'x' is not in the select clause", rejected, null],
  ['Aggregate expression is illegal in WHERE clause', rejected, null],
  ['Aggregate expressions cannot be nested', rejected, null],
  ['Windowed aggregate expression is illegal in WHERE clause', rejected, null],
  ['RANK or DENSE_RANK functions require ORDER BY clause in window specification', rejected, null],
  ['OVER clause is necessary for window functions', rejected, null],
  ["Invalid number of arguments to function 'SUM'. Was expecting 1 arguments", rejected, null],
  ["Cannot apply '+' to arguments of type '<CHAR> + <DATE>'. Supported form(s): x", rejected, null],
  ['Column count mismatch in UNION', rejected, null],
  ['Type mismatch in column 2 of UNION ALL', rejected, null],
  ['Values passed to VALUES operator must have compatible types', rejected, null],
  ["Duplicate relation name 't' in FROM clause", rejected, null],
  ['INNER, LEFT, RIGHT or FULL join requires a condition (NATURAL keyword or ON or USING clause)', rejected, null],
  ['Cast function cannot convert value of type DATE to type BOOLEAN', rejected, null],
  ["Unknown datatype name 'TEXT'", rejected, null],
  ['WHERE clause must be a condition', rejected, null],
  ['Ordinal out of range', rejected, null],
  ['Illegal mixing of types in CASE or COALESCE statement', rejected, null],
  ['ORDER BY unexpected', rejected, null],
  ['Lexical error at line 1, column 8.  Encountered: "\\u00a0" (160), after : ""', rejected, 'c'],
  ['Workflow execution with ID 1 does not exist.', { cause: 'results-lost', kind: 'refused' }, null],
  ['Workflow with ID weekly does not exist', refused, null],
  ['Workflow with ID weekly already exists.', refused, null],
  ['entityId provided is null', refused, null],
  ['Amazon-Advertising-API-MarketplaceId header is missing', refused, null],
  ['Unauthorized request.', { cause: 'amc-refused', kind: 'forbidden' }, null],
  ['Authentication failed', { cause: 'amc-refused', kind: 'unauthorized' }, null],
  ['Terms and conditions must be accepted to continue', { cause: 'amc-refused', kind: 'forbidden' }, null],
  ['Too Many Requests', { cause: 'amc-refused', kind: 'throttled' }, null],
  ['Endpoint request timed out', { cause: 'amc-refused', kind: 'unavailable' }, null],
  ["Unrecognized token 'x': was expecting a JSON object", refused, null],
  ['The workflow parameter day has no value and no default value', rejected, null],
  ['Executions in a sandbox instance must set requireSyntheticData to true.', rejected, null],
  ['requireSyntheticData is only available in sandbox instances.', rejected, null],
  ['disableAggregationControls is only available with synthetic data.', rejected, null],
  ['Workflows that are defined by operations can no longer be executed', rejected, null],
  ['Output columns [a] do not match the declared output columns [b]', rejected, null],
  ['The query took longer than its time limit', { cause: 'amc-failed' }, null],
  ['timeWindowEnd must be later than timeWindowStart', refused, null],
  ['Out of memory: could not allocate 1 GB', { cause: 'amc-failed' }, null],
]

describe('S-092 S-187: every text of AMC says what failed, where, why and what to do', () => {
  test.each(texts)('%s', (message, how, place) => {
    const told = report(message, how)
    expectWhole(told)
    const { template: found, sent } = told.where
    expect(found === null ? null : template.slice(found.from, found.to)).toBe(place)
    expect(sent === null).toBe(place === null)
    expect(told.amcMessage).toBe(message)
    // What the words name without a place is marked as probable only.
    const isPlaced = /line \d+, column \d+/.test(message)
    expect(told.where.isCertain).toBe(isPlaced)
  })

  test('no words at all, and a call that was answered by nothing that is known', () => {
    for (const cause of ['amc-refused', 'amc-rejected', 'amc-failed', 'results-lost', 'results-unreadable'] as const)
      for (const message of [null, 'The moon is full']) {
        const told = report(message, { cause })
        expectWhole(told)
        expect(told.corrections).toEqual([])
      }
  })
})

/** The emulator answers with these: the rules of the language in the frames of AMC's front end, and its privacy rules in our words. */
const ruled = ruleEntries.flatMap((entry) => {
  // What is forced to be an audience has words of its own above.
  if (entry.given?.audience === true) return []
  const { diagnostics } = analyze(entry.bad, schema, { ...entry.given, placeholders: false })
  const fault = diagnostics.find((one) => one.severity === 'error' && one.ours !== true)
  return fault === undefined ? [] : [{ title: entry.title, bad: entry.bad, fault }]
})

describe('S-097: every rule that the emulator refuses a query by is told at its place', () => {
  test('there are enough of them to mean all', () => expect(ruled.length).toBeGreaterThan(20))
  test.each(ruled)('$title', ({ bad, fault }) => {
    const told = report(amcText(fault, bad), rejected, bad)
    expectWhole(told)
    expect(told.where.template).not.toBeNull()
  })
})
