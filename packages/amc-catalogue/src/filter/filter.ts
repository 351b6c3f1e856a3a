import { z } from 'zod'
import { subjects } from '../fields/subjects.ts'
import { columnTypes, thresholds, units } from '../schema.ts'

const Text = z.string().trim().min(1, 'must not be empty').max(200, 'must have at most 200 characters')
const Texts = z.array(Text).min(1, 'must name at least one').max(100, 'must name at most 100')
const some = <T extends string>(values: readonly T[]) => z.array(z.enum(values)).min(1, 'must name at least one')
const Role = z.enum(['dimension', 'metric'])

/** What one and the same field must be like; everything that is said must hold. */
export const FieldTest = z
  .strictObject({
    name: z.strictObject({ is: z.enum(['equal', 'containing']), text: Text }).exactOptional(),
    dataType: some(columnTypes).exactOptional(),
    role: Role.exactOptional(),
    threshold: some(thresholds).exactOptional(),
    unit: some(units).exactOptional(),
    subject: some(subjects).exactOptional(),
  })
  .refine((test) => Object.keys(test).length > 0, { message: 'must say something of the field' })
export type FieldTest = z.infer<typeof FieldTest>

const membership = z.enum(['one-of', 'none-of'])

/** One line of the filter builder. */
export const FilterCondition = z.discriminatedUnion(
  'property',
  [
    z.strictObject({ property: z.literal('name'), is: z.enum(['containing', 'not-containing']), text: Text }),
    z.strictObject({ property: z.literal('category'), is: membership, values: Texts }),
    z.strictObject({ property: z.literal('tag'), is: membership, values: Texts }),
    z.strictObject({ property: z.literal('kind'), is: membership, values: some(['fact', 'dimension']) }),
    z.strictObject({ property: z.literal('audience-variant'), value: z.boolean() }),
    z.strictObject({ property: z.literal('retired'), value: z.boolean() }),
    /** Whether the chosen instance has the table. */
    z.strictObject({ property: z.literal('available'), value: z.boolean() }),
    z.strictObject({
      property: z.literal('field-count'),
      role: Role.exactOptional(),
      is: z.enum(['at-least', 'at-most']),
      count: z.int().min(0, 'must be 0 or more').max(100_000, 'must be 100,000 or less'),
    }),
    z.strictObject({ property: z.literal('field'), is: z.enum(['there', 'not-there']), with: FieldTest }),
  ],
  {
    error:
      'must be one of "name"|"category"|"tag"|"kind"|"audience-variant"|"retired"|"available"|"field-count"|"field"',
  },
)
export type FilterCondition = z.infer<typeof FilterCondition>

/** Conditions and groups of them; a group without members restricts nothing. */
export type SourceFilter = { all: SourceFilter[] } | { any: SourceFilter[] } | FilterCondition

/** How deep groups may stand in groups. */
export const deepestGroup = 4
export const mostConditions = 100

export function membersOf(filter: SourceFilter): { word: 'all' | 'any'; members: SourceFilter[] } | null {
  if ('all' in filter) return { word: 'all', members: filter.all }
  if ('any' in filter) return { word: 'any', members: filter.any }
  return null
}
