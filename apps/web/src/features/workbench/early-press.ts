import type { WorkflowId } from '@recomamp/contracts'

/** The ways to run a query, each with its key. */
export type RunAct = 'start' | 'check' | 'tryLocally' | 'tryPart' | 'judgePrivacy'

let early: { act: RunAct; workflowId: WorkflowId | 'next' } | null = null

/** Keeps what was pressed before its query, or the instance that it belongs to, was there; `next` is the one that opens next. */
export function pressEarly(workflowId: WorkflowId | 'next', act: RunAct): void {
  early = { act, workflowId }
}

/** What was pressed for a query before it was there, once; what was pressed for another one is forgotten. */
export function takeEarlyPress(workflowId: WorkflowId): RunAct | null {
  const pressed = early
  early = null
  return pressed?.workflowId === workflowId || pressed?.workflowId === 'next' ? pressed.act : null
}

/** Somebody left the query before it was there: opened again later, nothing runs by itself. */
export function forgetEarlyPress(workflowId: WorkflowId): void {
  if (early?.workflowId === workflowId) early = null
}
