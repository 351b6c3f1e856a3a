import type { ParameterType, ScalarValue } from '../parameters.ts'

/** A value that was found to fit its type, with the text that its literal is made of. */
export interface Scalar {
  kind: 'null' | 'text' | 'number' | 'boolean' | 'date' | 'timestamp'
  text: string
}

export type ReadScalar = { ok: true; scalar: Scalar } | { ok: false; expected: string }

const nothing: Scalar = { kind: 'null', text: 'NULL' }

/** The value as one of its declared type, or what was expected; without a type, text stays text and a number a number. */
export function readScalar(value: ScalarValue, type: ParameterType | null): ReadScalar {
  if (value === null) return { ok: true, scalar: nothing }
  const scalar = type === null ? readByValue(value) : readers[type](value)
  return scalar === null
    ? { ok: false, expected: type === null ? 'text, true, false or a number of at most 64 bits' : expectations[type] }
    : { ok: true, scalar }
}

/** The literal of AMC SQL that means the value; no text of a value can end it. */
export function literalOf(scalar: Scalar): string {
  switch (scalar.kind) {
    case 'text':
      return `'${scalar.text.replaceAll("'", "''")}'`
    case 'date':
      return `DATE '${scalar.text}'`
    case 'timestamp':
      return `TIMESTAMP '${scalar.text}'`
    default:
      return scalar.text
  }
}

/** The value as a part of a text literal that is already open. */
export function textOf(scalar: Scalar): string {
  return scalar.text.replaceAll("'", "''")
}

const expectations: Record<ParameterType, string> = {
  STRING: 'text',
  INTEGER: 'a whole number from -2147483648 to 2147483647',
  LONG: 'a whole number of at most 64 bits; write a long one as text, so that no digit is lost',
  DECIMAL: 'a number with at most 38 digits, such as 12.50',
  DOUBLE: 'a number such as 12.5 or 1.5e10',
  BOOLEAN: 'true or false',
  DATE: 'a date such as 2025-07-15',
  TIMESTAMP: 'a time without a zone such as 2025-07-15T00:00:00',
}

type Reader = (value: string | number | boolean) => Scalar | null

const readers: Record<ParameterType, Reader> = {
  STRING: (value) => {
    if (typeof value === 'number') return Number.isSafeInteger(value) ? { kind: 'text', text: String(value) } : null
    return typeof value === 'string' ? { kind: 'text', text: value } : null
  },
  INTEGER: (value) => wholeNumber(value, 31n),
  LONG: (value) => wholeNumber(value, 63n),
  DECIMAL: decimal,
  DOUBLE: double,
  BOOLEAN: (value) => {
    const word = String(value).toUpperCase()
    return word === 'TRUE' || word === 'FALSE' ? { kind: 'boolean', text: word } : null
  },
  DATE: (value) => (typeof value === 'string' && isDate(value) ? { kind: 'date', text: value } : null),
  TIMESTAMP: (value) => {
    const parts = typeof value === 'string' ? /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d{1,9})?)$/.exec(value) : null
    if (parts === null || !isDate(parts[1] ?? '') || !/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d/.test(parts[2] ?? ''))
      return null
    return { kind: 'timestamp', text: `${parts[1]} ${parts[2]}` }
  },
}

function readByValue(value: string | number | boolean): Scalar | null {
  if (typeof value === 'string') return { kind: 'text', text: value }
  if (typeof value === 'boolean') return readers.BOOLEAN(value)
  return Number.isInteger(value) ? readers.LONG(value) : readers.DOUBLE(value)
}

function wholeNumber(value: string | number | boolean, bits: bigint): Scalar | null {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return null
  const text = String(value).trim()
  if (!/^[+-]?\d{1,19}$/.test(text)) return null
  const number = BigInt(text.replace('+', ''))
  return number >= -(1n << bits) && number < 1n << bits ? { kind: 'number', text: number.toString() } : null
}

function decimal(value: string | number | boolean): Scalar | null {
  const text = String(value).trim()
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text) || text.replaceAll(/\D/g, '').length > 38) return null
  return { kind: 'number', text: text.replace('+', '') }
}

function double(value: string | number | boolean): Scalar | null {
  const text = String(value).trim()
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$/.test(text)) return null
  return Number.isFinite(Number(text)) ? { kind: 'number', text: text.replace(/^\+/, '') } : null
}

/** True for a day that exists, written YYYY-MM-DD. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}
