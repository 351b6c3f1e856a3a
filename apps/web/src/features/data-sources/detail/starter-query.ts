import type { DataSourceDetail } from '@recomamp/contracts'
import type { QueryDraft } from '#platform/query-draft.ts'
import { fieldRows, selectList } from './field-rows.ts'

/** A query to begin with: the first example, else some columns; null where there is nothing that could run. */
export function starterQuery(source: DataSourceDetail): QueryDraft | null {
  const [example] = source.examples
  if (example !== undefined) return exampleQuery(example)
  const columns = selectList(fieldRows(source.fields.slice(0, 10), { group: 'none' }, null))
  if (source.retired || columns.count === 0) return null
  return { name: source.title, sql_query: `SELECT\n${columns.text}\nFROM ${source.name}`, parameters: [] }
}

/** An example of the catalogue as a query to begin with. */
export function exampleQuery({ title, sql }: DataSourceDetail['examples'][number]): QueryDraft {
  return { name: title, sql_query: sql, parameters: [] }
}
