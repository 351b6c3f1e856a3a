import { randomUUID } from 'node:crypto'
import type { AcceptedRun } from '../amc/execution-request.ts'
import type { Context } from '../context.ts'
import { insertExecution } from '../state/executions.store.ts'
import type { Runner } from './runner.ts'
import { utcWindow } from './window.ts'

/** Writes an execution and hands it to the runner; gives its id. `also` is written with it or not at all. */
export function acceptRun(
  ctx: Context,
  runner: Runner,
  given: { instanceId: string; workflowId: string; run: AcceptedRun },
  also?: () => void,
): string {
  const id = randomUUID()
  const now = ctx.now()
  // A relative window is counted from the moment the run begins; the answer to its creation has none (guide ad-hoc-workflow).
  const window = given.run.window.type === 'EXPLICIT' ? utcWindow(given.run.window, now) : null
  insertExecution(ctx.db, { id, ...given, window, createdAt: now.getTime() }, also)
  runner.accept(id, given.instanceId)
  return id
}
