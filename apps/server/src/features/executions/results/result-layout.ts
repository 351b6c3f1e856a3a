import { type AmcOutputColumn, dataTypeName } from '@recomamp/amc-wire'
import { ResultColumn } from '@recomamp/contracts'
import { z } from 'zod'

/** What a column of the file is for: a value of the result, or what AMC says about filtering in its row. */
const Purpose = z.enum(['value', 'filtered', 'reason', 'users'])

const LayoutColumn = ResultColumn.extend({
  /** The column's name in the file: unique there without regard to case. */
  field: z.string(),
  purpose: Purpose,
  /** DuckDB's type in the file. */
  stored: z.string(),
})
export type LayoutColumn = z.infer<typeof LayoutColumn>

/** How a stored result is read: its columns in their order in the file. */
export const ResultLayout = z.array(LayoutColumn)
export type ResultLayout = z.infer<typeof ResultLayout>

/** The columns that were asked for beside the query's own (REMOVE_VALUES); null where none was. */
export interface PrivacyColumns {
  filtered: string | null
  reason: string | null
  users: string | null
}

/** The file's column that counts rows from 0, by which pages are found. */
export const rowNumberField = 'row_number'

/** The layout of a result file: the header's names, with the types that AMC declared. What AMC did not declare stays text. */
export function layoutOf(
  header: readonly string[],
  declared: readonly AmcOutputColumn[],
  privacy: PrivacyColumns,
): Omit<LayoutColumn, 'stored'>[] {
  // AMC writes headers in lower case, whatever case the declared names have.
  const byName = new Map(declared.map((column) => [column.name.toLowerCase(), column]))
  for (const column of declared) byName.set(column.name, column)
  const taken = new Set([rowNumberField])
  return header.map((name) => {
    const purpose = purposeOf(name, privacy)
    const column = byName.get(name) ?? byName.get(name.toLowerCase())
    return {
      name,
      field: uniqueField(name, taken),
      purpose,
      dataType: column?.dataType == null ? typeByPurpose[purpose] : declaredType(column),
      columnType: column?.columnType === 'METRIC' ? 'METRIC' : 'DIMENSION',
    }
  })
}

const typeByPurpose = { value: 'STRING', filtered: 'BOOLEAN', reason: 'STRING', users: 'LONG' } as const

function purposeOf(name: string, privacy: PrivacyColumns): LayoutColumn['purpose'] {
  const lower = name.toLowerCase()
  if (lower === privacy.filtered?.toLowerCase()) return 'filtered'
  if (lower === privacy.reason?.toLowerCase()) return 'reason'
  return lower === privacy.users?.toLowerCase() ? 'users' : 'value'
}

/** `DECIMAL(38,4)` where AMC names precision and scale beside the type. */
function declaredType(column: AmcOutputColumn): string {
  const name = dataTypeName(column.dataType ?? 'STRING')
  if (name !== 'DECIMAL' || column.precision === null || column.scale === null) return name
  return `DECIMAL(${column.precision},${column.scale})`
}

function uniqueField(name: string, taken: Set<string>): string {
  let field = name === '' ? 'column' : name
  for (let count = 2; taken.has(field.toLowerCase()); count += 1) field = `${name}_${count}`
  taken.add(field.toLowerCase())
  return field
}

/** The columns that the query itself returned, as the API shows them. */
export function resultColumnsOf(layout: ResultLayout): ResultColumn[] {
  return layout.filter((column) => column.purpose === 'value').map(resultColumnOf)
}

/** A column as the API shows it. */
export function resultColumnOf({ name, dataType, columnType }: ResultColumn): ResultColumn {
  return { name, dataType, columnType }
}

/** The columns that AMC declares for a query, as the API shows them. */
export function declaredColumns(declared: readonly AmcOutputColumn[]): ResultColumn[] {
  const header = declared.map((column) => column.name)
  return layoutOf(header, declared, { filtered: null, reason: null, users: null }).map(resultColumnOf)
}
