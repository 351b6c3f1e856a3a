import type { Edit, Fix } from '../diagnostic.ts'
import { readColumns } from '../lineage/read-columns.ts'
import { localName, Zones, type ZonedTime } from '../lineage/zones.ts'
import type { ResolvedBody } from '../resolve/resolution.ts'
import type { Expression } from '../tree.ts'
import { replace } from '../edits.ts'
import type { Report, Rule, RuleContext, RuleEntry } from './rule.ts'

/** Columns with _utc are in UTC, their twins without it in the advertiser's time zone: hours apart. */
export const mixedZones: Rule = {
  code: 'AMC036',
  severity: 'warning',
  check(context, report) {
    // Without a local time in it, the text mixes nothing; most do without.
    if (![...context.once(readColumns)].some(({ name }) => localName.test(name))) return
    const check = new ZoneCheck(context, report)
    for (const node of context.expressions('binary')) check.together(node, [node.left, node.right])
    for (const node of context.expressions('between')) check.together(node, [node.operand, node.low, node.high])
    for (const node of context.expressions('in-list')) check.together(node, [node.operand, ...node.items])
    for (const node of context.expressions('chain'))
      if (node.operators.includes('-')) check.together(node, node.operands)
    for (const node of context.expressions('call')) {
      const name = node.name.text.toUpperCase()
      if (name === 'SECONDS_BETWEEN' || name === 'GREATEST' || name === 'LEAST') check.together(node, node.arguments)
      else if (name === 'CONVERT_TIME_ZONE_FROM_UTC') check.fromUtc(node.arguments[0])
    }
    for (const query of context.resolution.queries.values()) check.union(query.body)
  },
}

export const mixedZonesEntry: RuleEntry = {
  rule: mixedZones,
  title: 'Times of one time zone',
  why: `A column whose name ends in \`_utc\` is in UTC. Its twin without \`_utc\` is the same moment in the advertiser's time zone. Compared, subtracted or put into one column, the two are hours apart: an ad seems to come after the purchase that it led to, and days are cut at different times. Use the \`_utc\` columns throughout; some tables have no others.`,
  source: 'fact',
  bad: `SELECT campaign, AVG(SECONDS_BETWEEN(traffic_event_dt, conversion_event_dt_utc)) / 3600 AS hours
FROM amazon_attributed_events_by_conversion_time
GROUP BY campaign`,
  good: `SELECT campaign, AVG(SECONDS_BETWEEN(traffic_event_dt_utc, conversion_event_dt_utc)) / 3600 AS hours
FROM amazon_attributed_events_by_conversion_time
GROUP BY campaign`,
}

class ZoneCheck {
  readonly #context: RuleContext
  readonly #report: Report
  readonly #zones: Zones

  constructor(context: RuleContext, report: Report) {
    this.#context = context
    this.#report = report
    this.#zones = new Zones(context.resolution)
  }

  /** Values that are compared or subtracted. */
  together(node: Expression, operands: readonly Expression[]): void {
    const times = operands.flatMap((operand) => {
      const time = this.#zones.expression(operand)
      return time === null || time.mixed !== null ? [] : [{ operand, time }]
    })
    const local = times.find(({ time }) => time.zone === 'local')
    const utc = times.find(({ time }) => time.zone === 'utc')
    if (local === undefined || utc === undefined) return
    const fix = this.#toUtc(local.operand)
    this.#report(node, {
      message: `${described(utc.time)}, but ${described(local.time)}`,
      help: 'Use the columns with _utc on both sides',
      ...(fix !== null && { fixes: [fix] }),
    })
  }

  /** The argument of CONVERT_TIME_ZONE_FROM_UTC. */
  fromUtc(node: Expression | undefined): void {
    const time = node === undefined ? null : this.#zones.expression(node)
    if (node === undefined || time === null || time.zone === 'utc' || time.mixed !== null) return
    const fix = this.#toUtc(node)
    this.#report(node, {
      message: `CONVERT_TIME_ZONE_FROM_UTC takes a time in UTC, but ${described(time)}`,
      help: 'Give it the column with _utc',
      ...(fix !== null && { fixes: [fix] }),
    })
  }

  /** The branches of a union, which fill one column. */
  union(body: ResolvedBody): void {
    if (body.kind !== 'union') return
    const first = body.branches[0]
    if (first === undefined) return
    for (const [at, column] of this.#zones.body(body).entries()) {
      if (column === null || column.mixed === null) continue
      const places = body.branches.flatMap((branch) =>
        branch.kind === 'select' && branch.items[at] !== undefined ? [branch.items[at]] : [],
      )
      const item = places.find((one) => one.from === column.mixed?.from)
      const time = item === undefined ? null : this.#zones.expression(item.expression)
      // Where the mix was made further in, it is reported there.
      if (item === undefined || time === null || time.mixed !== null) continue
      const other = places.find(({ expression }) => this.#zones.expression(expression)?.zone === 'local')
      const fix = other === undefined ? null : this.#toUtc(other.expression, other.alias === null)
      this.#report(item, {
        message: `${described(time)}, but ${described(column)} above it in the same column`,
        help: 'Use the columns with _utc in every branch',
        ...(fix !== null && { fixes: [fix] }),
      })
    }
  }

  /** The twin in UTC in the place of a column; only a person can say whether a GROUP BY or an alias elsewhere goes along. */
  #toUtc(node: Expression, nameless = false): Fix | null {
    const column = this.#localColumn(node)
    const name = column?.parts.at(-1)
    if (column === null || name === undefined) return null
    const edits: Edit[] = [replace(name, `${name.text}_utc${nameless ? ` AS ${name.text}` : ''}`)]
    const title = `Write ${name.text}_utc`
    const select = this.#context.selectAround(column)
    const isGrouped = select?.groupBy.some((key) => sameFacts(this.#context, key, column)) === true
    return isGrouped ? { title, edits, suggestion: true } : { title, edits }
  }

  /** The reference to a column of a source table that a value is, also within DATE_TRUNC, CAST or MIN. */
  #localColumn(node: Expression): Extract<Expression, { kind: 'column' }> | null {
    if (node.kind === 'column') {
      const binding = this.#context.resolution.bindings.get(node)
      return binding?.kind === 'column' && binding.source.from.kind === 'table' ? node : null
    }
    if (node.kind === 'cast' || node.kind === 'extract') return this.#localColumn(node.operand)
    if (node.kind !== 'call') return null
    const times = node.arguments.filter((argument) => this.#zones.expression(argument)?.zone === 'local')
    return times.length === 1 && times[0] !== undefined ? this.#localColumn(times[0]) : null
  }
}

function sameFacts(context: RuleContext, a: Expression, b: Expression): boolean {
  const [left, right] = [context.facts(a), context.facts(b)]
  return left !== undefined && left.id === right?.id
}

function described({ column, zone }: ZonedTime): string {
  return zone === 'utc' ? `${column} is in UTC` : `${column} is in the advertiser’s time zone`
}
