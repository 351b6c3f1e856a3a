import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { UserId } from './ids.ts'
import { Instant, PageQuery, page } from './paging.ts'

/** Everything that the log tells of: one word for what was done to what. */
export const AuditAction = z.enum([
  'signed-in',
  'signed-out',
  'session-ended',
  'token-created',
  'token-revoked',
  'workspace-renamed',
  'workspace-transferred',
  'keeping-changed',
  'member-invited',
  'invitation-withdrawn',
  'member-joined',
  'member-left',
  'member-removed',
  'member-signed-out',
  'everybody-signed-out',
  'role-changed',
  'connection-made',
  'connection-tested',
  'connection-ended',
  'instances-asked-for',
  'instance-added',
  'instance-changed',
  'instance-removed',
  'schema-asked-for',
  'catalogue-asked-for',
  'query-created',
  'query-saved',
  'query-tagged',
  'query-trashed',
  'query-put-back',
  'query-purged',
  'query-downloaded',
  'chart-chosen',
  'copy-asked-for',
  'copy-removal-asked-for',
  'run-asked-for',
  'run-cancelled',
  'export-made',
  'export-downloaded',
  'template-made',
  'template-changed',
  'template-deleted',
  'audit-exported',
  'webhook-added',
  'webhook-changed',
  'webhook-secret-renewed',
  'webhook-removed',
  'webhook-tested',
  'webhook-redelivered',
])
export type AuditAction = z.infer<typeof AuditAction>

export const AuditObject = z.object({
  kind: z.enum([
    'session',
    'token',
    'workspace',
    'invitation',
    'member',
    'connection',
    'instance',
    'catalogue',
    'query',
    'execution',
    'export',
    'template',
    'audit',
    'webhook',
  ]),
  id: z.string(),
  /** What it was called then. */
  name: z.string().nullable(),
})
export type AuditObject = z.infer<typeof AuditObject>

export const AuditEntry = z.object({
  id: z.string(),
  at: Instant,
  action: AuditAction,
  /** Who did it, by the name of that day. */
  person: z.object({ id: UserId, name: z.string().nullable() }),
  /** What they came with: a session in a browser, or an access token by its name. */
  via: z.object({ kind: z.enum(['session', 'token']), name: z.string().nullable() }),
  object: AuditObject,
  /** What else there is to know, such as the role before and after. */
  detail: z.record(z.string(), z.unknown()),
  address: z.string(),
  userAgent: z.string().nullable(),
  requestId: z.string(),
})
export type AuditEntry = z.infer<typeof AuditEntry>

const auditFilter = {
  action: AuditAction.optional(),
  person: UserId.optional(),
  from: Instant.optional(),
  to: Instant.optional(),
}

/** Newest first. */
export const listAudit = endpoint({
  method: 'GET',
  path: '/api/audit',
  summary: 'Who did what to what, and from where',
  tag: 'audit',
  role: 'owner',
  query: PageQuery.extend(auditFilter),
  ok: { status: 200, body: page(AuditEntry) },
  problems: [],
})

/** All entries that the filter matches, oldest first, an entry a line (NDJSON). A POST, since it is an entry of the log itself. */
export const exportAudit = endpoint({
  method: 'POST',
  path: '/api/audit/export',
  summary: 'The whole log as a file of JSON lines',
  tag: 'audit',
  role: 'owner',
  body: z.strictObject(auditFilter),
  ok: { status: 200, body: z.unknown().describe('The lines of the file') },
  problems: [],
})
