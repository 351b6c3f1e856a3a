import {
  distinct,
  group,
  join,
  project,
  strictest,
  unionAll,
  type Aggregate,
  type Column,
  type Expression,
  type Relation,
  type Row,
  type Value,
} from './reference.ts'
import { pickFrom, type Tables } from './random-tables.ts'

type Rows = Omit<Relation, 'from'>

/** A query with what it gives before any threshold. */
export interface Analysis {
  sql: string
  result: Rows
}

/** An analysis of one of many shapes over the tables. */
export function randomAnalysis(random: () => number, tables: Tables): Analysis {
  return new Author(random, tables).write()
}

/** Columns by what they are for; positions in a relation. */
interface Source {
  relation: Relation
  user: number | null
  /** Of a full join, where the user stands on either side. */
  either?: readonly [number, number]
  dimensions: readonly number[]
  measures: readonly number[]
}

class Author {
  readonly #random: () => number
  readonly #tables: Tables
  readonly #parts: string[] = []
  #aliases = 0

  constructor(random: () => number, tables: Tables) {
    this.#random = random
    this.#tables = tables
  }

  write(): Analysis {
    const { sql, result } = this.#final()
    const text = this.#chance(0.3) ? this.#combined({ sql, result }) : { sql, result }
    const head = this.#parts.length === 0 ? '' : `WITH ${this.#parts.join(', ')} `
    return { sql: head + text.sql, result: text.result }
  }

  #chance(share: number): boolean {
    return this.#random() < share
  }

  #pick<T>(items: readonly T[]): T {
    return pickFrom(this.#random, items)
  }

  #some<T>(items: readonly T[], least: number): T[] {
    const kept = items.filter(() => this.#chance(0.5))
    for (const item of items) if (kept.length < least && !kept.includes(item)) kept.push(item)
    return kept
  }

  /** Another final query of as many columns below or beside. */
  #combined(first: Analysis): Analysis {
    for (let tries = 0; tries < 20; tries += 1) {
      const second = this.#final()
      const kinds = (rows: Rows): string => JSON.stringify(rows.columns.map(({ metric, counts }) => [metric, counts]))
      if (kinds(second.result) !== kinds(first.result)) continue
      const all = unionAll([first.result, second.result])
      const isAll = this.#chance(0.6)
      return {
        sql: `${first.sql} ${isAll ? 'UNION ALL' : 'UNION'} ${second.sql}`,
        result: isAll ? all : distinct(all),
      }
    }
    return first
  }

  #final(): Analysis {
    const way = this.#random()
    if (way < 0.2) {
      const source = this.#groupedSource()
      const items = [...this.#some(source.dimensions, 1), ...this.#some(source.measures, 1)]
      return this.#projected(source, items, false)
    }
    const source = way < 0.9 ? this.#source() : this.#groupedSource()
    if (way < 0.3 && source.dimensions.length > 0)
      return this.#projected(source, this.#some(source.dimensions, 1), true)
    return this.#grouped(source, false)
  }

  #source(): Source {
    const way = this.#random()
    if (way < 0.35) return this.#events()
    if (way < 0.6) return this.#perUser()
    if (way < 0.75) return this.#joinedByUser(this.#perUser(), this.#perUser())
    if (way < 0.85) return this.#joinedByUser(this.#events(), this.#perUser())
    if (way < 0.93) return this.#joinedByUser(this.#events(), this.#events())
    return this.#groupedSource()
  }

  #groupedSource(): Source {
    const one = this.#groups()
    if (this.#chance(0.5)) return one
    const other = this.#groups()
    const [left, right] = [this.#pick(one.dimensions), this.#pick(other.dimensions)]
    return this.#joined(one, other, this.#pick(['inner', 'left'] as const), left, right)
  }

  /** Rows of many people, by a dimension at least. */
  #groups(): Source {
    const perUser = this.#chance(0.5) ? this.#perUser() : null
    const source = perUser !== null && perUser.dimensions.length > 0 ? perUser : this.#events()
    return this.#part(this.#grouped(source, true))
  }

  #events(): Source {
    if (this.#chance(0.7)) return this.#table(this.#pick(['views', 'taps'] as const))
    const branches = (['views', 'taps', ...(this.#chance(0.3) ? (['views'] as const) : [])] as const).map((name) => {
      const source = this.#table(name)
      const items = source.relation.columns.map((_, at) => {
        const isFilled = at < 4 || (name === 'views') === (at === 4) || this.#chance(0.3)
        return isFilled ? this.#column(source, at) : constant(0)
      })
      const keep = this.#condition(source)
      const rows = project(source.relation, items, keep.of)
      return { sql: select(source, items, keep.sql), result: rows }
    })
    const all = unionAll(branches.map(({ result }) => result))
    return this.#part({ sql: branches.map(({ sql }) => sql).join(' UNION ALL '), result: all }, true)
  }

  #table(name: 'views' | 'taps'): Source {
    const alias = this.#alias()
    const column = (sql: string, kind: 'LOW' | 'HIGH' | 'VERY_HIGH' | 'NONE') => ({
      sql: `${alias}.${sql}`,
      class: kind,
      metric: kind === 'NONE',
      origins: new Set([0]),
    })
    const rows = this.#tables[name].map((event): Row => ({
      values: [event.user, event.campaign, event.device, event.postal, event.impressions, event.clicks],
      users: [new Set(event.user === null ? [] : [event.user])],
      totals: [[], [], [], [], [], []],
    }))
    const relation: Relation = {
      from: `${name} AS ${alias}`,
      paths: [name],
      columns: [
        column('user_id', 'VERY_HIGH'),
        column('campaign', 'LOW'),
        column('device_type', 'LOW'),
        column('postal_code', 'HIGH'),
        column('impressions', 'NONE'),
        column('clicks', 'NONE'),
      ],
      rows,
    }
    return { relation, user: 0, dimensions: [1, 2, 3], measures: [4, 5] }
  }

  /** One row per user and a dimension or two. */
  #perUser(ofJoins = true): Source {
    const source =
      ofJoins && this.#chance(0.3) ? this.#joinedByUser(this.#events(), this.#perUser(false)) : this.#events()
    const dimensions = this.#some(source.dimensions, 0).slice(0, 2)
    const user = this.#userOf(source)
    const keys = [user, ...dimensions.map((at) => this.#column(source, at))]
    const sums = this.#some(source.measures, 1).map((at) => sum(this.#column(source, at)))
    const aggregates = this.#chance(0.3) ? [...sums, countRows()] : sums
    const keep = this.#chance(0.7) ? notNull(user) : this.#condition(source)
    const result = group(source.relation, keys, aggregates, keep.of, () => true)
    const part = this.#part({ sql: select(source, [...keys, ...aggregates], keep.sql, keys.length), result })
    return { ...part, user: 0, dimensions: dimensions.map((_, at) => at + 1) }
  }

  #userOf(source: Source): Expression {
    if (source.either === undefined) return this.#column(source, source.user ?? 0)
    const [a, b] = source.either.map((at) => this.#column(source, at)) as [Expression, Expression]
    return {
      ...a,
      sql: `COALESCE(${a.sql}, ${b.sql})`,
      reads: [...a.reads, ...b.reads],
      of: (row) => a.of(row) ?? b.of(row),
    }
  }

  #joinedByUser(left: Source, right: Source): Source {
    const type = this.#pick(['inner', 'left', 'full'] as const)
    const [a, b] = [left.user ?? 0, right.user ?? 0]
    const joined = this.#joined(left, right, type, a, b)
    const other = b + left.relation.columns.length
    if (type === 'full') return { ...joined, user: null, either: [a, other] }
    return { ...joined, user: this.#chance(0.3) ? other : a }
  }

  #joined(left: Source, right: Source, type: 'inner' | 'left' | 'full', a: number, b: number): Source {
    const [one, other] = [left.relation, right.relation]
    const rows = join(one, other, type, (x, y) => x.values[a] !== null && x.values[a] === y.values[b])
    const words = { inner: 'JOIN', left: 'LEFT JOIN', full: 'FULL JOIN' }[type]
    const from = `${one.from} ${words} ${other.from} ON ${one.columns[a]?.sql} = ${other.columns[b]?.sql}`
    const moved = (at: number): number => at + one.columns.length
    return {
      relation: { ...rows, from },
      user: left.user,
      dimensions: [...left.dimensions, ...right.dimensions.map(moved)],
      measures: [...left.measures, ...right.measures.map(moved)],
    }
  }

  #grouped(source: Source, always: boolean): Analysis {
    const dimensions = this.#some(source.dimensions, always ? 1 : 0).slice(0, 3)
    const keys = dimensions.map((at) => this.#column(source, at))
    if (!always && this.#chance(0.2)) keys.push(this.#level(source))
    const aggregates = this.#aggregates(source)
    const keep = this.#condition(source)
    const having = this.#having(source)
    const result = group(source.relation, keys, aggregates, keep.of, having.of)
    const tail = having.sql === null ? '' : ` HAVING ${having.sql}`
    return { sql: select(source, [...keys, ...aggregates], keep.sql, keys.length) + tail, result }
  }

  #projected(source: Source, items: readonly number[], isDistinct: boolean): Analysis {
    const columns = items.map((at) => this.#column(source, at))
    const keep = this.#condition(source)
    const rows = project(source.relation, columns, keep.of)
    const sql = select(source, columns, keep.sql)
    return isDistinct
      ? { sql: sql.replace('SELECT', 'SELECT DISTINCT'), result: distinct(rows) }
      : { sql, result: rows }
  }

  #aggregates(source: Source): Aggregate[] {
    const measures = this.#some(source.measures, 1).slice(0, 3)
    const found = measures.map((at): Aggregate => {
      const value = this.#column(source, at)
      const way = this.#random()
      if (way < 0.55) return sum(value)
      if (way < 0.7) return sum(this.#when(source, value))
      if (way < 0.85) return filtered(sum(value), this.#simpleCondition(source))
      if (way < 0.93) return quotient(sum(value), sum(this.#column(source, this.#pick(source.measures))))
      return most(value)
    })
    if (this.#chance(0.4)) found.push(countRows())
    if (source.user !== null && this.#chance(0.4)) found.push(countUsers(this.#column(source, source.user)))
    return found
  }

  #column(source: Source, at: number): Expression {
    const column = source.relation.columns[at]
    return {
      sql: column?.sql ?? 'NULL',
      class: column?.class ?? 'NONE',
      metric: column?.metric ?? false,
      counts: column?.counts ?? false,
      reads: [at],
      of: (row) => row.values[at] ?? null,
    }
  }

  /** A measure where a dimension has a value, else NULL or 0. */
  #when(source: Source, value: Expression): Expression {
    const condition = this.#simpleCondition(source)
    const otherwise = this.#pick([null, 0])
    return {
      sql: `CASE WHEN ${condition.sql} THEN ${value.sql}${otherwise === null ? '' : ' ELSE 0'} END`,
      class: strictest(value.class, condition.class),
      metric: value.metric,
      reads: [...value.reads, ...condition.reads],
      of: (row) => (condition.of(row) ? value.of(row) : otherwise),
    }
  }

  /** A measure in two words. */
  #level(source: Source): Expression {
    const value = this.#column(source, this.#pick(source.measures))
    return {
      sql: `CASE WHEN ${value.sql} > 1 THEN 'many' ELSE 'few' END`,
      class: value.class,
      metric: false,
      reads: value.reads,
      of: (row) => (Number(value.of(row) ?? 0) > 1 ? 'many' : 'few'),
    }
  }

  #simpleCondition(source: Source): Condition {
    const low = source.dimensions.filter((at) => source.relation.columns[at]?.class === 'LOW')
    if (low.length > 0 && this.#chance(0.6)) {
      const value = this.#column(source, this.#pick(low))
      const wanted = this.#pick(['a', 'b', 'PC'])
      return { ...value, sql: `${value.sql} = '${wanted}'`, of: (row) => value.of(row) === wanted }
    }
    const value = this.#column(source, this.#pick(source.measures))
    return { ...value, sql: `${value.sql} > 0`, of: (row) => Number(value.of(row) ?? 0) > 0 }
  }

  #condition(source: Source): { sql: string | null; of: (row: Row) => boolean } {
    if (source.user !== null && this.#chance(0.1)) return this.#isAmong(this.#column(source, source.user))
    return this.#chance(0.3) ? this.#simpleCondition(source) : { sql: null, of: () => true }
  }

  /** People who did something in another table, or did not. */
  #isAmong(user: Expression): { sql: string; of: (row: Row) => boolean } {
    const source = this.#table(this.#pick(['views', 'taps'] as const))
    const other = this.#column(source, 0)
    const [condition, known] = [this.#simpleCondition(source), notNull(other)]
    const people = new Set(source.relation.rows.filter((row) => condition.of(row)).map((row) => other.of(row)))
    people.delete(null)
    const isWanted = this.#chance(0.5)
    return {
      sql: `${user.sql} ${isWanted ? 'IN' : 'NOT IN'} (${select(source, [other], `${condition.sql} AND ${known.sql}`)})`,
      of: (row) => {
        const value = user.of(row)
        return value === null ? !isWanted && people.size === 0 : people.has(value) === isWanted
      },
    }
  }

  #having(source: Source): { sql: string | null; of: (rows: readonly Row[]) => boolean } {
    if (this.#chance(0.8)) return { sql: null, of: () => true }
    const counted =
      source.user !== null && this.#chance(0.5) ? countUsers(this.#column(source, source.user)) : countRows()
    return { sql: `${counted.sql} > 1`, of: (rows) => Number(counted.of(rows)) > 1 }
  }

  /** A query as a WITH part, or as a query in FROM. */
  #part({ sql, result }: Analysis, events = false): Source {
    const alias = this.#alias()
    const columns = result.columns.map((column, at) => ({ ...column, sql: `${alias}.x${at}` }))
    let from = `(${sql}) AS ${alias}`
    if (this.#chance(0.7)) {
      const name = `part${this.#parts.length}`
      this.#parts.push(`${name} AS (${sql})`)
      from = `${name} AS ${alias}`
    }
    const wanted = (isWanted: (column: Column) => boolean): number[] =>
      columns.flatMap((column, at) => (isWanted(column) ? [at] : []))
    return {
      relation: { ...result, columns, from },
      user: events ? 0 : null,
      dimensions: events ? [1, 2, 3] : wanted((column) => !column.metric && column.class !== 'VERY_HIGH'),
      measures: wanted((column) => column.metric),
    }
  }

  #alias(): string {
    this.#aliases += 1
    return `s${this.#aliases}`
  }
}

type Condition = Pick<Expression, 'class' | 'reads' | 'sql'> & { of: (row: Row) => boolean }

function select(
  { relation }: Source,
  items: readonly { sql: string }[],
  condition: string | null,
  keys: number | null = null,
): string {
  const list = items.map(({ sql }, at) => `${sql} AS x${at}`).join(', ')
  const positions = Array.from({ length: keys ?? 0 }, (_, at) => at + 1)
  const where = condition === null ? '' : ` WHERE ${condition}`
  const groups = positions.length === 0 ? '' : ` GROUP BY ${positions.join(', ')}`
  return `SELECT ${list} FROM ${relation.from}${where}${groups}`
}

function constant(value: number): Expression {
  return { sql: String(value), class: 'NONE', metric: true, reads: [], of: () => value }
}

function notNull(value: Expression): { sql: string; of: (row: Row) => boolean } {
  return { sql: `${value.sql} IS NOT NULL`, of: (row) => value.of(row) !== null }
}

function present(rows: readonly Row[], value: Expression): number[] {
  return rows
    .map((row) => value.of(row))
    .filter((one) => one !== null)
    .map(Number)
}

function sum(value: Expression): Aggregate {
  return {
    ...value,
    sql: `SUM(${value.sql})`,
    metric: true,
    of(rows): Value {
      const values = present(rows, value)
      return values.length === 0 ? null : values.reduce((so, one) => so + one, 0)
    },
    adds: [value],
  }
}

function most(value: Expression): Aggregate {
  return {
    ...value,
    sql: `MAX(${value.sql})`,
    of(rows): Value {
      const values = present(rows, value)
      return values.length === 0 ? null : Math.max(...values)
    },
    adds: value.metric ? [value] : [],
  }
}

function filtered(aggregate: Aggregate, condition: Condition): Aggregate {
  return {
    ...aggregate,
    sql: `${aggregate.sql} FILTER (WHERE ${condition.sql})`,
    class: strictest(aggregate.class, condition.class),
    reads: [...aggregate.reads, ...condition.reads],
    of: (rows) => aggregate.of(rows.filter((row) => condition.of(row))),
    adds: aggregate.adds.map((adds) => ({ ...adds, of: (row: Row) => (condition.of(row) ? adds.of(row) : null) })),
  }
}

function quotient(a: Aggregate, b: Aggregate): Aggregate {
  return {
    sql: `${a.sql} / ${b.sql}`,
    class: strictest(a.class, b.class),
    metric: true,
    reads: [...a.reads, ...b.reads],
    of(rows): Value {
      const [above, below] = [a.of(rows), b.of(rows)]
      return above === null || below === null || below === 0 ? null : Number(above) / Number(below)
    },
    adds: [...a.adds, ...b.adds],
  }
}

function countRows(): Aggregate {
  return { sql: 'COUNT(*)', class: 'NONE', metric: true, reads: [], of: (rows) => rows.length, adds: [] }
}

function countUsers(user: Expression): Aggregate {
  return {
    sql: `COUNT(DISTINCT ${user.sql})`,
    class: 'NONE',
    metric: false,
    counts: true,
    reads: user.reads,
    of: (rows) => new Set(rows.map((row) => user.of(row)).filter((value) => value !== null)).size,
    adds: [],
  }
}
