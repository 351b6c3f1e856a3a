/** AMC's CSV dialect; a workflow may choose other characters in `outputFormat`. */
export interface Dialect {
  separator: string
  quote: string
  escape: string
}

export const amcDialect: Dialect = { separator: ',', quote: '"', escape: '\\' }

/** A value of a result: texts of exact numbers and times as the engine gives them, arrays and rows as arrays. */
export type CellValue = string | number | bigint | boolean | null | readonly CellValue[]

/** One line of a result file, with its end. */
export function csvLine(values: readonly CellValue[], types: readonly string[], dialect: Dialect): string {
  return `${values.map((value, at) => csvField(value, types[at] ?? 'STRING', dialect)).join(dialect.separator)}\n`
}

/** The header: names in lower case, as AMC returns them. */
export function csvHeader(names: readonly string[], dialect: Dialect): string {
  const types = names.map(() => 'STRING')
  return csvLine(
    names.map((name) => name.toLowerCase()),
    types,
    dialect,
  )
}

/** NULL is an empty field and an empty text is quoted; quotes and escapes inside a quoted field have the escape before them. */
function csvField(value: CellValue, type: string, { separator, quote, escape }: Dialect): string {
  if (value === null) return ''
  const text = cellText(value, type)
  const plain =
    text !== '' && ![separator, quote, escape, '\n', '\r'].some((sign) => sign !== '' && text.includes(sign))
  if (plain) return text
  const inner = text.replaceAll(escape, escape + escape)
  return quote + (quote === escape ? inner : inner.replaceAll(quote, escape + quote)) + quote
}

/** The text of a value in the forms of Amazon's result samples: `[a, b]`, `2022-10-25T22:11:00.000Z`, `true`. */
function cellText(value: CellValue, type: string): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return `[${value.map((part: CellValue) => cellText(part, 'STRING')).join(', ')}]`
  if (type === 'TIMESTAMP' && typeof value === 'string') return timestampText(value)
  return String(value)
}

/** With milliseconds and Z, whatever fraction the engine printed. */
function timestampText(text: string): string {
  const [, day, time, fraction = ''] = /^(\S{10})[ T](\d\d:\d\d:\d\d)(?:\.(\d+))?/.exec(text) ?? []
  return day === undefined ? text : `${day}T${time}.${fraction.padEnd(3, '0').slice(0, 3)}Z`
}
