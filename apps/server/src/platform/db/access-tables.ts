import type {
  AccessTokenId,
  AuditAction,
  AuditEntry,
  AuditObject,
  InvitationId,
  Role,
  TokenScope,
  UserId,
  WorkspaceId,
} from '@recomamp/contracts'
import type { ColumnType, GeneratedAlways } from 'kysely'

export interface WorkspacesTable {
  id: WorkspaceId
  name: string
  created_at: Date
  /** How many days things are kept; null: for ever. */
  result_days: ColumnType<number | null, never, number | null>
  audit_days: ColumnType<number | null, never, number | null>
  delivery_days: ColumnType<number, never, number>
  /** Being removed since then: it has no members any more, and is there until nothing of it is left. */
  deleted_at: ColumnType<Date | null, never, Date>
  /** Who goes with it, unless they are members elsewhere. */
  deleted_people: ColumnType<UserId[] | null, never, string>
}

export interface WorkspaceMembersTable {
  workspace_id: WorkspaceId
  user_id: UserId
  role: Role
  created_at: Date
}

export interface InvitationsTable {
  id: InvitationId
  workspace_id: WorkspaceId
  role: Role
  note: string
  secret_hash: string
  invited_by: UserId
  created_at: Date
  expires_at: Date
  withdrawn_at: ColumnType<Date | null, never, Date>
  accepted_at: ColumnType<Date | null, never, Date>
  accepted_by: ColumnType<UserId | null, never, UserId>
}

export interface PersonalTokensTable {
  id: AccessTokenId
  workspace_id: WorkspaceId
  user_id: UserId
  name: string
  hint: string
  secret_hash: string
  scopes: ColumnType<TokenScope[], string, never>
  created_at: Date
  expires_at: Date
  last_used_at: ColumnType<Date | null, never, Date>
  last_used_from: ColumnType<string | null, never, string>
  revoked_at: ColumnType<Date | null, never, Date>
}

/** Written once; the database refuses changes. */
export interface AuditLogTable {
  id: GeneratedAlways<string>
  workspace_id: ColumnType<WorkspaceId, WorkspaceId, never>
  at: ColumnType<Date, Date, never>
  action: ColumnType<AuditAction, AuditAction, never>
  user_id: ColumnType<UserId, UserId, never>
  user_name: ColumnType<string | null, string | null, never>
  via: ColumnType<'session' | 'token', 'session' | 'token', never>
  via_name: ColumnType<string | null, string | null, never>
  object_kind: ColumnType<AuditObject['kind'], AuditObject['kind'], never>
  object_id: ColumnType<string, string, never>
  object_name: ColumnType<string | null, string | null, never>
  detail: ColumnType<AuditEntry['detail'], string, never>
  address: ColumnType<string, string, never>
  user_agent: ColumnType<string | null, string | null, never>
  request_id: ColumnType<string, string, never>
}
