import {
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from '@duckdb/node-api'
import type { LocalValue } from './protocol.ts'

/**
 * A DuckDB value without loss: whole numbers above 32 bits as bigint, decimals as text with all digits, dates as `YYYY-MM-DD`,
 * timestamps as `YYYY-MM-DDTHH:MM:SS.mmmZ` (the spelling of AMC's result files), arrays and named rows as nested arrays without
 * labels, binary as base64.
 */
export function toLocalValue(value: DuckDBValue): LocalValue {
  if (value === null || typeof value !== 'object') return value
  if (value instanceof DuckDBDecimalValue) return value.toString()
  if (value instanceof DuckDBDateValue) return value.toString()
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue)
    return timestampText(value.micros)
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) return value.items.map(toLocalValue)
  if (value instanceof DuckDBStructValue) return Object.values(value.entries).map(toLocalValue)
  if (value instanceof DuckDBMapValue)
    return value.entries.map(({ key, value: held }) => [toLocalValue(key), toLocalValue(held)])
  if (value instanceof DuckDBBlobValue) return Buffer.from(value.bytes).toString('base64')
  return String(value)
}

function timestampText(micros: bigint): string {
  const thousandth = 1000n
  // Towards the past also before 1970, where a division would round up.
  const millis = micros >= 0n ? micros / thousandth : -((-micros + thousandth - 1n) / thousandth)
  return new Date(Number(millis)).toISOString()
}
