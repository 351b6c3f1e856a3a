import { isDeepStrictEqual } from 'node:util'
import type { AmcExecution, AmcExecutionId, AmcWorkflowId, ExecutionSent } from '@recomamp/amc-wire'

/** The run that a submission without an answer led to: the oldest that no row holds and whose workflow, window, zone and
 *  values are those that were sent; null when there is none. */
export function findLostRun(
  listed: readonly AmcExecution[],
  sent: { amcWorkflowId: AmcWorkflowId; request: ExecutionSent },
  held: ReadonlySet<AmcExecutionId>,
): AmcExecution | null {
  const own = listed.filter((run) => !held.has(run.workflowExecutionId) && isRunOf(run, sent))
  const [oldest] = own.sort((a, b) => createdAt(a) - createdAt(b))
  return oldest ?? null
}

function isRunOf(run: AmcExecution, { amcWorkflowId, request }: Parameters<typeof findLostRun>[1]): boolean {
  // Many runs go by a copy's id, and their windows tell them apart.
  const isShared = request.workflowId !== undefined
  return (
    run.workflowId === amcWorkflowId &&
    says(run.timeWindowStartOriginal, request.timeWindowStart, isShared) &&
    says(run.timeWindowEndOriginal, request.timeWindowEnd, isShared) &&
    says(run.timeWindowTimeZoneOriginal, request.timeWindowTimeZone, isShared) &&
    isDeepStrictEqual(run.parameterValues ?? {}, request.parameterValues ?? {})
  )
}

/** What an answer leaves out contradicts nothing where the workflow id is of one run alone; a run not found is sent again. */
function says(answered: string | null, sent: string, isShared: boolean): boolean {
  return (answered === null && !isShared) || answered === sent
}

function createdAt(run: AmcExecution): number {
  const time = Date.parse(run.createTime ?? '')
  return Number.isNaN(time) ? Infinity : time
}
