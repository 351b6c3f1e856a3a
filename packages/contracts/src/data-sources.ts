import { comparedProperties, mostCompared, type Comparison } from '@recomamp/amc-catalogue/compare'
import { JsonExport } from '@recomamp/amc-catalogue/export'
import { subjects } from '@recomamp/amc-catalogue/fields'
import { DataSource, ExampleQuery, Field, Relationship } from '@recomamp/amc-catalogue/model'
import type { SearchHit } from '@recomamp/amc-catalogue/search'
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { InstanceId, SnapshotId, UserId, WorkflowId } from './ids.ts'
import { LiveTag, SchemaReading } from './live-schemas.ts'
import { Instant, PageQuery, page } from './paging.ts'

const count = z.number().int().nonnegative()

/** An instance whose tables the answer tells too; whoever names one for the first time has it read. */
const ChosenInstance = z.strictObject({ instance: InstanceId.optional() })

/** The tables and columns that the editor knows: the form of amc-sql's `Schema`, which no second schema describes. */
export const getSchema = endpoint({
  method: 'GET',
  path: '/api/data-sources/schema',
  summary: 'Tables and columns for the editor, with those that only the given instance has',
  tag: 'data-sources',
  role: 'viewer',
  query: ChosenInstance,
  ok: { status: 200, body: z.object({ tables: z.array(z.looseObject({ name: z.string() })) }) },
  problems: ['instance-not-found'],
})

/** How the chosen instance has a source. */
export const SourceOnInstance = z.object({
  state: z.enum(['here', 'lacking']),
  /** The customer's own upload. */
  uploaded: z.boolean(),
  /** Whether the table for audiences is there; null where none is known. */
  audienceVariant: z.boolean().nullable(),
  /** What Amazon tagged it. */
  tags: z.array(LiveTag),
  fields: z.object({
    /** Fields of the catalogue that the instance lacks; fields that only the instance has; fields of another type there. */
    lacking: count,
    onlyHere: count,
    differing: count,
  }),
})
export type SourceOnInstance = z.infer<typeof SourceOnInstance>

/** A table of the catalogue, or one that only the chosen instance has; null is what nobody says of the latter. */
export const DataSourceSummary = z.object({
  ...DataSource.pick({
    title: true,
    category: true,
    timeColumn: true,
    audienceVariant: true,
    lookbackNote: true,
    joinKeys: true,
    keyFields: true,
    tags: true,
  }).shape,
  name: z.string(),
  /** Empty where nobody describes it, as with an upload. */
  description: z.string(),
  rowIs: z.string().nullable(),
  kind: DataSource.shape.kind.nullable(),
  availability: z.string().nullable(),
  /** False for tables that only the chosen instance has. */
  documented: z.boolean(),
  /** null while no instance is chosen or its tables have not been read. */
  onInstance: SourceOnInstance.nullable(),
  /** True for tables that Amazon has switched off. */
  retired: z.boolean(),
  counts: z.object({
    fields: count,
    dimensions: count,
    metrics: count,
    examples: count,
    /** How many fields have which aggregation threshold, as far as it is known. */
    thresholds: z.record(Field.shape.aggregationThreshold, count),
  }),
})
export type DataSourceSummary = z.infer<typeof DataSourceSummary>

export const DataSourceField = z.object({
  ...Field.shape,
  name: z.string(),
  description: z.string(),
  dataType: Field.shape.dataType.nullable(),
  typeDetail: z.string().exactOptional(),
  columnType: Field.shape.columnType.nullable(),
  /** null: in no public source and in no answer of Amazon's, as with all uploaded tables. */
  aggregationThreshold: Field.shape.aggregationThreshold.nullable(),
  /** False for fields that only the chosen instance has. */
  documented: z.boolean(),
  /** Whether the chosen instance has it; null while that is not known. */
  onInstance: z.boolean().nullable(),
  /** The type in the instance where it is another one. */
  typeOnInstance: z.string().nullable(),
  subject: z.enum(subjects),
  /** Fields of this source that are usually used together with this one. */
  goesWith: z.array(z.string()),
  /** Other sources with a field of this name. */
  alsoIn: z.array(z.string()),
})
export type DataSourceField = z.infer<typeof DataSourceField>

/** How the rows of another source belong to the rows of this one. */
export const RelatedSource = z.object({
  ...Relationship.pick({ cardinality: true, meaning: true, caveat: true }).shape,
  name: z.string(),
  on: z.array(z.object({ here: z.string(), there: z.string() })),
})
export type RelatedSource = z.infer<typeof RelatedSource>

export const DataSourceDetail = DataSourceSummary.extend({
  ...DataSource.pick({ siblings: true, legacyFields: true }).shape,
  useFor: z.array(z.string()),
  notFor: z.array(z.string()),
  /** Empty for tables that only the instance has. */
  sources: z.array(DataSource.shape.sources.element),
  withoutExamples: z.string().nullable(),
  notes: z.string().nullable(),
  fields: z.array(DataSourceField),
  examples: z.array(ExampleQuery.omit({ source: true })),
  relationships: z.array(RelatedSource),
  /** The instances of the workspace whose tables have been read, by name. */
  instances: z.array(
    z.object({
      id: InstanceId,
      name: z.string(),
      state: z.enum(['here', 'lacking']),
      readAt: Instant,
    }),
  ),
  /** Of the chosen instance. */
  reading: SchemaReading.nullable(),
})
export type DataSourceDetail = z.infer<typeof DataSourceDetail>

/** The conditions of the filter builder as JSON, as `filterText` of the catalogue writes them. */
const Filter = z.string().max(20_000).optional()

export const listDataSources = endpoint({
  method: 'GET',
  path: '/api/data-sources',
  summary: 'The data sources of AMC: by name, or the best match first when `q` is given',
  tag: 'data-sources',
  role: 'viewer',
  query: PageQuery.extend({ q: z.string().max(200).optional(), filter: Filter, ...ChosenInstance.shape }),
  ok: { status: 200, body: page(DataSourceSummary).extend({ reading: SchemaReading.nullable() }) },
  problems: ['instance-not-found'],
})

export const getDataSource = endpoint({
  method: 'GET',
  path: '/api/data-sources/:name',
  summary: 'One data source with its fields, example queries and relationships',
  tag: 'data-sources',
  role: 'viewer',
  params: z.strictObject({ name: z.string().min(1).max(200) }),
  query: ChosenInstance,
  ok: { status: 200, body: DataSourceDetail },
  problems: ['data-source-not-found', 'instance-not-found'],
})

/** A saved query that uses a field. */
export const FieldUse = z.object({
  workflowId: WorkflowId,
  name: z.string(),
  author: z.object({ id: UserId, name: z.string().nullable() }),
  updatedAt: Instant,
})
export type FieldUse = z.infer<typeof FieldUse>

/** Read as AMC would read them: a name in a comment or of another table is no use. Without a total, which would take reading them all. */
export const listFieldUses = endpoint({
  method: 'GET',
  path: '/api/data-sources/:name/fields/:field/queries',
  summary: 'The saved queries of the workspace that use a field of a data source, the latest change first',
  tag: 'data-sources',
  role: 'viewer',
  params: z.strictObject({ name: z.string().min(1).max(200), field: z.string().min(1).max(200) }),
  query: PageQuery.extend(ChosenInstance.shape),
  ok: { status: 200, body: z.object({ items: z.array(FieldUse), nextCursor: z.string().nullable() }) },
  problems: ['data-source-not-found', 'instance-not-found'],
})

const Ranges = z.array(z.tuple([count, count]).readonly())

export const DataSourceHit = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('source'),
    name: z.string(),
    title: z.string(),
    score: z.number(),
    /** What to highlight: from the first character to the one behind the last. */
    nameRanges: Ranges,
    titleRanges: Ranges,
  }),
  z.object({
    kind: z.literal('field'),
    name: z.string(),
    score: z.number(),
    nameRanges: Ranges,
    /** All sources that have a field of this name. */
    sources: z.array(z.string()).readonly(),
  }),
]) satisfies z.ZodType<SearchHit>
export type DataSourceHit = z.infer<typeof DataSourceHit>

export const searchDataSources = endpoint({
  method: 'GET',
  path: '/api/data-sources/search',
  summary: 'Sources and fields that fit a text, the best first; slips of the finger are forgiven',
  tag: 'data-sources',
  role: 'viewer',
  query: PageQuery.extend({ q: z.string().trim().min(1).max(200), ...ChosenInstance.shape }),
  ok: { status: 200, body: page(DataSourceHit) },
  problems: ['instance-not-found'],
})

export const listDataSourceCategories = endpoint({
  method: 'GET',
  path: '/api/data-sources/categories',
  summary: 'The categories of data sources with how many each has',
  tag: 'data-sources',
  role: 'viewer',
  query: ChosenInstance,
  ok: { status: 200, body: z.object({ items: z.array(z.object({ name: z.string(), sources: count })) }) },
  problems: ['instance-not-found'],
})

const Place = z.number().int().min(0).max(mostCompared)
const FieldCell = z.object({
  dataType: Field.shape.dataType.nullable(),
  typeDetail: z.string().nullable(),
  role: Field.shape.columnType.nullable(),
  threshold: Field.shape.aggregationThreshold.nullable(),
  unit: Field.shape.unit.unwrap().nullable(),
})

/** Where a table or a whole list of tables was read. */
export const ReadPlace = z.object({
  instance: z.object({ id: InstanceId, name: z.string() }),
  snapshotId: SnapshotId,
  firstReadAt: Instant,
  lastReadAt: Instant,
})
export type ReadPlace = z.infer<typeof ReadPlace>

/** Every list of values has one entry for each source, in the order in which they were given. */
export const DataSourceComparison = z.object({
  sources: z
    .array(
      z.object({
        name: z.string(),
        title: z.string(),
        fields: count,
        /** null: as the catalogue has it. */
        place: ReadPlace.nullable(),
      }),
    )
    .readonly(),
  properties: z
    .array(
      z.object({
        property: z.enum(comparedProperties),
        values: z
          .array(z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string()).readonly()]))
          .readonly(),
        same: z.boolean(),
      }),
    )
    .readonly(),
  fields: z
    .array(
      z.object({
        name: z.string(),
        subject: z.enum(subjects),
        /** null where the source has no field of this name. */
        cells: z.array(FieldCell.nullable()).readonly(),
        conflicts: z.array(z.enum(['dataType', 'typeDetail', 'role', 'threshold', 'unit'])).readonly(),
        same: z.boolean(),
      }),
    )
    .readonly(),
  joins: z
    .array(
      z.object({
        from: Place,
        to: Place,
        on: Relationship.shape.on.readonly(),
        known: Relationship.pick({ cardinality: true, meaning: true, caveat: true }).nullable(),
      }),
    )
    .readonly(),
}) satisfies z.ZodType<Comparison>
export type DataSourceComparison = z.infer<typeof DataSourceComparison>

export const compareDataSources = endpoint({
  method: 'GET',
  path: '/api/data-sources/compare',
  summary: 'Two to four data sources side by side: properties, fields, conflicts and joins',
  tag: 'data-sources',
  role: 'viewer',
  query: z
    .strictObject({
      names: z
        .string()
        .max(1000)
        .describe('Two to four names, separated by commas')
        .refine((text) => isBetween(text.split(',').length, 2, mostCompared), {
          error: `must be two to ${mostCompared} names, separated by commas`,
        }),
      in: z
        .string()
        .max(1000)
        .optional()
        .describe('For each name where the table is looked at: the id of an instance or of a snapshot, or `catalogue`'),
    })
    .refine(({ names, in: places }) => places === undefined || places.split(',').length === names.split(',').length, {
      path: ['in'],
      error: 'must say one place for each name, separated by commas',
    })
    .refine(({ names, in: places }) => areDifferent(names.split(','), places?.split(',') ?? []), {
      path: ['names'],
      error: 'must not name the same table in the same place twice',
    }),
  ok: { status: 200, body: DataSourceComparison },
  problems: ['data-source-not-found', 'data-source-not-there', 'snapshot-not-found', 'schema-not-read'],
})

function isBetween(count: number, least: number, most: number): boolean {
  return count >= least && count <= most
}

function areDifferent(names: readonly string[], places: readonly string[]): boolean {
  return new Set(names.map((name, at) => `${name} ${places[at] ?? ''}`)).size === names.length
}

export const exportDataSources = endpoint({
  method: 'GET',
  path: '/api/data-sources/export',
  summary:
    'Data sources of the catalogue with their fields, examples and relationships as one file that can be read back',
  tag: 'data-sources',
  role: 'viewer',
  query: z.strictObject({
    names: z.string().max(10_000).optional().describe('Names, separated by commas; without it the whole catalogue'),
  }),
  ok: { status: 200, body: JsonExport },
  problems: ['data-source-not-found'],
})

const ReadColumn = z.object({ type: z.string().nullable(), role: z.enum(['dimension', 'metric']).nullable() })
const ReadTable = z.object({ name: z.string(), title: z.string(), uploaded: z.boolean(), fields: count })

/** The tables of two instances, or of one at two times; what both have alike is only counted. */
export const InstanceComparison = z.object({
  places: z.tuple([ReadPlace, ReadPlace]),
  onlyFirst: z.array(ReadTable),
  onlySecond: z.array(ReadTable),
  differing: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      /** null where there is no such column. */
      fields: z.array(z.object({ name: z.string(), first: ReadColumn.nullable(), second: ReadColumn.nullable() })),
    }),
  ),
  same: count,
})
export type InstanceComparison = z.infer<typeof InstanceComparison>

export const compareInstances = endpoint({
  method: 'GET',
  path: '/api/data-sources/compare-instances',
  summary: 'Two instances as a whole, or one at two times: tables only here, only there, and differing columns',
  tag: 'data-sources',
  role: 'viewer',
  query: z.strictObject({
    between: z
      .string()
      .max(200)
      .describe('Two ids of instances or snapshots, separated by a comma')
      .refine((text) => new Set(text.split(',')).size === 2 && text.split(',').length === 2, {
        error: 'must be two different ids, separated by a comma',
      }),
  }),
  ok: { status: 200, body: InstanceComparison },
  problems: ['snapshot-not-found', 'schema-not-read'],
})
