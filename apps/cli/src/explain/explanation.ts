import { type Analysis, type OutputColumn, type Threshold, usersNeeded } from '@recomamp/amc-sql'
import type { QueryParameters } from '../parameters/query-parameters.ts'
import { type TableRead, tableReads } from './table-reads.ts'

/** What a query is made of. */
export interface Explanation {
  columns: ExplainedColumn[]
  tables: TableRead[]
  parameters: ExplainedParameter[]
  privacy: RowThreshold
}

export interface ExplainedColumn extends Omit<OutputColumn, 'threshold'> {
  /** The strictest class of the columns that the value is made of. */
  class: Threshold
  origins: { table: string; column: string; through: { column: string; relation: string }[] }[]
}

export interface ExplainedParameter {
  /** As it stands in the query. */
  written: string
  name: string
  type: string
  list: boolean
}

/** What decides whether a row of the result is shown. */
export interface RowThreshold {
  /** Different users that a row needs; 1 where no class asks for more or no table tells users apart, null where none would be enough. */
  usersNeeded: number | null
  /** The columns that ask for that many. */
  because: string[]
}

/** Explains an analysed query. */
export function explain(analysis: Analysis, parameters: QueryParameters): Explanation {
  const { query } = analysis.resolution
  const origins = query === null ? [] : analysis.lineage.body(query.body)
  return {
    columns: analysis.output.map(({ threshold, ...column }, at) => ({
      ...column,
      class: threshold,
      origins: (origins[at] ?? []).map(({ table, column, steps }) => ({
        table: table.name,
        column: column.name,
        through: [...steps],
      })),
    })),
    tables: tableReads(analysis),
    parameters: parametersOf(parameters),
    privacy: rowThreshold(analysis),
  }
}

function parametersOf({ declarations, custom }: QueryParameters): ExplainedParameter[] {
  return declarations.map(({ name, type, list }) => {
    const written = custom.has(name) ? `CUSTOM_PARAMETER('${name}')` : `{{${name}}}`
    return { written, name, type, list }
  })
}

function rowThreshold({ output, resolution }: Analysis): RowThreshold {
  const tellsUsers = [...resolution.tables.values()].some(({ columns }) =>
    columns.some(({ name }) => name.toLowerCase() === 'user_id'),
  )
  const needed = tellsUsers ? Math.max(1, ...output.map(({ threshold }) => usersNeeded[threshold])) : 1
  const because = needed === 1 ? [] : output.filter(({ threshold }) => usersNeeded[threshold] === needed)
  return { usersNeeded: Number.isFinite(needed) ? needed : null, because: because.map(({ name }) => name) }
}
