import { z } from 'zod'
import { columnTypes, thresholds, units } from '../schema.ts'

const Name = z.string().regex(/^[a-z][a-z0-9_]*$/, 'must be lower-case letters, digits and underscores')
const Text = z.string().regex(/\S/, 'must not be empty')

export const Field = z
  .strictObject({
    name: Name,
    dataType: z.enum(columnTypes),
    /** Precision or element type where documented: `DECIMAL(38,4)`, `ARRAY<LONG>`. */
    typeDetail: z
      .string()
      .regex(/^(DECIMAL\(\d+,\d+\)|ARRAY<[A-Z]+>)$/, 'must be like DECIMAL(38,4) or ARRAY<LONG>')
      .exactOptional(),
    columnType: z.enum(['dimension', 'metric']),
    /** The source gives no column type, or one that contradicts the data type. */
    columnTypeInferred: z.literal(true).exactOptional(),
    aggregationThreshold: z.enum(thresholds),
    description: Text,
    /** null = not documented. */
    nullable: z.boolean().nullable(),
    isArray: z.boolean(),
    examples: z.array(z.unknown()).min(1).exactOptional(),
    /** Values seen in public sources; not guaranteed to be complete. */
    knownValues: z.array(z.string()).min(1).exactOptional(),
    unit: z.enum(units).exactOptional(),
    populatedFor: Text.exactOptional(),
    /** Set when only the newer documentation snapshot has the column. */
    since: Text.exactOptional(),
  })
  .refine(({ dataType, isArray }) => isArray === (dataType === 'ARRAY'), {
    path: ['isArray'],
    message: 'must be true for ARRAY and false for every other type',
  })
export type Field = z.infer<typeof Field>

export const LegacyField = z.strictObject({
  name: Name,
  dataType: z.enum(columnTypes).nullable(),
  aggregationThreshold: z.enum(thresholds).nullable(),
  note: Text,
})
export type LegacyField = z.infer<typeof LegacyField>

/** One file of `data-sources/`: a table of AMC as public documentation describes it. */
export const DataSource = z.strictObject({
  /** Table name as written in SQL. */
  name: Name,
  title: Text,
  category: Text,
  description: Text,
  /** What one row stands for, which decides what may be counted and summed. */
  rowIs: Text,
  useFor: z.array(Text).min(1),
  notFor: z.array(Text).min(1),
  /** Tables that are easily taken for this one, and what is different there. */
  siblings: z.array(z.strictObject({ name: Name, difference: Text })),
  /** The fields worth knowing first. */
  keyFields: z.array(Name).max(10),
  /** Why there are no example queries. */
  withoutExamples: Text.exactOptional(),
  kind: z.enum(['fact', 'dimension']),
  /** The column that the execution's window filters; null for dimensions and where no page says. */
  timeColumn: Name.nullable(),
  /** Name of the table with the same columns that audience queries read, or null when none is documented. */
  audienceVariant: Name.regex(/_for_audiences$/, 'must end in _for_audiences').nullable(),
  /** True for tables that Amazon has switched off. */
  deprecated: z.boolean().exactOptional(),
  availability: Text,
  lookbackNote: Text.nullable(),
  joinKeys: z.array(Name),
  tags: z.array(z.string().regex(/^[a-z0-9-]+$/, 'must be lower-case letters, digits and hyphens')),
  /** The table whose columns are repeated here. */
  inheritsFrom: Name.exactOptional(),
  notes: Text.exactOptional(),
  /** Empty where only the table's name is public. */
  fields: z.array(Field),
  /** Names met in older or secondary sources only; they are no part of the table. */
  legacyFields: z.array(LegacyField),
  /** Where the facts come from, and the day, month or year of the copy that was read. */
  sources: z
    .array(
      z.strictObject({
        page: Text,
        asOf: z.string().regex(/^\d{4}(-\d\d(-\d\d)?)?$/, 'must be a year, month or day like 2025-09-16'),
      }),
    )
    .min(1),
})
export type DataSource = z.infer<typeof DataSource>
