import type { GeneratedFile } from '../generated-file.ts'
import { attributedViews } from './attributed-views.ts'
import { conversionStatements } from './conversions.ts'
import { conversionViews } from './conversion-views.ts'
import { dimensionStatements } from './dimensions.ts'
import { dspStatements } from './dsp.ts'
import { dspViews } from './dsp-views.ts'
import { sponsoredStatements } from './sponsored.ts'
import { sponsoredViews } from './sponsored-views.ts'

/** Ad traffic, conversions and their credit, with the people, products and campaigns that all other files refer to. */
export const baseFile: GeneratedFile = {
  statements: (plan) => [
    ...dimensionStatements(plan),
    ...dspStatements(plan),
    ...sponsoredStatements(plan),
    ...conversionStatements(),
  ],
  views: { ...dspViews, ...sponsoredViews, ...attributedViews, ...conversionViews },
}
