import type { AmcExecutionId, AmcWorkflowId } from '@recomamp/amc-wire'
import type { ExecutionId, ExecutionStatus } from '@recomamp/contracts'
import type { ReachableInstance } from '#features/instances/index.ts'
import type { Log } from '#platform/log/log.ts'

type Ids = Pick<ReachableInstance, 'id' | 'amcInstanceId'>

function idsOf(instance: Ids) {
  return { instanceId: instance.id, amcInstanceId: instance.amcInstanceId }
}

/** What the log tells about executions: both ids, never a query's text. */
export const executionEvents = {
  queued(log: Log, run: { executionId: ExecutionId; instance: Ids; amcWorkflowId: AmcWorkflowId }): void {
    const { executionId, amcWorkflowId } = run
    log.info({ executionId, amcWorkflowId, ...idsOf(run.instance) }, 'an execution was recorded')
  },
  sending(log: Log, executionId: ExecutionId): void {
    log.info({ executionId, status: 'submitting' }, 'an execution is being sent')
  },
  changed(log: Log, executionId: ExecutionId, status: ExecutionStatus, amcExecutionId: AmcExecutionId | null): void {
    log.info({ executionId, amcExecutionId, status }, 'an execution changed')
  },
  answerLost(log: Log, executionId: ExecutionId, error: unknown): void {
    log.warn({ err: error, executionId }, 'the answer to a submission was lost; the run is looked for')
  },
  copyGone(log: Log, executionId: ExecutionId, amcWorkflowId: AmcWorkflowId): void {
    log.warn({ executionId, amcWorkflowId }, 'AMC no longer has the copy that a run names; it is given back')
  },
  postponed(log: Log, executionId: ExecutionId, until: Date, error: unknown): void {
    log.warn({ err: error, executionId, until }, 'a submission was postponed')
  },
  adopted(log: Log, executionId: ExecutionId, amcExecutionId: AmcExecutionId): void {
    log.warn({ executionId, amcExecutionId }, 'a run whose answer was lost was found at AMC')
  },
  repeated(log: Log, executionId: ExecutionId): void {
    log.warn({ executionId }, 'AMC does not know the run after the settle time; it is sent again')
  },
  cancelRequested(log: Log, executionId: ExecutionId): void {
    log.info({ executionId }, 'an execution is to end')
  },
  cancelFailed(log: Log, executionId: ExecutionId, error: unknown): void {
    log.warn({ err: error, executionId }, 'AMC could not be asked to end an execution')
  },
  workFailed(log: Log, job: string, error: unknown): void {
    log.error({ err: error, job }, 'work on the executions of an instance failed')
  },
  lookFailed(log: Log, instance: Ids, error: unknown): void {
    log.warn({ err: error, ...idsOf(instance) }, 'a lost run could not be looked for')
  },
  pollFailed(log: Log, instance: Ids, again: Date, error: unknown): void {
    log.warn({ err: error, again, ...idsOf(instance) }, 'the executions of an instance could not be asked for')
  },
  ingestFailed(log: Log, executionId: ExecutionId, again: Date, error: unknown): void {
    log.warn({ err: error, executionId, again }, 'a result could not be fetched')
  },
  stored(log: Log, executionId: ExecutionId, figures: { rowCount: number; bytes: number; took: number }): void {
    log.info({ executionId, ...figures }, 'a result was stored')
  },
}
