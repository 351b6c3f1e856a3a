import type { AppEvent, WebhookEvent, WebhookMessageType, WorkspaceId } from '@recomamp/contracts'
import { sql } from 'kysely'
import type { Db } from '#platform/db/tables.ts'

/** Something to tell, before it is known to whom. */
export interface Message {
  readonly type: WebhookMessageType
  /** What it is about, by name. */
  readonly about: string
  /** The same for the same happening. */
  readonly dedupeKey: string
  /** The body, byte for byte: `{type, timestamp, data}`. */
  readonly payload: string
}

/** An event of the workspace as its row holds it. */
export interface Happening {
  readonly event: AppEvent
  readonly at: Date
}

type Of<Type extends AppEvent['type']> = { event: Extract<AppEvent, { type: Type }>; at: Date }

/** The messages that events give rise to, in their order, whoever wants them. Facts are read now; what has gone meanwhile tells nothing. */
export async function messagesOf(
  db: Db,
  workspaceId: WorkspaceId,
  happenings: readonly Happening[],
  webUrl: string | null,
): Promise<Message[]> {
  const parts = { db, workspaceId, webUrl }
  const messages = [
    ...(await ofExecutions(
      parts,
      happenings.filter((one) => isOf(one, 'execution-changed')),
    )),
    ...(await ofConnections(
      parts,
      happenings.filter((one) => isOf(one, 'connection-changed')),
    )),
    ...(await ofSchemas(
      parts,
      happenings.filter((one) => isOf(one, 'schema-read')),
    )),
  ]
  return messages.sort((a, b) => a.at.getTime() - b.at.getTime()).map(({ message }) => message)
}

/** The message that a person sends to see whether it arrives. */
export function testMessage(now: Date): Message {
  const data = { message: 'A test message of RecomAMP. What happens in the workspace arrives like this one.' }
  return messageOf('webhook.test', 'Test message', `test:${crypto.randomUUID()}`, now, data)
}

interface Parts {
  readonly db: Db
  readonly workspaceId: WorkspaceId
  readonly webUrl: string | null
}

interface Timed {
  readonly at: Date
  readonly message: Message
}

async function ofExecutions(parts: Parts, happenings: readonly Of<'execution-changed'>[]): Promise<Timed[]> {
  if (happenings.length === 0) return []
  const rows = await parts.db
    .selectFrom('workflow_executions as e')
    .innerJoin('workflows as w', 'w.id', 'e.workflow_id')
    .innerJoin('amc_instances as i', 'i.id', 'e.instance_id')
    .innerJoin('users as u', 'u.id', 'e.requested_by')
    .where('e.workspace_id', '=', parts.workspaceId)
    // A check by AMC is over in a moment, and whoever asked for it looks at it.
    .where('e.dry_run', '=', false)
    .where('e.id', 'in', [...new Set(happenings.map(({ event }) => event.executionId))])
    .select(['e.id', 'e.workflow_id', 'e.instance_id', 'e.amc_execution_id', 'e.requested_at', 'e.finished_at'])
    .select(['e.window_start', 'e.window_end', 'e.time_zone', 'e.row_count', 'e.filtered_row_count', 'e.failure'])
    .select(['w.name as workflow_name', 'i.name as instance_name', 'i.amc_instance_id', 'u.name as requested_by'])
    .execute()
  const known = new Map(rows.map((row) => [row.id, row]))
  return happenings.flatMap(({ event: { executionId, status }, at }) => {
    const row = known.get(executionId)
    if (row === undefined) return []
    const data = {
      executionId,
      status,
      workflowId: row.workflow_id,
      workflowName: row.workflow_name,
      instanceId: row.instance_id,
      instanceName: row.instance_name,
      amcInstanceId: row.amc_instance_id,
      amcExecutionId: row.amc_execution_id,
      requestedBy: row.requested_by,
      requestedAt: row.requested_at.toISOString(),
      window: { start: row.window_start, end: row.window_end, timeZone: row.time_zone },
      ...(status === 'completed'
        ? {
            finishedAt: row.finished_at?.toISOString() ?? null,
            rowCount: row.row_count === null ? null : Number(row.row_count),
            filteredRowCount: row.filtered_row_count === null ? null : Number(row.filtered_row_count),
          }
        : {}),
      ...(status === 'failed'
        ? {
            finishedAt: row.finished_at?.toISOString() ?? null,
            failure:
              row.failure === null
                ? null
                : {
                    cause: row.failure.cause,
                    message: row.failure.message,
                    amcMessage: row.failure.amcMessage,
                    line: row.failure.place?.line ?? null,
                    column: row.failure.place?.column ?? null,
                  },
          }
        : {}),
      url: linkTo(parts, `/executions/${executionId}`),
    }
    const types: WebhookEvent[] = ['execution.status_changed']
    if (status === 'completed') types.unshift('execution.completed')
    if (status === 'failed') types.unshift('execution.failed')
    return types.map((type) => ({
      at,
      message: messageOf(type, row.workflow_name, `${type}:${executionId}:${status}`, at, data),
    }))
  })
}

/** Once for each consent that ends without anybody here having ended it. */
async function ofConnections(parts: Parts, happenings: readonly Of<'connection-changed'>[]): Promise<Timed[]> {
  if (happenings.length === 0) return []
  const rows = await parts.db
    .selectFrom('connections as c')
    .innerJoin('users as u', 'u.id', 'c.user_id')
    .where('c.workspace_id', '=', parts.workspaceId)
    .where('c.health', '=', 'needs-reconnect')
    .where('c.reconnect_reason', 'in', ['revoked', 'unreadable'])
    .where('c.id', 'in', [...new Set(happenings.map(({ event }) => event.connectionId))])
    .select(['c.id', 'c.provider', 'c.region', 'c.reconnect_reason', 'c.consented_at', 'u.name'])
    .execute()
  return rows.map((row) => {
    const at = happenings.find(({ event }) => event.connectionId === row.id)?.at ?? new Date(0)
    const data = {
      connectionId: row.id,
      provider: row.provider,
      region: row.region,
      consentOf: row.name,
      reason: row.reconnect_reason,
      url: linkTo(parts, '/settings/connections'),
    }
    const about = `${row.provider} ${row.region.toUpperCase()}, ${row.name ?? 'unknown'}`
    const key = `connection.reconnect_needed:${row.id}:${row.consented_at.toISOString()}`
    return { at, message: messageOf('connection.reconnect_needed', about, key, at, data) }
  })
}

/** Readings that found something changed; the first one of an instance has nothing to compare. */
async function ofSchemas(parts: Parts, happenings: readonly Of<'schema-read'>[]): Promise<Timed[]> {
  const messages: Timed[] = []
  for (const {
    event: { instanceId },
    at,
  } of happenings) {
    const row = await parts.db
      .selectFrom('schema_snapshots as s')
      .innerJoin('amc_instances as i', 'i.id', 's.instance_id')
      .where('s.workspace_id', '=', parts.workspaceId)
      .where('s.instance_id', '=', instanceId)
      .where('s.changes', 'is not', null)
      // Written by the same reading, a moment before it was told.
      .where('s.first_read_at', '>', sql<Date>`${at}::timestamptz - interval '1 minute'`)
      .where('s.first_read_at', '<=', at)
      .orderBy('s.first_read_at', 'desc')
      .select(['s.id', 's.changes', 'i.name', 'i.amc_instance_id'])
      .executeTakeFirst()
    if (row === undefined || row.changes === null) continue
    const { tablesAdded, tablesRemoved, tablesChanged } = row.changes
    const data = {
      instanceId,
      instanceName: row.name,
      amcInstanceId: row.amc_instance_id,
      snapshotId: row.id,
      tablesAdded,
      tablesRemoved,
      tablesChanged: tablesChanged.map(({ name, columnsAdded, columnsRemoved, columnsChanged }) => ({
        name,
        columnsAdded,
        columnsRemoved,
        columnsChanged: columnsChanged.map((column) => column.name),
      })),
      url: linkTo(parts, `/instances/${instanceId}`),
    }
    messages.push({ at, message: messageOf('schema.changed', row.name, `schema.changed:${row.id}`, at, data) })
  }
  return messages
}

function messageOf(type: WebhookMessageType, about: string, dedupeKey: string, at: Date, data: object): Message {
  return { type, about, dedupeKey, payload: JSON.stringify({ type, timestamp: at.toISOString(), data }) }
}

function linkTo({ webUrl }: Parts, path: string): string | null {
  return webUrl === null ? null : `${webUrl}${path}`
}

function isOf<Type extends AppEvent['type']>(one: Happening, type: Type): one is Of<Type> {
  return one.event.type === type
}
