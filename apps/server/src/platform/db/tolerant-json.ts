import { ChartDescription, ParameterDeclaration, ParameterValues, ResultColumn } from '@recomamp/contracts'
import type { KyselyPlugin } from 'kysely'
import { z } from 'zod'
import type { Log } from '#platform/log/log.ts'

/** What a column of this name holds in every table that has one, and what is read where it holds something else. */
const columns: Readonly<Record<string, { readonly shape: z.ZodType; readonly empty: () => unknown }>> = {
  tags: { shape: z.array(z.string()), empty: () => [] },
  brands: { shape: z.array(z.string()), empty: () => [] },
  parameters: { shape: z.array(ParameterDeclaration), empty: () => [] },
  parameter_values: { shape: ParameterValues, empty: () => ({}) },
  result_columns: { shape: z.array(ResultColumn), empty: () => [] },
  warnings: { shape: z.array(z.object({ code: z.string(), message: z.string() })), empty: () => [] },
  chart: { shape: ChartDescription, empty: () => null },
}

/**
 * Reads an empty value where a JSON column holds something of another shape, such as a text by a hand or a restore, and says so in the log:
 * one spoilt row is no reason for a list to fail (S-083). What is stored stays as it is until somebody writes it anew.
 */
export function tolerantJson(log: Log): KyselyPlugin {
  return {
    transformQuery: ({ node }) => node,
    transformResult({ result }) {
      const [first] = result.rows
      if (first === undefined) return Promise.resolve(result)
      const names = Object.keys(first).filter((name) => Object.hasOwn(columns, name))
      for (const name of names)
        for (const row of result.rows) {
          const column = columns[name]
          const value = row[name]
          if (column === undefined || value === null || value === undefined || column.shape.safeParse(value).success)
            continue
          log.warn({ column: name, row: row['id'] ?? null }, 'a stored value has the wrong shape and is read as empty')
          row[name] = column.empty()
        }
      return Promise.resolve(result)
    },
  }
}
