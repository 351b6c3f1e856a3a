import type { Duration } from '../resolve/duration.ts'
import type { AmcType } from '../resolve/types.ts'
import type { Column, Table, Threshold, Unit } from '../schema.ts'

/** A type in Amazon's names: `DECIMAL(38, 4)`, `ARRAY<STRING>`; '' where nothing is known. */
export function typeText(type: AmcType): string {
  switch (type.kind) {
    case 'DECIMAL':
      return `DECIMAL(${type.precision}, ${type.scale})`
    case 'ARRAY':
      return `ARRAY<${typeText(type.element) || 'STRING'}>`
    case 'ROW':
      return `ROW(${type.fields.map((field) => `${field.name} ${typeText(field.type)}`).join(', ')})`
    case 'UNKNOWN':
      return ''
    default:
      return type.kind
  }
}

/** A threshold as it stands in a line: `VERY HIGH`. */
export function thresholdName(threshold: Threshold): string {
  return threshold.replace('_', ' ')
}

/** What a threshold means for a query (Amazon's aggregation-threshold guide). */
export const thresholdMeaning: Readonly<Record<Threshold, string>> = {
  NONE: 'shown in every row',
  LOW: 'shown in rows of at least 2 users',
  MEDIUM: 'shown in rows of at least 100 users',
  HIGH: 'shown in rows of at least 100 users; must not be compared with a literal or a parameter',
  VERY_HIGH:
    'never shown: only COUNT and COUNT(DISTINCT) may take it to the result, and it must not be compared with a literal',
  INTERNAL: 'never shown: only COUNT may take it to the result',
}

/** What to do with a unit. */
export const unitMeaning: Readonly<Record<Unit, string>> = {
  microcents: 'microcents: divide by 100,000,000 for dollars',
  millicents: 'millicents: divide by 100,000 for dollars',
  currency: 'whole units of the local currency',
  seconds: 'seconds',
  hours: 'hours',
  unitless: "the advertiser's own scale, without a currency",
}

/** The zone of a column of a time, which Amazon tells by its name; null where the name does not tell. */
export function zoneOf(column: Column, table: Table): string | null {
  if (!/_(?:date|dt|dt_hour|day|hour|time)(?:_utc)?$/.test(column.name)) return null
  if (column.name.endsWith('_utc')) return 'UTC'
  if (!table.columns.some(({ name }) => name === 'advertiser_timezone')) return null
  const utc = table.columns.some(({ name }) => name === `${column.name}_utc`)
  return `the advertiser's own (advertiser_timezone)${utc ? `; ${column.name}_utc has it in UTC` : ''}`
}

/** A duration in words, `28 days`. */
export function durationText(duration: Duration): string {
  const parts = units.flatMap((unit) => {
    const count = duration[unit]
    return count === 0 ? [] : [`${count} ${count === 1 ? unit.slice(0, -1) : unit}`]
  })
  return parts.length === 0 ? '0 days' : parts.join(' ')
}

const units = ['years', 'months', 'days', 'hours', 'minutes', 'seconds'] as const
