import { Workflow, type WorkflowContent } from '@recomamp/contracts'

/** When everything of a sample was done. */
export const at = '2026-11-22T10:00:00.000Z'
const user = { id: '0b0e7a52-6d0b-4d6e-9d0e-000000000001', name: 'Ana' }

/** A query as the server tells it, for tests of what edits it. */
export function aWorkflow(
  current: WorkflowContent,
  version: number,
  draft: (WorkflowContent & { revision: number; baseVersion: number }) | null,
): Workflow {
  return Workflow.parse({
    id: '0b0e7a52-6d0b-4d6e-9d0e-000000000002',
    name: 'Reach',
    version,
    instance: null,
    author: user,
    tags: [],
    latestExecution: null,
    copies: null,
    draftKeptAt: null,
    deletedAt: null,
    createdAt: at,
    updatedAt: at,
    current: { ...current, version, savedAt: at, savedBy: user },
    draft: draft && { ...draft, keptAt: at },
    templateId: null,
    chart: null,
  })
}
