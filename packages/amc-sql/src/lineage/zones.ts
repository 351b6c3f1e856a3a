import { childrenOf } from '../resolve/children.ts'
import type { Binding, Resolution, ResolvedBody, Source } from '../resolve/resolution.ts'
import type { Expression, Range } from '../tree.ts'

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
export class Zones {
  readonly #resolution: Resolution
  readonly #expressions = new Map<Expression, ZonedTime | null>()
  readonly #bodies = new Map<ResolvedBody, readonly (ZonedTime | null)[]>()

  constructor(resolution: Resolution) {
    this.#resolution = resolution
    // Inner queries come first, so that a long chain of WITH parts is no deep recursion.
    for (const query of resolution.queries.values()) this.body(query.body)
  }

  expression(node: Expression): ZonedTime | null {
    let zone = this.#expressions.get(node)
    if (zone === undefined) {
      zone = this.#zone(node)
      this.#expressions.set(node, zone)
    }
    return zone
  }

  /** The zones of the columns of a query's body. */
  body(body: ResolvedBody): readonly (ZonedTime | null)[] {
    let columns = this.#bodies.get(body)
    if (columns === undefined) {
      columns = this.#columnsOf(body)
      this.#bodies.set(body, columns)
    }
    return columns
  }

  binding(binding: Binding | undefined): ZonedTime | null {
    if (binding === undefined) return null
    if (binding.kind === 'alias') return this.expression(binding.expression)
    if (binding.kind === 'merged') return this.binding(binding.left) ?? this.binding(binding.right)
    return this.#sourceColumn(binding.source, binding.index)
  }

  #zone(node: Expression): ZonedTime | null {
    switch (node.kind) {
      case 'column':
        return this.binding(this.#resolution.bindings.get(node))
      case 'cast':
      case 'extract':
        return this.expression(node.operand)
      case 'case': {
        const values = node.branches.map((branch) => branch.then)
        return this.#either(node.otherwise === null ? values : [...values, node.otherwise])
      }
      case 'chain': {
        // A time and an interval; two times make a duration.
        const [time, ...others] = childrenOf(node)
          .map((child) => this.expression(child))
          .filter((one) => one !== null)
        return time !== undefined && others.length === 0 ? time : null
      }
      case 'call': {
        const name = node.name.text
        if (/^CONVERT_TIME_ZONE_FROM_UTC$/i.test(name)) return { zone: 'local', column: name, mixed: null }
        return keeping.test(name) ? this.#either(node.arguments) : null
      }
      default:
        return null
    }
  }

  #either(values: readonly Expression[]): ZonedTime | null {
    return either(values.map((value) => ({ time: this.expression(value), range: value })))
  }

  #sourceColumn({ from, relation }: Source, index: number): ZonedTime | null {
    if (from.kind === 'unknown') return null
    if (from.kind !== 'table') return this.body((from.kind === 'cte' ? from.cte.query : from.query).body)[index] ?? null
    const name = from.table.columns[index]?.name ?? ''
    const lower = name.toLowerCase()
    if (lower.endsWith('_utc')) return { zone: 'utc', column: name, mixed: null }
    // A column without _utc is local only where the table has the other one too: `week_end_dt` is neither.
    const isLocal = localName.test(lower) && relation.index.has(`${lower}_utc`)
    return isLocal ? { zone: 'local', column: name, mixed: null } : null
  }

  #columnsOf(body: ResolvedBody): readonly (ZonedTime | null)[] {
    switch (body.kind) {
      case 'select':
        return body.items.map(({ expression }) => this.expression(expression))
      case 'values':
        return body.relation.columns.map(() => null)
      case 'parenthesized':
        return this.body(body.query.body)
      case 'union': {
        const branches = body.branches.map((branch) => ({ branch, columns: this.body(branch) }))
        return body.relation.columns.map((_, at) =>
          either(
            branches.map(({ branch, columns }) => ({
              time: columns[at] ?? null,
              range: branch.kind === 'select' ? (branch.items[at] ?? branch.node) : branch.node,
            })),
          ),
        )
      }
    }
  }
}

/** The zone of a value from one of several places. */
function either(places: readonly { time: ZonedTime | null; range: Range }[]): ZonedTime | null {
  const [first, ...others] = places.flatMap(({ time, range }) => (time === null ? [] : [{ time, range }]))
  if (first === undefined) return null
  const other = others.find(({ time }) => time.mixed !== null || time.zone !== first.time.zone)
  return other === undefined
    ? first.time
    : { ...first.time, mixed: first.time.mixed ?? other.time.mixed ?? other.range }
}
