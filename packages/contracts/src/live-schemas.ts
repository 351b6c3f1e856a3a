import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { InstanceId, SnapshotId, WorkflowId } from './ids.ts'
import { Instant, PageQuery, page } from './paging.ts'

/** What Amazon says of a table: NEW, RENAMED or DEPRECATED, with its own words. */
export const LiveTag = z.object({
  type: z.string(),
  title: z.string().nullable(),
  subtext: z.string().nullable(),
  description: z.string().nullable(),
})
export type LiveTag = z.infer<typeof LiveTag>

/** A table as an instance has it; null is what Amazon did not say. Thresholds are in no answer of Amazon's. */
export const LiveTable = z.object({
  name: z.string(),
  description: z.string().nullable(),
  /** The customer's own upload. */
  uploaded: z.boolean(),
  tags: z.array(LiveTag),
  columns: z.array(
    z.object({
      name: z.string(),
      description: z.string().nullable(),
      role: z.enum(['dimension', 'metric']).nullable(),
      /** `LONG`, `ARRAY<STRING>`. */
      type: z.string().nullable(),
    }),
  ),
})
export type LiveTable = z.infer<typeof LiveTable>

const ColumnState = z.object({ type: z.string().nullable(), role: z.enum(['dimension', 'metric']).nullable() })

/** What is different from the snapshot before. */
export const SchemaChange = z.object({
  tablesAdded: z.array(z.string()),
  tablesRemoved: z.array(z.string()),
  tablesChanged: z.array(
    z.object({
      name: z.string(),
      columnsAdded: z.array(z.string()),
      columnsRemoved: z.array(z.string()),
      columnsChanged: z.array(z.object({ name: z.string(), before: ColumnState, after: ColumnState })),
      /** Types of tags. */
      tagsAdded: z.array(z.string()),
      tagsRemoved: z.array(z.string()),
    }),
  ),
})
export type SchemaChange = z.infer<typeof SchemaChange>

/** A saved query that names something that has changed. */
export const TouchedQuery = z.object({
  workflowId: WorkflowId,
  name: z.string(),
  tables: z.array(z.string()),
  /** Of these tables: columns that are gone or are another type. */
  columns: z.array(z.string()),
  /** A table or column that it names is gone. */
  breaks: z.boolean(),
})
export type TouchedQuery = z.infer<typeof TouchedQuery>

/** How far the reading of an instance's tables is. */
export const SchemaReading = z.object({
  instance: z.object({ id: InstanceId, name: z.string() }),
  /** `never`: nobody has asked yet. `waiting`: AMC is being asked, with an earlier answer here or not. `failed`: the last reading
   *  brought nothing; it is tried again by itself. */
  state: z.enum(['never', 'waiting', 'read', 'failed']),
  /** What was read last; null while nothing was. */
  snapshotId: SnapshotId.nullable(),
  /** Since when the tables are as they are, as far as readings tell, and when that was last seen. */
  sameSince: Instant.nullable(),
  readAt: Instant.nullable(),
  /** Why the last reading failed, in words for people. */
  failure: z.string().nullable(),
})
export type SchemaReading = z.infer<typeof SchemaReading>

export const SchemaSnapshot = z.object({
  id: SnapshotId,
  firstReadAt: Instant,
  lastReadAt: Instant,
  tables: z.number().int().nonnegative(),
  /** null for the first one. */
  changes: SchemaChange.nullable(),
  /** The saved queries that name what has changed, by name. */
  touches: z.array(TouchedQuery),
})
export type SchemaSnapshot = z.infer<typeof SchemaSnapshot>

const oneInstance = z.strictObject({ instanceId: InstanceId })

/** Whoever asks for an instance for the first time has its tables read. */
export const getSchemaReading = endpoint({
  method: 'GET',
  path: '/api/instances/:instanceId/schema',
  summary: 'When the tables of an instance were read, and how that went',
  tag: 'instances',
  role: 'viewer',
  params: oneInstance,
  ok: { status: 200, body: SchemaReading },
  problems: ['instance-not-found'],
})

/** Answers at once; the stream of events tells `schema-read` when AMC has answered. */
export const readSchema = endpoint({
  method: 'POST',
  path: '/api/instances/:instanceId/schema/read',
  summary: 'Ask AMC again which tables an instance has',
  tag: 'instances',
  role: 'analyst',
  params: oneInstance,
  ok: { status: 202, body: SchemaReading },
  problems: ['instance-not-found'],
})

export const listSnapshots = endpoint({
  method: 'GET',
  path: '/api/instances/:instanceId/schema/snapshots',
  summary:
    'How the tables of an instance have changed, the latest first, with the saved queries that each change touches',
  tag: 'instances',
  role: 'viewer',
  params: oneInstance,
  query: PageQuery,
  ok: { status: 200, body: page(SchemaSnapshot) },
  problems: ['instance-not-found'],
})

/** The name as queries and the catalogue write it: AMC may put a schema before it, `sandbox.dsp_impressions` (published description). */
export function bareName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase()
}
