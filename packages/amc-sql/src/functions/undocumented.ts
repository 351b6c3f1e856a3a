import { types, type AmcType } from '../resolve/types.ts'
import { ranking, type FunctionEntry } from './entry.ts'

const first = (given: readonly AmcType[]): AmcType => given[0] ?? types.unknown

/** A window function that gives a value of another row. */
function neighbour(name: string, most: number, description: string): FunctionEntry {
  return {
    name,
    kind: 'neighbour',
    signature: `${name}(value) OVER (PARTITION BY … ORDER BY …)`,
    description,
    least: 1,
    most,
    accepts: ['any', 'number', 'any'],
    result: first,
  }
}

/**
 * Window functions that Calcite and Spark have and Amazon's reference does not name. Nobody reports that AMC refuses them, so they
 * run here and a warning points them out; the editor offers none of them.
 */
export const undocumentedFunctions: ReadonlyMap<string, FunctionEntry> = new Map(
  [
    neighbour('LAG', 3, 'The value of an earlier row.'),
    neighbour('LEAD', 3, 'The value of a later row.'),
    neighbour('FIRST_VALUE', 1, 'The value of the first row of the window.'),
    neighbour('LAST_VALUE', 1, 'The value of the last row of the window.'),
    ranking('PERCENT_RANK', 'The rank of the row as a share of all rows, from 0 to 1.', types.double),
    ranking('CUME_DIST', 'The share of rows that are not behind the row.', types.double),
  ].map((entry) => [entry.name, entry]),
)

/** What people outside Amazon report AMC to refuse (AMC018); it runs here all the same, since Amazon's text is silent. */
export const reportedFunctions: ReadonlyMap<string, FunctionEntry> = new Map(
  [
    {
      ...ranking('NTILE', 'The number of the bucket that the row falls into, of as many equal ones as asked for.'),
      signature: 'NTILE(buckets) OVER (PARTITION BY … ORDER BY …)',
      least: 1,
      most: 1,
      accepts: ['number'] as const,
    },
  ].map((entry) => [entry.name, entry]),
)
