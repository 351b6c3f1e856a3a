import { mostCompared } from '@recomamp/amc-catalogue/compare'
import { Field } from '@recomamp/amc-catalogue/model'
import { z } from 'zod'

/** A table, or one in a place: `dsp_clicks@<id>`. */
const Name = z.string().min(1).max(240)

/** How the address of a comparison says what is compared and shown; what does not parse is dropped. */
export const ComparisonSearch = z.object({
  /** The sources in the order of their columns. */
  s: z
    .union([z.array(Name), Name.transform((name) => [name])])
    .transform((names) => [...new Set(names)].slice(0, mostCompared))
    .optional()
    .catch(undefined),
  /** 0 shows also what is the same everywhere. */
  diff: z.literal(0).optional().catch(undefined),
  q: z.string().max(200).optional().catch(undefined),
  role: Field.shape.columnType.optional().catch(undefined),
  class: Field.shape.aggregationThreshold.optional().catch(undefined),
})
export type ComparisonSearch = z.infer<typeof ComparisonSearch>
