import { z } from 'zod'

/** Our own ids, all UUIDs, each a type of its own; Amazon's ids are in amc-wire (F-01, F-02). */
export const UserId = z.uuid().brand<'UserId'>()
export type UserId = z.infer<typeof UserId>
export const WorkspaceId = z.uuid().brand<'WorkspaceId'>()
export type WorkspaceId = z.infer<typeof WorkspaceId>
export const SessionId = z.uuid().brand<'SessionId'>()
export type SessionId = z.infer<typeof SessionId>
export const InvitationId = z.uuid().brand<'InvitationId'>()
export type InvitationId = z.infer<typeof InvitationId>
export const AccessTokenId = z.uuid().brand<'AccessTokenId'>()
export type AccessTokenId = z.infer<typeof AccessTokenId>
export const ConnectionId = z.uuid().brand<'ConnectionId'>()
export type ConnectionId = z.infer<typeof ConnectionId>
export const InstanceId = z.uuid().brand<'InstanceId'>()
export type InstanceId = z.infer<typeof InstanceId>
export const WorkflowId = z.uuid().brand<'WorkflowId'>()
export type WorkflowId = z.infer<typeof WorkflowId>
export const WorkflowVersionId = z.uuid().brand<'WorkflowVersionId'>()
export type WorkflowVersionId = z.infer<typeof WorkflowVersionId>
export const ExecutionId = z.uuid().brand<'ExecutionId'>()
export type ExecutionId = z.infer<typeof ExecutionId>
export const ExportId = z.uuid().brand<'ExportId'>()
export type ExportId = z.infer<typeof ExportId>
export const CopyId = z.uuid().brand<'CopyId'>()
export type CopyId = z.infer<typeof CopyId>
export const SnapshotId = z.uuid().brand<'SnapshotId'>()
export type SnapshotId = z.infer<typeof SnapshotId>
export const WebhookId = z.uuid().brand<'WebhookId'>()
export type WebhookId = z.infer<typeof WebhookId>
export const WebhookDeliveryId = z.uuid().brand<'WebhookDeliveryId'>()
export type WebhookDeliveryId = z.infer<typeof WebhookDeliveryId>
export const TemplateId = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/)
  .brand<'TemplateId'>()
export type TemplateId = z.infer<typeof TemplateId>
