import type { ParameterValue, ScalarValue } from '@recomamp/amc-sql'

/**
 * A value of the command line: a JSON array is a list, anything else is the text as it stands. Whole numbers of a list that a double
 * cannot hold stay texts, so that no digit of an id is lost.
 */
export function readValue(text: string): ParameterValue {
  if (!text.startsWith('[')) return text
  try {
    const read: unknown = JSON.parse(text, exactNumber)
    return Array.isArray(read) && read.every(isScalar) ? read : text
  } catch {
    return text
  }
}

function exactNumber(_key: string, value: unknown, context?: { source?: string }): unknown {
  const isInexact = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
  return isInexact ? (context?.source ?? value) : value
}

function isScalar(value: unknown): value is ScalarValue {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}
