import type { LocalValue } from './engine/protocol.ts'

/** AMC's CSV dialect; a workflow may choose other characters in `outputFormat`. */
export interface Dialect {
  separator: string
  quote: string
  escape: string
}

export const amcDialect: Dialect = { separator: ',', quote: '"', escape: '\\' }

/** One line of a result file, with its end. */
export function csvLine(values: readonly LocalValue[], dialect: Dialect): string {
  return `${values.map((value) => csvField(value, dialect)).join(dialect.separator)}\n`
}

/** The header: names in lower case, as AMC returns them. */
export function csvHeader(names: readonly string[], dialect: Dialect): string {
  return csvLine(
    names.map((name) => name.toLowerCase()),
    dialect,
  )
}

/** NULL is an empty field and an empty text is quoted; quotes and escapes inside a quoted field have the escape before them. */
function csvField(value: LocalValue, { separator, quote, escape }: Dialect): string {
  if (value === null) return ''
  const text = cellText(value)
  const needsQuotes = [separator, quote, escape, '\n', '\r'].some((sign) => text.includes(sign))
  if (text !== '' && !needsQuotes) return text
  const inner = text.replaceAll(escape, escape + escape)
  return quote + (quote === escape ? inner : inner.replaceAll(quote, escape + quote)) + quote
}

/** The text of a value in the forms of Amazon's result samples: arrays and rows as `[a, b]`. */
export function cellText(value: LocalValue): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? `[${value.map(cellText).join(', ')}]` : String(value)
}
