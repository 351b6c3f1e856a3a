const numbers: ReadonlySet<string> = new Set(['BYTE', 'SHORT', 'INTEGER', 'LONG', 'DECIMAL', 'FLOAT', 'DOUBLE'])

export function isNumber(dataType: string): boolean {
  return numbers.has(dataType)
}

/** The text of a cell for reading: fractions with four digits, times without their zone. Whoever needs every digit runs the query. */
export function cellInWords(text: string, dataType: string): string {
  if (dataType === 'TIMESTAMP') return text.replace('T', ' ').replace(/(\.000)?Z$/, '')
  if (!isNumber(dataType) || !text.includes('.')) return text
  const value = Number(text)
  return Number.isFinite(value) ? String(Number(value.toFixed(4))) : text
}
