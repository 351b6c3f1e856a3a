import type { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Execution, oneExecution } from './executions.ts'

/** Where a result comes from, to be handed on with it: enough to know it again and to make it again. */
export const ProvenanceRecord = Execution.pick({
  workflow: true,
  version: true,
  baseVersion: true,
  template: true,
  textHash: true,
  sqlSent: true,
  parameters: true,
  values: true,
  window: true,
  privacyFilteringBehavior: true,
  instance: true,
  amcWorkflowId: true,
  amcExecutionId: true,
  requestedBy: true,
  requestedAt: true,
  finishedAt: true,
  rowCount: true,
  filteredRowCount: true,
  provenance: true,
}).extend({ executionId: Execution.shape.id })
export type ProvenanceRecord = z.infer<typeof ProvenanceRecord>

export const getProvenance = endpoint({
  method: 'GET',
  path: '/api/executions/:executionId/provenance',
  summary: 'Where the result of an execution comes from',
  tag: 'executions',
  role: 'viewer',
  params: oneExecution,
  ok: { status: 200, body: ProvenanceRecord },
  problems: ['execution-not-found'],
})
