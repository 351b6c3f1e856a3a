import { type DuckDbSession, identifier, kindOf, type ResultLayout } from '#features/executions/index.ts'
import type { ValueKind } from '@recomamp/contracts'

/** A column of an exported file. */
export interface ExportColumn {
  /** Unique in the file. */
  name: string
  /** The SQL of its value in the stored file. */
  field: string
  stored: string
  kind: ValueKind
}

/** The columns of a file: those of the query and those in which AMC says what it filtered, under their own names. */
export function exportColumns(layout: ResultLayout): ExportColumn[] {
  const taken = new Set<string>()
  return layout.map(({ name, field, stored }) => {
    const own = name === '' || taken.has(name.toLowerCase()) ? field : name
    taken.add(own.toLowerCase())
    return { name: own, field: identifier(field), stored, kind: kindOf(stored) }
  })
}

/** Readers of JSON and spreadsheets hold numbers in double precision, which keeps 15 digits. */
const digitsKept = 1_000_000_000_000_000n

/** The same columns, with those as text whose numbers a reader in double precision would change: whole columns, so that a column
 *  has one type. */
export async function withSafeNumbers(
  duck: DuckDbSession,
  from: string,
  columns: readonly ExportColumn[],
): Promise<ExportColumn[]> {
  const numbers = columns.filter(({ kind }) => kind === 'number')
  if (numbers.length === 0) return [...columns]
  const [unsafe = []] = await duck.rows(
    `select ${numbers.map((column) => `cast(coalesce(bool_or(${isUnsafe(column)}), false) as varchar)`).join(', ')} from ${from}`,
  )
  const asText = new Set(numbers.filter((_, at) => unsafe[at] === 'true'))
  return columns.map((column) =>
    asText.has(column)
      ? { ...column, field: `cast(${column.field} as varchar)`, stored: 'VARCHAR', kind: 'text' }
      : column,
  )
}

function isUnsafe({ field, stored }: ExportColumn): string {
  if (stored === 'DOUBLE') return `not isfinite(${field})`
  const scale = Number(/^DECIMAL\(\d+,(\d+)\)$/.exec(stored)?.[1] ?? 0)
  const limit = scale >= 15 ? '1' : String(digitsKept / 10n ** BigInt(scale))
  return `${field} >= ${limit} or ${field} <= -${limit}`
}
