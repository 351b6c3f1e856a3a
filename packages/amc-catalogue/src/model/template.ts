import { z } from 'zod'
import { ChartDescription } from './chart.ts'
import { QueryTest } from './query-test.ts'
import { TemplateParameter } from './template-parameter.ts'

const Id = z.string().regex(/^[a-z0-9-]+$/, 'must be lower-case letters, digits and hyphens')
const Text = z.string().regex(/\S/, 'must not be empty')

/** The `.json` file of an analysis; its query is the `.sql` file of the same name beside it, its tests the `.tests.json` file. */
export const TemplateDescription = z.strictObject({
  id: Id,
  /** The question that the analysis answers, as people ask it. */
  question: Text,
  name: Text,
  category: Text,
  tags: z.array(Id),
  /** 1 one table and a group-by … 4 several models, phases or arrays. */
  difficulty: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
  tables: z.array(z.string()),
  parameters: z.array(TemplateParameter),
  /** The time window that suits the question. */
  window: z
    .strictObject({
      days: z.number().int().min(1).max(400),
      /** How many days before today it should end, so that its data is complete. */
      endsDaysAgo: z.number().int().min(0).max(60),
      advice: Text,
    })
    .nullable()
    .default(null),
  /** How to read the result. */
  reading: Text,
  /** Where it misleads. */
  pitfalls: z.array(Text).default([]),
  /** The picture that suits the result; null where a table does. */
  chart: ChartDescription.nullable().default(null),
  /** The columns of the result in their order; `user_id` alone makes it an audience. */
  columns: z.array(z.strictObject({ name: Text, description: Text })).default([]),
  /** Analyses that belong to this one, such as its audience or the check of an audience's size. */
  related: z.array(Id).default([]),
})

/** An analysis that ships with the product or comes from a repository. */
export const QueryTemplateFile = TemplateDescription.extend({
  sqlTemplate: z.string(),
  tests: z.array(QueryTest).default([]),
})
export type QueryTemplateFile = z.infer<typeof QueryTemplateFile>

/** Whether the result is people to show ads to, and nothing to read. */
export function isAudience({ columns }: Pick<QueryTemplateFile, 'columns'>): boolean {
  return columns.length === 1 && columns[0]?.name === 'user_id'
}
