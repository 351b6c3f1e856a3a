/** How faithfully the file's types are kept: each next reading asks less of the text than the one before. */
export const readings = [
  /** Declared types, decimals in 64 bits where they may fit: converting 128-bit decimals takes thirty times as long. */
  { types: 'narrow', quotedEmpty: 'text' },
  { types: 'declared', quotedEmpty: 'text' },
  /** For a file that quotes every field: a quoted nothing is then no value, since it cannot be a number. */
  { types: 'declared', quotedEmpty: 'null' },
  /** A value that its declared type cannot hold must not cost the rest of the result. */
  { types: 'text', quotedEmpty: 'text' },
] as const
export type Reading = (typeof readings)[number]

/** DuckDB's type for AMC's type. Ids are text at AMC and stay text; arrays, rows and unknown types keep AMC's text. */
export function duckDbType(dataType: string, types: Reading['types']): string {
  if (types === 'text') return 'VARCHAR'
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(dataType)
  if (decimal !== null) return decimalType(Number(decimal[1]), Number(decimal[2]), types)
  switch (dataType) {
    case 'BYTE':
    case 'SHORT':
    case 'INTEGER':
    case 'LONG':
      return 'BIGINT'
    case 'FLOAT':
    case 'DOUBLE':
      return 'DOUBLE'
    case 'BOOLEAN':
    case 'DATE':
    case 'TIMESTAMP':
      return dataType
    default:
      return 'VARCHAR'
  }
}

const widest = 38
const narrowest = 18

function decimalType(precision: number, scale: number, types: 'narrow' | 'declared'): string {
  if (precision > widest || scale > precision) return 'VARCHAR'
  const digits = types === 'narrow' && scale < narrowest ? Math.min(precision, narrowest) : precision
  return `DECIMAL(${digits},${scale})`
}

/** The SQL that gives a stored column as the text that AMC would write. */
export function cellText(field: string, storedType: string): string {
  // `%g` are milliseconds: AMC writes yyyy-MM-dd'T'HH:mm:ss.SSS.
  return storedType === 'TIMESTAMP' ? `strftime(${field}, '%Y-%m-%dT%H:%M:%S.%g')` : `cast(${field} as varchar)`
}
