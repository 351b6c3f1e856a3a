import { WorkflowId } from '@recomamp/contracts'
import { readStored, writeStored } from '#platform/stored.ts'

const key = 'recomamp.last-workflow'

/** The query that was open last in this browser. */
export function lastWorkflow(): WorkflowId | null {
  return WorkflowId.safeParse(readStored('local', key)).data ?? null
}

export function rememberLastWorkflow(id: WorkflowId | null): void {
  writeStored('local', key, id)
}
