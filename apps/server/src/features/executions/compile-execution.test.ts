import { AmcDateTime, AmcInstanceId, EntityId, MarketplaceId } from '@recomamp/amc-wire'
import {
  ConnectionId,
  ExecutionId,
  InstanceId,
  ParameterDeclaration,
  RunRequest,
  WorkspaceId,
  standardDefaults,
} from '@recomamp/contracts'
import { expect, test } from 'vitest'
import { compileExecution } from './compile-execution.ts'
import { explained, failureOf } from './amc-failure.ts'

const id = ExecutionId.parse('0197c2b4-0000-4000-8000-000000000001')
const instanceId = InstanceId.parse('0197c2b4-0000-4000-8000-000000000002')
const template =
  'SELECT campaign, SUM(impressions) AS impressions\nFROM dsp_impressions\nWHERE campaign IN ({{names}})\nGROUP BY campaign'

function compiled(rest: object = {}, type: 'STANDARD' | 'SANDBOX' = 'STANDARD', sqlQuery = template) {
  return compileExecution({
    id,
    text: { sqlQuery, parameters: [ParameterDeclaration.parse({ name: 'names', type: 'STRING', list: true })] },
    instance: {
      id: instanceId,
      workspaceId: WorkspaceId.parse('0197c2b4-0000-4000-8000-000000000004'),
      connectionId: ConnectionId.parse('0197c2b4-0000-4000-8000-000000000005'),
      amcInstanceId: AmcInstanceId.parse('amcexample1'),
      target: { entityId: EntityId.parse('ENTITY1'), marketplaceId: MarketplaceId.parse('ATVPDKIKX0DER') },
      name: 'An instance',
      type,
      defaults: standardDefaults,
    },
    run: RunRequest.parse({ version: 1, instanceId, values: { names: ["Mother's Day", 'b'] }, ...rest }),
    now: new Date('2026-11-22T10:00:00Z'),
  })
}

test('F-09 F-43: the request is complete: literals for values, the whole id, wall-clock times with the zone beside them', () => {
  const { request, warnings } = compiled()
  expect(warnings).toEqual([])
  expect(request).toEqual({
    workflow: {
      workflowId: `recomamp-${id}`,
      sqlQuery: template.replace('{{names}}', "'Mother''s Day', 'b'"),
      privacyFilteringBehavior: 'REMOVE_ROWS',
    },
    timeWindowType: 'EXPLICIT',
    timeWindowStart: '2026-11-01T00:00:00',
    timeWindowEnd: '2026-11-08T00:00:00',
    timeWindowTimeZone: 'UTC',
  })
})

test('F-08 F-09: a parameter that the query leaves to AMC is declared once in the request, and its value goes beside the text', () => {
  const text =
    "SELECT campaign, SUM(impressions) AS impressions\nFROM dsp_impressions\nWHERE ARRAY_CONTAINS(CUSTOM_PARAMETER('names'), campaign)\nGROUP BY campaign"
  const { request } = compiled({}, 'STANDARD', text)
  expect(request).toMatchObject({
    workflow: {
      sqlQuery: text,
      inputParameters: [
        { name: 'names', dataType: { type: 'ARRAY', elementDataType: 'STRING' }, columnType: 'DIMENSION' },
      ],
    },
    parameterValues: { names: ["Mother's Day", 'b'] },
  })
})

test('where values are blanked, AMC is asked to say so in columns that no column of the query is called by', () => {
  const { workflow } = compiled({ privacyFilteringBehavior: 'REMOVE_VALUES' }).request
  const names = [
    workflow?.filteredMetricsDiscriminatorColumn,
    workflow?.distinctUserCountColumn,
    workflow?.filteredReasonColumn,
  ]
  expect(workflow?.privacyFilteringBehavior).toBe('REMOVE_VALUES')
  expect(new Set(names).size).toBe(3)
  for (const name of names) expect(['campaign', 'impressions', undefined]).not.toContain(name)
})

test('a sandbox instance is asked for synthetic data, which it demands', () => {
  expect(compiled({}, 'SANDBOX').request).toMatchObject({ requireSyntheticData: true })
})

test('S-097: a place that AMC names in the text that it got is led back to the text of the user', () => {
  const run = compiled()
  const message = "From line 4, column 10 to line 4, column 17: Column 'campaign' is ambiguous"
  const { place, amcMessage } = failureOf('amc-rejected', { message, requestId: null }, run)
  expect(amcMessage).toBe(message)
  expect(place).toMatchObject({ line: 4, column: 10 })
  expect(template.slice(place?.from, place?.to)).toBe('campaign')
  const inValue = 'Encountered "Mother" at line 3, column 20'
  const value = failureOf('amc-rejected', { message: inValue, requestId: null }, run).place
  expect(template.slice(value?.from, value?.to)).toBe('{{names}}')
})

test('words of AMC without a place mark the first use of what they name, or nothing', () => {
  const run = compiled()
  const named = failureOf('amc-failed', { message: "Object 'dsp_impressions' not found", requestId: null }, run).place
  expect(template.slice(named?.from, named?.to)).toBe('dsp_impressions')
  expect(failureOf('amc-failed', { message: 'Something else', requestId: null }, run).place).toBeNull()
})

test('S-073: a denied access says whom the call was for and what to check; AMC’s words are explained, unknown ones are told to be unknown', () => {
  const run = compiled()
  const sent = { instanceId: 'amcabcdefgh', entityId: 'ENTITY1', marketplaceId: 'ATVPDKIKX0DER' }
  const denied = { message: 'Unauthorized request.', requestId: 'RID', kind: 'forbidden' as const, sent }
  const shown = explained(failureOf('amc-refused', denied, run))
  expect(shown.sent).toEqual(sent)
  expect(shown.explanation?.nextStep).toMatch(/instance belongs to the account.*marketplace/)
  const said = (message: string) => explained(failureOf('amc-rejected', { message, requestId: null }, run))
  expect(said("Object 'dsp_impresions' not found").explanation?.cause).toContain('no table dsp_impresions')
  expect(
    said(
      'Execution "X" of workflow "Y" could not be run because too many workflows have already been run against the same input data sources in the same or overlapping time windows.',
    ).explanation?.nextStep,
  ).toMatch(/another time window/)
  expect(said('Something else')).toMatchObject({ explanation: { title: 'AMC refused the query' }, sent: null })
})

test('a window that was asked for is the window that is sent', () => {
  const start = AmcDateTime.parse('2026-10-01T00:00:00')
  const end = AmcDateTime.parse('2026-10-02T12:30:00')
  const { request } = compiled({ window: { start, end, timeZone: 'America/New_York' } })
  expect([request.timeWindowStart, request.timeWindowEnd, request.timeWindowTimeZone]).toEqual([
    start,
    end,
    'America/New_York',
  ])
})
