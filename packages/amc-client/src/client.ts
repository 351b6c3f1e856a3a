import type {
  AmcAccount,
  AmcAdvertiser,
  AmcDataSource,
  AmcDownloadUrls,
  AmcExecution,
  AmcExecutionId,
  AmcInstance,
  AmcInstanceId,
  AmcSchedule,
  AmcTarget,
  AmcWorkflow,
  AmcWorkflowId,
  ExecutionSent,
  ScheduleSent,
  WorkflowSent,
} from '@recomamp/amc-wire'
import { type AmcRequest, type WireRequest, wireOf } from './amc-request.ts'
import { AmcError } from './amc-error.ts'
import { download } from './download.ts'
import type { Download } from './download.ts'
import * as requests from './requests.ts'
import type { ExecutionFilter, PageWanted } from './requests.ts'
import { type Pace, createPace } from './pace.ts'
import { send } from './send.ts'
import type { AmcCall, Sender, TokenSource } from './send.ts'

export interface AmcClientOptions {
  /** `https://advertising-api.amazon.com`, or the emulator's address. */
  baseUrl: string
  clientId: string
  tokens: TokenSource
  fetch?: typeof fetch
  log?: (call: AmcCall) => void
  /** Of one exchange, body included; of a download, without a byte. */
  timeoutMs?: number
  /** Shared by the clients of a process; without it the client keeps its own. */
  pace?: Pace
  now?: () => Date
}

export interface CallOptions {
  signal?: AbortSignal
}

export interface ListOptions extends CallOptions {
  /** Items per page, 1 to 100. */
  limit?: number
}

/** Typed calls to AMC. Lists yield one page at a time, as an array; an answer that is no success is an
 *  AmcError, the token source's own errors pass through, and a request that Amazon could not read is refused before it is sent. */
export interface AmcClient {
  listAccounts(options?: CallOptions): AsyncIterable<AmcAccount[]>
  listInstances(target: AmcTarget, options?: ListOptions): AsyncIterable<AmcInstance[]>
  getInstance(target: AmcTarget, instance: AmcInstanceId, options?: CallOptions): Promise<AmcInstance>
  listAdvertisers(target: AmcTarget, instance: AmcInstanceId, options?: ListOptions): AsyncIterable<AmcAdvertiser[]>
  listDataSources(target: AmcTarget, instance: AmcInstanceId, options?: ListOptions): AsyncIterable<AmcDataSource[]>
  getDataSource(target: AmcTarget, instance: AmcInstanceId, name: string, options?: CallOptions): Promise<AmcDataSource>
  listWorkflows(target: AmcTarget, instance: AmcInstanceId, options?: ListOptions): AsyncIterable<AmcWorkflow[]>
  getWorkflow(
    target: AmcTarget,
    instance: AmcInstanceId,
    workflow: AmcWorkflowId,
    options?: CallOptions,
  ): Promise<AmcWorkflow>
  createWorkflow(
    target: AmcTarget,
    instance: AmcInstanceId,
    workflow: WorkflowSent,
    options?: CallOptions,
  ): Promise<void>
  updateWorkflow(
    target: AmcTarget,
    instance: AmcInstanceId,
    workflow: WorkflowSent,
    options?: CallOptions,
  ): Promise<void>
  deleteWorkflow(
    target: AmcTarget,
    instance: AmcInstanceId,
    workflow: AmcWorkflowId,
    options?: CallOptions,
  ): Promise<void>
  createWorkflowExecution(
    target: AmcTarget,
    instance: AmcInstanceId,
    run: ExecutionSent,
    options?: CallOptions,
  ): Promise<AmcExecution>
  /** What `createWorkflowExecution` would send, byte for byte, but with the given text in the token's place; sends nothing. */
  describeWorkflowExecution(
    target: AmcTarget,
    instance: AmcInstanceId,
    run: ExecutionSent,
    maskedToken: string,
  ): WireRequest
  getWorkflowExecution(
    target: AmcTarget,
    instance: AmcInstanceId,
    execution: AmcExecutionId,
    options?: CallOptions & { includeWorkflow?: boolean },
  ): Promise<AmcExecution>
  listWorkflowExecutions(
    target: AmcTarget,
    instance: AmcInstanceId,
    filter: ExecutionFilter,
    options?: ListOptions,
  ): AsyncIterable<AmcExecution[]>
  /** Resolves once AMC has confirmed; read the execution afterwards. Kind `refused` when it had already ended. */
  cancelWorkflowExecution(
    target: AmcTarget,
    instance: AmcInstanceId,
    execution: AmcExecutionId,
    options?: CallOptions,
  ): Promise<void>
  getDownloadUrls(
    target: AmcTarget,
    instance: AmcInstanceId,
    execution: AmcExecutionId,
    options?: CallOptions,
  ): Promise<AmcDownloadUrls>
  listSchedules(target: AmcTarget, instance: AmcInstanceId, options?: ListOptions): AsyncIterable<AmcSchedule[]>
  getSchedule(
    target: AmcTarget,
    instance: AmcInstanceId,
    scheduleId: string,
    options?: CallOptions,
  ): Promise<AmcSchedule>
  createSchedule(
    target: AmcTarget,
    instance: AmcInstanceId,
    schedule: ScheduleSent,
    options?: CallOptions,
  ): Promise<void>
  updateSchedule(
    target: AmcTarget,
    instance: AmcInstanceId,
    schedule: ScheduleSent,
    options?: CallOptions,
  ): Promise<void>
  deleteSchedule(target: AmcTarget, instance: AmcInstanceId, scheduleId: string, options?: CallOptions): Promise<void>
  /** Opens a presigned link; sends no Amazon header. Kind `forbidden` when the link has expired. */
  download(url: string, options?: CallOptions): Promise<Download>
}

/** A client of one connection: its tokens, its region's host. Which account a call is for travels with the call. */
export function createAmcClient(options: AmcClientOptions): AmcClient {
  const now = options.now ?? (() => new Date())
  const sender: Sender = {
    baseUrl: options.baseUrl,
    clientId: options.clientId,
    tokens: options.tokens,
    fetch: options.fetch ?? fetch,
    log: options.log ?? (() => undefined),
    // Far below the 90 s after which a lost submission is looked for.
    timeoutMs: options.timeoutMs ?? 30_000,
    pace: options.pace ?? createPace(now),
    now,
  }
  const ask = <Answer>(request: AmcRequest<Answer>, call: CallOptions | undefined) =>
    send(sender, request, call?.signal)
  const pages = <Item>(call: ListOptions | undefined, request: (page: PageWanted) => AmcRequest<Page<Item>>) =>
    allPages((nextToken) => ask(request({ nextToken, ...limitOf(call) }), call))
  return {
    listAccounts: (o) => pages(o, requests.listAccountsRequest),
    listInstances: (target, o) => pages(o, (page) => requests.listInstancesRequest(target, page)),
    getInstance: (target, instance, o) => ask(requests.getInstanceRequest(target, instance), o),
    listAdvertisers: (target, instance, o) =>
      pages(o, (page) => requests.listAdvertisersRequest(target, instance, page)),
    listDataSources: (target, instance, o) =>
      pages(o, (page) => requests.listDataSourcesRequest(target, instance, page)),
    getDataSource: (target, instance, name, o) => ask(requests.getDataSourceRequest(target, instance, name), o),
    listWorkflows: (target, instance, o) => pages(o, (page) => requests.listWorkflowsRequest(target, instance, page)),
    getWorkflow: (target, instance, workflow, o) => ask(requests.getWorkflowRequest(target, instance, workflow), o),
    createWorkflow: async (target, instance, workflow, o) =>
      ask(requests.createWorkflowRequest(target, instance, workflow), o),
    updateWorkflow: async (target, instance, workflow, o) =>
      ask(requests.updateWorkflowRequest(target, instance, workflow), o),
    deleteWorkflow: (target, instance, workflow, o) =>
      ask(requests.deleteWorkflowRequest(target, instance, workflow), o),
    createWorkflowExecution: async (target, instance, run, o) =>
      ask(requests.createExecutionRequest(target, instance, run), o),
    describeWorkflowExecution: (target, instance, run, maskedToken) =>
      wireOf(requests.createExecutionRequest(target, instance, run), sender, maskedToken),
    getWorkflowExecution: (target, instance, execution, o) =>
      ask(requests.getExecutionRequest(target, instance, execution, o ?? {}), o),
    listWorkflowExecutions: (target, instance, filter, o) =>
      pages(o, (page) => requests.listExecutionsRequest(target, instance, filter, page)),
    cancelWorkflowExecution: (target, instance, execution, o) =>
      ask(requests.cancelExecutionRequest(target, instance, execution), o),
    getDownloadUrls: (target, instance, execution, o) =>
      ask(requests.downloadUrlsRequest(target, instance, execution), o),
    listSchedules: (target, instance, o) => pages(o, (page) => requests.listSchedulesRequest(target, instance, page)),
    getSchedule: (target, instance, scheduleId, o) => ask(requests.getScheduleRequest(target, instance, scheduleId), o),
    createSchedule: async (target, instance, schedule, o) =>
      ask(requests.createScheduleRequest(target, instance, schedule), o),
    updateSchedule: async (target, instance, schedule, o) =>
      ask(requests.updateScheduleRequest(target, instance, schedule), o),
    deleteSchedule: (target, instance, scheduleId, o) =>
      ask(requests.deleteScheduleRequest(target, instance, scheduleId), o),
    download: (url, o) => download(url, { fetch: sender.fetch, timeoutMs: sender.timeoutMs, signal: o?.signal }),
  }
}

interface Page<Item> {
  items: Item[]
  nextToken: string | null
}

function limitOf(call: ListOptions | undefined): { limit?: number } {
  return call?.limit === undefined ? {} : { limit: call.limit }
}

async function* allPages<Item>(ask: (nextToken: string | null) => Promise<Page<Item>>): AsyncGenerator<Item[]> {
  const asked = new Set<string>()
  let nextToken: string | null = null
  do {
    const page: Page<Item> = await ask(nextToken)
    yield page.items
    nextToken = page.nextToken
    // A service that leads in a circle must not keep us going for ever.
    if (nextToken !== null && asked.has(nextToken))
      throw new AmcError('unreadable', 'list', { detail: 'the same page token came twice' })
    if (nextToken !== null) asked.add(nextToken)
  } while (nextToken !== null)
}
