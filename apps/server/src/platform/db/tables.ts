import type { DataSource, Field, QueryTemplateFile, Relationship } from '@recomamp/amc-catalogue'
import type { AmcErrorKind } from '@recomamp/amc-client'
import type { AmcExecutionId, AmcInstanceId, AmcWorkflowId, EntityId, MarketplaceId } from '@recomamp/amc-wire'
import type {
  AmcAnswer,
  Cancellation,
  CatalogueCheckFailure,
  CatalogueOrigin,
  ChartDescription,
  ConnectionId,
  CopyId,
  ExecutionFailure,
  ExecutionId,
  ExecutionStatus,
  ExportFormat,
  ExportId,
  InstanceId,
  LiveTable,
  ParameterDeclaration,
  ParameterValues,
  PrivacyFilteringBehavior,
  Provider,
  Region,
  ResultColumn,
  SchemaChange,
  SessionId,
  SnapshotId,
  TemplateId,
  UserId,
  WorkflowContent,
  WorkflowId,
  WorkflowVersionId,
  WorkspaceId,
} from '@recomamp/contracts'
import type { ColumnType, Generated, Kysely, Transaction } from 'kysely'
import type { z } from 'zod'
import type { EncryptedToken } from '#platform/crypto/tokens.ts'
import type { WebhookAttemptsTable, WebhookDeliveriesTable, WebhooksTable } from './webhook-tables.ts'
import type {
  AuditLogTable,
  InvitationsTable,
  PersonalTokensTable,
  WorkspaceMembersTable,
  WorkspacesTable,
} from './access-tables.ts'

/** The database, or a transaction on it. Inside a transaction only its own handle may be used: on PGlite any other waits for ever. */
export type Db = Kysely<Database>
export type Tx = Transaction<Database>

/** A jsonb column: read as a value, written as JSON text. */
type Json<T> = ColumnType<T, string, string>
/** As `Json`, with a default in the database. */
type JsonWithDefault<T> = ColumnType<T, string | undefined, string>
/** A bigint column: exact digits as text when read. */
type NullableBigint = ColumnType<string | null, string | number | null | undefined, string | number | null>
/** A column that may be left out when a row is written. */
type Optional<T> = ColumnType<T | null, T | null | undefined, T | null>

/** Every table as the migrations make it; a column that does not exist does not compile (F-54). */
export interface Database {
  users: UsersTable
  workspaces: WorkspacesTable
  workspace_members: WorkspaceMembersTable
  invitations: InvitationsTable
  personal_tokens: PersonalTokensTable
  audit_log: AuditLogTable
  sessions: SessionsTable
  sign_in_states: SignInStatesTable
  connections: ConnectionsTable
  amc_accounts: AmcAccountsTable
  amc_instances: AmcInstancesTable
  workflows: WorkflowsTable
  workflow_versions: WorkflowVersionsTable
  workflow_drafts: WorkflowDraftsTable
  workflow_executions: WorkflowExecutionsTable
  exports: ExportsTable
  amc_copies: AmcCopiesTable
  catalogue: CatalogueTable
  data_source_categories: { name: string }
  data_sources: {
    name: string
    position: number
    title: string
    category: string
    kind: 'fact' | 'dimension'
    content: Json<Omit<DataSource, 'fields'>>
  }
  data_source_tags: { source: string; tag: string }
  data_source_fields: {
    source: string
    name: string
    position: number
    data_type: string
    column_type: 'dimension' | 'metric'
    aggregation_threshold: string
    content: Json<Field>
  }
  data_source_examples: {
    source: string
    slug: string
    position: number
    title: string
    answers: string
    sql_query: string
  }
  data_source_relationships: {
    position: number
    from_source: string
    to_source: string
    content: Json<Relationship>
  }
  live_schemas: LiveSchemasTable
  schema_snapshots: SchemaSnapshotsTable
  idempotency_keys: {
    workspace_id: WorkspaceId
    key: string
    request_hash: string
    execution_id: ExecutionId
    created_at: Date
  }
  query_templates: QueryTemplatesTable
  server_processes: ServerProcessesTable
  webhooks: WebhooksTable
  webhook_deliveries: WebhookDeliveriesTable
  webhook_attempts: WebhookAttemptsTable
  events: { id: Generated<string>; workspace_id: WorkspaceId; type: string; payload: Json<unknown>; created_at: Date }
}

/** How a background loop of a process goes. */
export interface LoopRecord {
  readonly name: string
  readonly everyMs: number
  readonly lastSignAt: string
  readonly rounds: readonly { readonly at: string; readonly tookMs: number; readonly failed: boolean }[]
}

/** Calls to AMC of one operation: how many came to which end, and how many were answered within which seconds. */
export interface CallRecord {
  readonly operation: string
  readonly outcomes: Readonly<Record<string, number>>
  readonly within: Readonly<Record<string, number>>
}

interface ServerProcessesTable {
  id: string
  role: string
  version: string
  started_at: Date
  seen_at: Date
  loops: Json<LoopRecord[]>
  calls: Json<CallRecord[]>
}

interface UsersTable {
  id: UserId
  provider: Provider
  amazon_user_id: string
  email: string | null
  name: string | null
  created_at: Date
  updated_at: Date
  last_workspace_id: Optional<WorkspaceId>
}

interface SessionsTable {
  id: SessionId
  user_id: UserId
  workspace_id: WorkspaceId
  generation: Generated<number>
  rotated_at: Date
  created_at: Date
  last_used_at: Date
  expires_at: Date
  ended_at: Optional<Date>
  user_agent: string | null
  address: Optional<string>
  replaces_session: Optional<SessionId>
  renewal_key: Optional<string>
}

interface SignInStatesTable {
  state_hash: string
  browser_hash: string
  provider: Provider
  region: Region
  code_verifier_encrypted: EncryptedToken
  return_to: string
  redirect_uri: string
  created_at: Date
  expires_at: Date
  used_at: Optional<Date>
  connects: Generated<boolean>
  replaces_session: SessionId | null
}

interface ConnectionsTable {
  id: ConnectionId
  workspace_id: WorkspaceId
  user_id: UserId
  provider: Provider
  region: Region
  /** Both tokens are null once the person has ended the connection. */
  access_token_encrypted: EncryptedToken | null
  refresh_token_encrypted: EncryptedToken | null
  previous_refresh_token_encrypted: Optional<EncryptedToken>
  access_token_expires_at: Date
  consented_at: Date
  health: ColumnType<
    'healthy' | 'needs-reconnect',
    'healthy' | 'needs-reconnect' | undefined,
    'healthy' | 'needs-reconnect'
  >
  reconnect_reason: Optional<'revoked' | 'unreadable' | 'disconnected'>
  refresh_lease_until: Optional<Date>
  checked_at: Optional<Date>
  check_error: Optional<string>
  check_requested_at: Optional<Date>
  check_lease_until: Optional<Date>
  discovery_requested_at: Optional<Date>
  discovery_lease_until: Optional<Date>
  discovered_at: Optional<Date>
  discovery_error: Optional<string>
  created_at: Date
  updated_at: Date
}

interface AmcAccountsTable {
  id: string
  workspace_id: WorkspaceId
  connection_id: ConnectionId
  entity_id: EntityId
  marketplace_id: MarketplaceId
  name: string
  created_at: Date
  updated_at: Date
}

interface AmcInstancesTable {
  id: InstanceId
  workspace_id: WorkspaceId
  account_id: string
  connection_id: ConnectionId
  amc_instance_id: AmcInstanceId
  name: string
  amc_name: string
  type: 'STANDARD' | 'SANDBOX'
  customer_name: string | null
  brands: JsonWithDefault<string[]>
  notes: Generated<string>
  settled_after_days: Generated<number>
  window_days: Generated<number>
  time_zone: Generated<string>
  removed_at: Optional<Date>
  available: ColumnType<boolean, boolean | undefined, boolean>
  added_by: 'discovery' | 'hand'
  schema_next_read_at: Optional<Date>
  schema_lease_until: Optional<Date>
  schema_failure: Optional<string>
  discovered_at: Date
  created_at: Date
  updated_at: Date
}

interface WorkflowsTable {
  id: WorkflowId
  workspace_id: WorkspaceId
  user_id: UserId
  instance_id: InstanceId | null
  template_id: TemplateId | null
  name: string
  sql_query: string
  parameters: JsonWithDefault<ParameterDeclaration[]>
  parameter_values: JsonWithDefault<z.infer<typeof ParameterValues>>
  version: Generated<number>
  tags: JsonWithDefault<string[]>
  text_version: Generated<number>
  deleted_at: Optional<Date>
  chart: ColumnType<ChartDescription | null, string | null | undefined, string | null>
  created_at: Date
  updated_at: Date
}

interface WorkflowVersionsTable {
  id: WorkflowVersionId
  workspace_id: WorkspaceId
  workflow_id: WorkflowId
  version: number
  name: string
  sql_query: string
  parameters: Json<ParameterDeclaration[]>
  parameter_values: Json<z.infer<typeof ParameterValues>>
  saved_by: UserId
  saved_at: Date
  restored_from: Optional<number>
}

interface WorkflowDraftsTable {
  workspace_id: WorkspaceId
  workflow_id: WorkflowId
  user_id: UserId
  revision: number
  base_version: number
  content: Json<WorkflowContent>
  kept_at: Date
}

/** A failure as its row keeps it; what it means is told when it is read, so that better words reach old executions too. */
export type StoredFailure = Omit<ExecutionFailure, 'explanation' | 'sent'> & {
  /** Of a refused call only. */
  kind?: AmcErrorKind
  sent?: ExecutionFailure['sent']
}

interface WorkflowExecutionsTable {
  id: ExecutionId
  workspace_id: WorkspaceId
  workflow_id: WorkflowId
  workflow_version: number | null
  base_version: number | null
  instance_id: InstanceId
  requested_by: UserId
  status: ExecutionStatus
  amc_status: Optional<string>
  amc_execution_id: Optional<AmcExecutionId>
  amc_workflow_id: AmcWorkflowId
  request: Json<unknown>
  template: string
  source_map: Json<unknown>
  window_start: string
  window_end: string
  time_zone: string
  parameter_values: Json<z.infer<typeof ParameterValues>>
  privacy_filtering_behavior: PrivacyFilteringBehavior
  warnings: JsonWithDefault<{ code: string; message: string }[]>
  failure: ColumnType<StoredFailure | null, string | null | undefined, string | null>
  result_data: ColumnType<unknown, string | null | undefined, string | null>
  result_columns: JsonWithDefault<ResultColumn[]>
  row_count: NullableBigint
  filtered_row_count: NullableBigint
  result_bytes: NullableBigint
  result_checksum: Optional<string>
  results_removed_at: Optional<Date>
  /** The rows are said to be removed, and their file may still be there. */
  result_file_waits: ColumnType<boolean, boolean | undefined, boolean>
  execution_time_seconds: Optional<number>
  requested_at: Date
  sent_at: Optional<Date>
  submitted_at: Optional<Date>
  running_at: Optional<Date>
  finished_at: Optional<Date>
  expires_at: Optional<Date>
  last_answer_at: Optional<Date>
  lease_until: Optional<Date>
  next_attempt_at: Optional<Date>
  attempts: Generated<number>
  dry_run: ColumnType<boolean, boolean | undefined, boolean>
  copy_definition: ColumnType<unknown, string | null | undefined, string | null>
  copy_hash: Optional<string>
  copy_recreated: ColumnType<boolean, boolean | undefined, boolean>
  cancel_requested_at: Optional<Date>
  cancel_failure: ColumnType<Cancellation['failure'], string | null | undefined, string | null>
  cancel_next_at: Optional<Date>
  cancel_attempts: Generated<number>
  amc_answers: JsonWithDefault<AmcAnswer[]>
  parameters: ColumnType<ParameterDeclaration[] | null, string | null | undefined, string | null>
  updated_at: Date
}

/** Why AMC did not take a change of a copy; what its words mean is told when it is read. */
export interface CopyFailure {
  message: string
  amcMessage: string | null
  amcRequestId: string | null
  kind?: AmcErrorKind
  again: boolean
}

interface AmcCopiesTable {
  id: CopyId
  workspace_id: WorkspaceId
  workflow_id: WorkflowId
  instance_id: InstanceId
  amc_workflow_id: AmcWorkflowId
  wanted: 'stored' | 'removed'
  version: number
  privacy_filtering_behavior: PrivacyFilteringBehavior
  definition: Json<unknown>
  hash: string
  stored_version: Optional<number>
  stored_hash: Optional<string>
  state: 'waiting' | 'settled' | 'failed'
  failure: ColumnType<CopyFailure | null, string | null | undefined, string | null>
  lease_until: Optional<Date>
  next_attempt_at: Optional<Date>
  attempts: Generated<number>
  synced_at: Optional<Date>
  updated_at: Date
}

interface CatalogueTable {
  id: 'current'
  hash: string
  origin: Json<CatalogueOrigin>
  imported_at: Date
  checked_source: Optional<string>
  etag: Optional<string>
  checked_at: Optional<Date>
  check_failure: ColumnType<CatalogueCheckFailure | null, string | null | undefined, string | null>
  next_check_at: Optional<Date>
  lease_until: Optional<Date>
}

interface LiveSchemasTable {
  workspace_id: WorkspaceId
  fingerprint: string
  table_names: Json<string[]>
  tables: Json<LiveTable[]>
  written_at: Date
}

interface SchemaSnapshotsTable {
  id: SnapshotId
  workspace_id: WorkspaceId
  instance_id: InstanceId
  fingerprint: string
  changes: ColumnType<SchemaChange | null, string | null, string | null>
  first_read_at: Date
  last_read_at: Date
}

interface ExportsTable {
  id: ExportId
  workspace_id: WorkspaceId
  execution_id: ExecutionId
  requested_by: UserId
  format: ExportFormat
  keeps_formulas: boolean
  status: 'queued' | 'running' | 'completed' | 'failed'
  file_name: string
  row_count: NullableBigint
  bytes: NullableBigint
  checksum: Optional<string>
  failure: Optional<string>
  attempts: Generated<number>
  lease_until: Optional<Date>
  next_attempt_at: Optional<Date>
  requested_at: Date
  finished_at: Optional<Date>
  expires_at: Optional<Date>
}

interface QueryTemplatesTable {
  template_id: TemplateId
  question: string
  name: string
  category: string
  tags: Json<string[]>
  difficulty: number
  tables: Json<string[]>
  sql_template: string
  parameters_schema: Json<ParameterDeclaration[]>
  reading: string
  is_public: ColumnType<boolean, boolean | undefined, boolean>
  usage_count: Generated<number>
  updated_at: Date
  /** What a template says beside its words. */
  content: Json<TemplateContent>
  /** Null for those that ship. */
  workspace_id: Optional<WorkspaceId>
  owner_id: Optional<UserId>
  forked_from: Optional<TemplateId>
}

export type TemplateContent = Partial<
  Pick<QueryTemplateFile, 'window' | 'pitfalls' | 'chart' | 'columns' | 'related' | 'tests'>
>
