import {
  AmcAccountPage,
  AmcAdvertiserPage,
  AmcDataSourceAnswer,
  AmcDataSourcePage,
  AmcDownloadUrls,
  AmcExecutionAnswer,
  AmcExecutionPage,
  AmcInstanceAnswer,
  AmcInstancePage,
  AmcScheduleAnswer,
  AmcSchedulePage,
  AmcWorkflowAnswer,
  AmcWorkflowPage,
  ExecutionSent,
  ScheduleSent,
  WorkflowSent,
} from '@recomamp/amc-wire'
import type { AmcDateTime, AmcExecutionId, AmcInstanceId, AmcTarget, AmcWorkflowId } from '@recomamp/amc-wire'
import { type AmcRequest, pathOf, queryOf } from './amc-request.ts'

/** Which page of a list: `nextToken` of the page before, or null for the first. */
export interface PageWanted {
  nextToken: string | null
  /** Items per page; 100 at most and where absent. */
  limit?: number
}

/** Which executions to list. AMC demands `workflowId` or `minCreationTime`, and hides cancelled ones unless told. */
export type ExecutionFilter = ({ workflowId: AmcWorkflowId } | { minCreationTime: AmcDateTime }) & {
  workflowId?: AmcWorkflowId
  minCreationTime?: AmcDateTime
  maxCreationTime?: AmcDateTime
  /** Zone of the two creation times; UTC where absent. */
  timeZone?: string
  includeCancelled?: boolean
  includeWorkflow?: boolean
  sortAscending?: boolean
}

/** Where a call goes, and which instance that is. */
type Place = Pick<AmcRequest<unknown>, 'path' | 'instance'>

const reporting = (instance: AmcInstanceId, ...rest: string[]): Place => ({
  instance,
  path: pathOf('amc', 'reporting', instance, ...rest),
})
const administration = (instance: AmcInstanceId, ...rest: string[]): Place => ({
  instance,
  path: pathOf('amc', 'instances', instance, ...rest),
})
const ofNoInstance = (path: string): Place => ({ instance: null, path })
const nothing = () => undefined

export const listAccountsRequest = ({ nextToken }: PageWanted) =>
  get('listAmcAccounts', null, ofNoInstance('/amc/accounts'), { nextToken }, (json) => AmcAccountPage.parse(json))

export const listInstancesRequest = (target: AmcTarget, page: PageWanted) =>
  get('listInstances', target, ofNoInstance('/amc/instances'), { ...page }, (json) => AmcInstancePage.parse(json))

export const getInstanceRequest = (target: AmcTarget, instance: AmcInstanceId) =>
  get('getInstance', target, administration(instance), {}, (json) => AmcInstanceAnswer.parse(json))

/** Whose signals are in the instance. */
export const listAdvertisersRequest = (target: AmcTarget, instance: AmcInstanceId, page: PageWanted) =>
  get('getInstanceAdvertisers', target, administration(instance, 'advertisers'), { ...page }, (json) =>
    AmcAdvertiserPage.parse(json),
  )

export const listDataSourcesRequest = (target: AmcTarget, instance: AmcInstanceId, page: PageWanted) =>
  get('listDataSources', target, reporting(instance, 'dataSources'), { ...page }, (json) =>
    AmcDataSourcePage.parse(json),
  )

export const getDataSourceRequest = (target: AmcTarget, instance: AmcInstanceId, name: string) =>
  get('getDataSource', target, reporting(instance, 'dataSources', name), {}, (json) => AmcDataSourceAnswer.parse(json))

export const listWorkflowsRequest = (target: AmcTarget, instance: AmcInstanceId, page: PageWanted) =>
  get('listWorkflows', target, reporting(instance, 'workflows'), { ...page }, (json) => AmcWorkflowPage.parse(json))

export const getWorkflowRequest = (target: AmcTarget, instance: AmcInstanceId, workflow: AmcWorkflowId) =>
  get('getWorkflow', target, reporting(instance, 'workflows', workflow), {}, (json) => AmcWorkflowAnswer.parse(json))

/** Compiled by AMC at once: a bad query is refused with 400. */
export const createWorkflowRequest = (target: AmcTarget, instance: AmcInstanceId, workflow: WorkflowSent) =>
  change('createWorkflow', 'POST', target, reporting(instance, 'workflows'), WorkflowSent.parse(workflow), nothing)

/** Replaces the stored workflow as a whole. */
export const updateWorkflowRequest = (target: AmcTarget, instance: AmcInstanceId, workflow: WorkflowSent) =>
  change(
    'updateWorkflow',
    'PUT',
    target,
    reporting(instance, 'workflows', workflow.workflowId),
    WorkflowSent.parse(workflow),
    nothing,
  )

export const deleteWorkflowRequest = (target: AmcTarget, instance: AmcInstanceId, workflow: AmcWorkflowId) =>
  change('deleteWorkflow', 'DELETE', target, reporting(instance, 'workflows', workflow), undefined, nothing)

/** Answered with PENDING before AMC has compiled anything; there is no idempotency key. Equal runs are equal byte for byte, in
 *  whatever order their values were kept. */
export const createExecutionRequest = (target: AmcTarget, instance: AmcInstanceId, run: ExecutionSent) => {
  const { parameterValues, ...rest } = ExecutionSent.parse(run)
  const inOrder = Object.entries(parameterValues ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return change(
    'createWorkflowExecution',
    'POST',
    target,
    reporting(instance, 'workflowExecutions'),
    { ...rest, ...(parameterValues !== undefined && { parameterValues: Object.fromEntries(inOrder) }) },
    (json) => AmcExecutionAnswer.parse(json),
  )
}

export const getExecutionRequest = (
  target: AmcTarget,
  instance: AmcInstanceId,
  execution: AmcExecutionId,
  options: { includeWorkflow?: boolean },
) =>
  get(
    'getWorkflowExecution',
    target,
    reporting(instance, 'workflowExecutions', execution),
    { includeWorkflow: options.includeWorkflow },
    (json) => AmcExecutionAnswer.parse(json),
  )

export const listExecutionsRequest = (
  target: AmcTarget,
  instance: AmcInstanceId,
  filter: ExecutionFilter,
  page: PageWanted,
) =>
  get('listWorkflowExecutions', target, reporting(instance, 'workflowExecutions'), { ...filter, ...page }, (json) =>
    AmcExecutionPage.parse(json),
  )

/** AMC confirms with an empty answer; the state is read afterwards. 400 when the execution has already ended. */
export const cancelExecutionRequest = (target: AmcTarget, instance: AmcInstanceId, execution: AmcExecutionId) =>
  change(
    'updateWorkflowExecution',
    'PUT',
    target,
    reporting(instance, 'workflowExecutions', execution),
    { status: 'CANCELLED' },
    nothing,
  )

export const downloadUrlsRequest = (target: AmcTarget, instance: AmcInstanceId, execution: AmcExecutionId) =>
  get(
    'getWorkflowExecutionDownloadUrls',
    target,
    reporting(instance, 'workflowExecutions', execution, 'downloadUrls'),
    {},
    (json) => AmcDownloadUrls.parse(json),
  )

export const listSchedulesRequest = (target: AmcTarget, instance: AmcInstanceId, page: PageWanted) =>
  get('listSchedules', target, reporting(instance, 'schedules'), { ...page }, (json) => AmcSchedulePage.parse(json))

export const getScheduleRequest = (target: AmcTarget, instance: AmcInstanceId, scheduleId: string) =>
  get('getSchedule', target, reporting(instance, 'schedules', scheduleId), {}, (json) => AmcScheduleAnswer.parse(json))

export const createScheduleRequest = (target: AmcTarget, instance: AmcInstanceId, schedule: ScheduleSent) =>
  change('createSchedule', 'POST', target, reporting(instance, 'schedules'), ScheduleSent.parse(schedule), nothing)

/** Replaces the schedule as a whole. */
export const updateScheduleRequest = (target: AmcTarget, instance: AmcInstanceId, schedule: ScheduleSent) =>
  change(
    'updateSchedule',
    'PUT',
    target,
    reporting(instance, 'schedules', schedule.scheduleId),
    ScheduleSent.parse(schedule),
    nothing,
  )

export const deleteScheduleRequest = (target: AmcTarget, instance: AmcInstanceId, scheduleId: string) =>
  change('deleteSchedule', 'DELETE', target, reporting(instance, 'schedules', scheduleId), undefined, nothing)

function get<Answer>(
  operation: string,
  target: AmcTarget | null,
  place: Place,
  query: Parameters<typeof queryOf>[0],
  read: (json: unknown) => Answer,
): AmcRequest<Answer> {
  return { operation, method: 'GET', ...place, query: queryOf(query), body: undefined, target, read }
}

function change<Answer>(
  operation: string,
  method: 'POST' | 'PUT' | 'DELETE',
  target: AmcTarget,
  place: Place,
  body: unknown,
  read: (json: unknown) => Answer,
): AmcRequest<Answer> {
  return { operation, method, ...place, query: {}, body, target, read }
}
