import { comparedProperties, mostCompared, type Comparison } from '@recomamp/amc-catalogue/compare'
import { subjects } from '@recomamp/amc-catalogue/fields'
import { DataSource, ExampleQuery, Field, Relationship } from '@recomamp/amc-catalogue/model'
import type { SearchHit } from '@recomamp/amc-catalogue/search'
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { PageQuery, page } from './paging.ts'

const count = z.number().int().nonnegative()

/** The tables and columns that the editor knows: the form of amc-sql's `Schema`, which no second schema describes. */
export const getSchema = endpoint({
  method: 'GET',
  path: '/api/data-sources/schema',
  summary: 'Tables and columns for the editor',
  tag: 'data-sources',
  ok: { status: 200, body: z.object({ tables: z.array(z.looseObject({ name: z.string() })) }) },
  problems: [],
})

export const DataSourceSummary = z.object({
  ...DataSource.pick({
    name: true,
    title: true,
    category: true,
    description: true,
    rowIs: true,
    kind: true,
    timeColumn: true,
    audienceVariant: true,
    availability: true,
    lookbackNote: true,
    joinKeys: true,
    keyFields: true,
    tags: true,
  }).shape,
  /** True for tables that Amazon has switched off. */
  retired: z.boolean(),
  counts: z.object({
    fields: count,
    dimensions: count,
    metrics: count,
    examples: count,
    /** How many fields have which aggregation threshold. */
    thresholds: z.record(Field.shape.aggregationThreshold, count),
  }),
})
export type DataSourceSummary = z.infer<typeof DataSourceSummary>

export const DataSourceField = z.object({
  ...Field.shape,
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
  ...DataSource.pick({
    useFor: true,
    notFor: true,
    siblings: true,
    legacyFields: true,
    sources: true,
  }).shape,
  withoutExamples: z.string().nullable(),
  notes: z.string().nullable(),
  fields: z.array(DataSourceField),
  examples: z.array(ExampleQuery.omit({ source: true })),
  relationships: z.array(RelatedSource),
})
export type DataSourceDetail = z.infer<typeof DataSourceDetail>

/** The conditions of the filter builder as JSON, as `filterText` of the catalogue writes them. */
const Filter = z.string().max(20_000).optional()

export const listDataSources = endpoint({
  method: 'GET',
  path: '/api/data-sources',
  summary: 'The data sources of AMC: by name, or the best match first when `q` is given',
  tag: 'data-sources',
  query: PageQuery.extend({ q: z.string().max(200).optional(), filter: Filter }),
  ok: { status: 200, body: page(DataSourceSummary) },
  problems: [],
})

export const getDataSource = endpoint({
  method: 'GET',
  path: '/api/data-sources/:name',
  summary: 'One data source with its fields, example queries and relationships',
  tag: 'data-sources',
  params: z.strictObject({ name: z.string().min(1).max(200) }),
  ok: { status: 200, body: DataSourceDetail },
  problems: ['data-source-not-found'],
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
  query: PageQuery.extend({ q: z.string().trim().min(1).max(200) }),
  ok: { status: 200, body: page(DataSourceHit) },
  problems: [],
})

export const listDataSourceCategories = endpoint({
  method: 'GET',
  path: '/api/data-sources/categories',
  summary: 'The categories of data sources with how many each has',
  tag: 'data-sources',
  ok: { status: 200, body: z.object({ items: z.array(z.object({ name: z.string(), sources: count })) }) },
  problems: [],
})

const Place = z.number().int().min(0).max(mostCompared)
const FieldCell = z.object({
  dataType: Field.shape.dataType,
  typeDetail: z.string().nullable(),
  role: Field.shape.columnType,
  threshold: Field.shape.aggregationThreshold,
  unit: Field.shape.unit.unwrap().nullable(),
})

/** Every list of values has one entry for each source, in the order in which they were given. */
export const DataSourceComparison = z.object({
  sources: z.array(z.object({ name: z.string(), title: z.string(), fields: count })).readonly(),
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
  query: z.strictObject({
    names: z
      .string()
      .max(1000)
      .describe('Two to four names, separated by commas')
      .refine(
        (text) => {
          const names = text.split(',')
          return names.length >= 2 && names.length <= mostCompared && new Set(names).size === names.length
        },
        { error: `must be two to ${mostCompared} different names, separated by commas` },
      ),
  }),
  ok: { status: 200, body: DataSourceComparison },
  problems: ['data-source-not-found'],
})
