import type { Execution } from '@recomamp/contracts'
import { executions as t } from '#messages/executions.ts'

/** A parameter's value for people; long lists are cut and say so. */
export function valueInWords(value: Execution['values'][string]): string {
  if (!Array.isArray(value)) return value === null ? t.nullValue : String(value)
  if (value.length === 0) return t.emptyList
  const shown = value.slice(0, 20).map(String).join(', ')
  return value.length > 20 ? `${shown} … (first 20 of ${value.length})` : shown
}
