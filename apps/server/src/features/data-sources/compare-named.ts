import { compareSources, type Comparison } from '@recomamp/amc-catalogue/compare'
import { requireSource, type Sources } from './sources.ts'

/** Two to four sources side by side, in the order in which they were named. */
export function compareNamed(sources: Sources, names: readonly string[]): Comparison {
  return compareSources(
    names.map((name) => requireSource(sources, name)),
    sources.catalogue.relationships,
  )
}
