import type { LocalValue } from '@recomamp/amc-local'
import type { ResultWriter } from './result-writer.ts'

/**
 * An array of objects, one a line. Numbers are written with all their digits; whole numbers that a double cannot hold are texts, since
 * most readers would round an id.
 */
export function jsonWriter(): ResultWriter {
  let keys: string[] = []
  let isDecimal: boolean[] = []
  let isFirst = true
  const line = (row: LocalValue[]): string => {
    const before = isFirst ? '' : ',\n'
    isFirst = false
    const members = row.map((value, at) => `${keys[at]}:${isDecimal[at] === true ? decimal(value) : json(value)}`)
    return `${before}{${members.join(',')}}`
  }
  return {
    begin(columns) {
      keys = columns.map(({ name }) => JSON.stringify(name.toLowerCase()))
      isDecimal = columns.map(({ type }) => type === 'DECIMAL')
      return '[\n'
    },
    rows: (batch) => batch.map(line).join(''),
    end: () => (isFirst ? ']\n' : '\n]\n'),
  }
}

function decimal(value: LocalValue): string {
  return typeof value === 'string' ? value : json(value)
}

function json(value: LocalValue): string {
  if (Array.isArray(value)) return `[${value.map(json).join(',')}]`
  if (typeof value !== 'bigint') return JSON.stringify(value)
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? `${value}`
    : `"${value}"`
}
