import type { Column } from '@recomamp/amc-catalogue/schema'

/** DuckDB's type for a column; user_id is a number because distinct counts of numbers are much cheaper than of texts. */
export function duckType(column: Column): string {
  if (column.name === 'user_id') return 'BIGINT'
  switch (column.type) {
    case 'STRING':
      return 'VARCHAR'
    case 'LONG':
      return 'BIGINT'
    case 'DECIMAL':
      return column.typeDetail ?? 'DECIMAL(38,4)'
    case 'ARRAY':
      // The language reads an array without an element type as one of texts.
      return arrayTypes[column.typeDetail ?? 'ARRAY<STRING>'] ?? 'VARCHAR[]'
    default:
      return column.type ?? 'VARCHAR'
  }
}

const arrayTypes: Readonly<Record<string, string>> = { 'ARRAY<LONG>': 'BIGINT[]', 'ARRAY<INTEGER>': 'INTEGER[]' }
