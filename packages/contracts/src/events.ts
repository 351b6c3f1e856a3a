import { z } from 'zod'
import { ConnectionId, ExecutionId, ExportId, InstanceId, WebhookId, WorkflowId } from './ids.ts'
import { ExecutionStatus } from './execution-status.ts'

/** What the stream `GET /api/events` tells. Each is a row; its number is the event id that Last-Event-ID resumes from. */
export const AppEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('execution-changed'),
    executionId: ExecutionId,
    workflowId: WorkflowId,
    status: ExecutionStatus,
  }),
  /** Their rows are past the time that the workspace keeps results. */
  z.object({ type: z.literal('results-removed'), executionIds: z.array(ExecutionId) }),
  z.object({ type: z.literal('export-changed'), exportId: ExportId, executionId: ExecutionId }),
  /** Saved, tagged, moved to the trash or out of it; drafts tell nothing. */
  z.object({ type: z.literal('workflows-changed'), workflowIds: z.array(WorkflowId) }),
  z.object({ type: z.literal('copy-changed'), workflowId: WorkflowId, instanceId: InstanceId }),
  z.object({ type: z.literal('instances-changed'), connectionId: ConnectionId }),
  z.object({ type: z.literal('schema-read'), instanceId: InstanceId }),
  z.object({ type: z.literal('connection-changed'), connectionId: ConnectionId }),
  /** Its settings, its state, or what was sent to it. */
  z.object({ type: z.literal('webhook-changed'), webhookId: WebhookId }),
])
export type AppEvent = z.infer<typeof AppEvent>

/** Read with fetch, Bearer and Last-Event-ID, never with a token in the address. */
export const eventsPath = '/api/events'
