import { Field } from '@recomamp/amc-catalogue/model'
import { z } from 'zod'

export const fieldGroupings = ['subject', 'role', 'type', 'class', 'prefix', 'none'] as const
export type FieldGrouping = (typeof fieldGroupings)[number]

/** From harmless to never shown. */
export const thresholdOrder = Field.shape.aggregationThreshold.options
export const dataTypes = Field.shape.dataType.options
export const units = Field.shape.unit.unwrap().options

/** How the address of a data source says which of its fields are shown; what does not parse is dropped. */
export const FieldSearch = z.object({
  q: z.string().max(200).optional().catch(undefined),
  role: Field.shape.columnType.optional().catch(undefined),
  class: Field.shape.aggregationThreshold.optional().catch(undefined),
  type: Field.shape.dataType.optional().catch(undefined),
  unit: z.enum(units).optional().catch(undefined),
  group: z.enum(fieldGroupings).optional().catch(undefined),
  /** Marks what the table for audiences lacks. */
  variant: z.literal('audience').optional().catch(undefined),
})
export type FieldSearch = z.infer<typeof FieldSearch>

/** No filter and no search, which shows every field. */
export const everything: FieldSearch = {
  q: undefined,
  role: undefined,
  class: undefined,
  type: undefined,
  unit: undefined,
}
