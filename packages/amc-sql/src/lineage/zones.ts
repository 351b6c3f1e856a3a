import type { Source } from '../resolve/resolution.ts'
import type { Table } from '../schema.ts'
import type { Expression, Range } from '../tree.ts'
import { choices, Followed, type Place } from './followed.ts'

/** UTC, or the time zone of the advertiser. */
export type Zone = 'utc' | 'local'

/** The zone of a time, and where it is read from. */
export interface ZonedTime {
  zone: Zone
  /** The column of the source table. */
  column: string
  /** Where rows of the other zone come in. */
  mixed: Range | null
}

/** How columns are called that can have a twin in UTC. */
export const localName = /_(dt|date|hour|day)$/i

const keeping =
  /^(MIN|MAX|DATE_TRUNC|COALESCE|IFNULL|NVL|NVL2|NULLIF|IF|GREATEST|LEAST|HOUR|DAYOFWEEK|DAYOFMONTH|MINUTE|SECOND|MONTH|YEAR|WEEK)$/i

/** Whether times are in UTC or in the advertiser's time zone, by the names of their columns (data model, section 4). */
export class Zones extends Followed<ZonedTime> {
  protected ofColumn(table: Table, index: number, { relation }: Source): ZonedTime | null {
    const name = table.columns[index]?.name ?? ''
    const lower = name.toLowerCase()
    if (lower.endsWith('_utc')) return { zone: 'utc', column: name, mixed: null }
    // A column without _utc is local only where the table has the other one too: `week_end_dt` is neither.
    const isLocal = localName.test(lower) && relation.index.has(`${lower}_utc`)
    return isLocal ? { zone: 'local', column: name, mixed: null } : null
  }

  protected ofExpression(node: Expression): ZonedTime | null {
    switch (node.kind) {
      case 'cast':
      case 'extract':
        return this.expression(node.operand)
      case 'case':
        return this.among(choices(node))
      case 'chain': {
        // A time and an interval; two times make a duration.
        const [time, ...others] = node.operands.map((child) => this.expression(child)).filter((one) => one !== null)
        return time !== undefined && others.length === 0 ? time : null
      }
      case 'call': {
        const name = node.name.text
        if (/^CONVERT_TIME_ZONE_FROM_UTC$/i.test(name)) return { zone: 'local', column: name, mixed: null }
        return keeping.test(name) ? this.among(node.arguments) : null
      }
      default:
        return null
    }
  }

  protected either(places: readonly Place<ZonedTime>[]): ZonedTime | null {
    const [first, ...others] = places.flatMap(({ fact, range }) => (fact === null ? [] : [{ fact, range }]))
    if (first === undefined) return null
    const other = others.find(({ fact }) => fact.mixed !== null || fact.zone !== first.fact.zone)
    return other === undefined
      ? first.fact
      : { ...first.fact, mixed: first.fact.mixed ?? other.fact.mixed ?? other.range }
  }
}
