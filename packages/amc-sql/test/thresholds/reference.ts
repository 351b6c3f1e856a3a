/**
 * Amazon's aggregation thresholds, slow and plain: every row of every relation carries the set of users behind it, one set for each
 * use of a source table (a path), and behind every measure the users that added something other than 0 to it. Nothing is estimated,
 * sampled, cut or merged early. The queries that this evaluates are written down in the same step, so both say the same.
 */
export type Value = string | number | null
export type Class = 'NONE' | 'LOW' | 'HIGH' | 'VERY_HIGH'

export interface Column {
  /** As other parts of the query write it. */
  sql: string
  class: Class
  /** A measure, which is added up when rows are merged. */
  metric: boolean
  /** A number, but no measure: a count of people. */
  counts?: boolean
  /** Paths that its values come from. */
  origins: ReadonlySet<number>
}

/** For each path that adds to a total, the users who did. */
export type Total = ReadonlyMap<number, ReadonlySet<string>>

export interface Row {
  values: readonly Value[]
  /** By path. */
  users: readonly ReadonlySet<string>[]
  /** By column: the totals that its value is made of. */
  totals: readonly (readonly Total[])[]
}

export interface Relation {
  /** As it stands in FROM, without an alias. */
  from: string
  columns: readonly Column[]
  /** The source table of each path. */
  paths: readonly string[]
  rows: readonly Row[]
}

/** A value of a row, or of a group of rows. */
export interface Expression {
  sql: string
  class: Class
  metric: boolean
  counts?: boolean
  /** Positions of the columns that it reads. */
  reads: readonly number[]
  of(row: Row): Value
}

export interface Aggregate {
  sql: string
  class: Class
  metric: boolean
  counts?: boolean
  /** Positions of the columns that it reads. */
  reads: readonly number[]
  of(rows: readonly Row[]): Value
  /** For sums and quotients of sums: what each row adds. */
  adds: readonly Expression[]
}

const strictness: readonly Class[] = ['NONE', 'LOW', 'HIGH', 'VERY_HIGH']

export function strictest(...classes: readonly Class[]): Class {
  return strictness[Math.max(0, ...classes.map((one) => strictness.indexOf(one)))] ?? 'NONE'
}

const nobody: ReadonlySet<string> = new Set()

function union<T>(sets: Iterable<ReadonlySet<T>>): Set<T> {
  const all = new Set<T>()
  for (const set of sets) for (const item of set) all.add(item)
  return all
}

/** SELECT items FROM rows WHERE condition. */
export function project(
  input: Relation,
  items: readonly Expression[],
  keep: (row: Row) => boolean,
): Omit<Relation, 'from'> {
  return {
    paths: input.paths,
    columns: items.map((item, at) => ({
      sql: `x${at}`,
      class: item.class,
      metric: item.metric,
      counts: item.counts ?? false,
      origins: union(item.reads.map((read) => input.columns[read]?.origins ?? new Set<number>())),
    })),
    rows: input.rows.filter(keep).map((row) => ({
      values: items.map((item) => item.of(row)),
      users: row.users,
      totals: items.map((item) => item.reads.flatMap((read) => row.totals[read] ?? [])),
    })),
  }
}

/** SELECT keys, aggregates FROM rows WHERE condition GROUP BY keys HAVING condition. */
export function group(
  input: Relation,
  keys: readonly Expression[],
  aggregates: readonly Aggregate[],
  keep: (row: Row) => boolean,
  having: (rows: readonly Row[]) => boolean,
): Omit<Relation, 'from'> {
  const groups = new Map<string, Row[]>()
  for (const row of input.rows.filter(keep)) {
    const key = JSON.stringify(keys.map((one) => one.of(row)))
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  if (keys.length === 0 && groups.size === 0) groups.set('[]', [])
  const originsOf = ({ reads }: { reads: readonly number[] }): Set<number> =>
    union(reads.map((read) => input.columns[read]?.origins ?? new Set<number>()))
  const columns: Column[] = [
    ...keys.map((key) => ({
      class: key.class,
      metric: false,
      counts: key.counts ?? key.metric,
      origins: originsOf(key),
    })),
    ...aggregates.map((one) => ({
      class: one.class,
      metric: one.metric,
      counts: one.counts ?? false,
      origins: originsOf(one),
    })),
  ].map((column, at) => ({ ...column, sql: `x${at}` }))
  const rows = [...groups.values()].filter(having).map((group): Row => {
    const [first] = group
    return {
      values: [
        ...keys.map((key) => (first === undefined ? null : key.of(first))),
        ...aggregates.map((one) => one.of(group)),
      ],
      users: input.paths.map((_, path) => union(group.map((row) => row.users[path] ?? nobody))),
      totals: [
        ...keys.map(() => []),
        ...aggregates.map((one) => one.adds.map((adds) => totalOf(adds, group, originsOf(adds)))),
      ],
    }
  })
  return { paths: input.paths, columns, rows }
}

/** Who adds something other than 0: of a total of totals those who added to them, of plain values the users of the row. */
function totalOf(adds: Expression, group: readonly Row[], origins: ReadonlySet<number>): Total {
  const total = new Map<number, Set<string>>()
  const paths = union([origins, ...group.flatMap((row) => totalsBehind(adds, row).map((one) => new Set(one.keys())))])
  for (const path of paths) {
    const users = new Set<string>()
    for (const row of group) {
      const value = adds.of(row)
      if (value === null || value === 0) continue
      const known = totalsBehind(adds, row).filter((one) => one.has(path))
      const added =
        known.length === 0 ? (row.users[path] ?? nobody) : union(known.map((one) => one.get(path) ?? nobody))
      for (const user of added) users.add(user)
    }
    total.set(path, users)
  }
  return total
}

function totalsBehind(expression: Expression, row: Row): Total[] {
  return expression.reads.flatMap((read) => row.totals[read] ?? [])
}

/** Equal rows as one. */
export function distinct(input: Omit<Relation, 'from'>): Omit<Relation, 'from'> {
  const groups = new Map<string, Row[]>()
  for (const row of input.rows) {
    const key = JSON.stringify(row.values)
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  const rows = [...groups.values()].map((group): Row => ({
    values: group[0]?.values ?? [],
    users: input.paths.map((_, path) => union(group.map((row) => row.users[path] ?? nobody))),
    totals: input.columns.map((_, at) => mergeTotals(group.map((row) => row.totals[at] ?? []))),
  }))
  return { ...input, rows }
}

/** The totals of equal rows, each with the users of all of them. */
function mergeTotals(lists: readonly (readonly Total[])[]): Total[] {
  const [first = []] = lists
  return first.map((total, at) => {
    const merged = new Map<number, ReadonlySet<string>>()
    for (const path of total.keys()) merged.set(path, union(lists.map((list) => list[at]?.get(path) ?? nobody)))
    return merged
  })
}

/** Rows of two relations side by side; of an outer join also those without a partner. */
export function join(
  left: Relation,
  right: Relation,
  type: 'inner' | 'left' | 'full',
  on: (a: Row, b: Row) => boolean,
): Omit<Relation, 'from'> {
  const offset = left.paths.length
  const moved = (total: Total): Total => new Map([...total].map(([path, users]) => [path + offset, users]))
  const together = (a: Row | null, b: Row | null): Row => ({
    values: [...(a?.values ?? left.columns.map(() => null)), ...(b?.values ?? right.columns.map(() => null))],
    users: [
      ...(a?.users ?? left.paths.map(() => new Set<string>())),
      ...(b?.users ?? right.paths.map(() => new Set<string>())),
    ],
    totals: [
      ...(a?.totals ?? left.columns.map(() => [])),
      ...(b?.totals.map((list) => list.map(moved)) ?? right.columns.map(() => [])),
    ],
  })
  const rows: Row[] = []
  const met = new Set<Row>()
  for (const a of left.rows) {
    const partners = right.rows.filter((b) => on(a, b))
    for (const b of partners) {
      met.add(b)
      rows.push(together(a, b))
    }
    if (partners.length === 0 && type !== 'inner') rows.push(together(a, null))
  }
  if (type === 'full') for (const b of right.rows) if (!met.has(b)) rows.push(together(null, b))
  return {
    paths: [...left.paths, ...right.paths],
    columns: [
      ...left.columns,
      ...right.columns.map((column) => ({
        ...column,
        origins: new Set([...column.origins].map((path) => path + offset)),
      })),
    ],
    rows,
  }
}

/** Rows of several relations below each other; each of them has paths of its own. */
export function unionAll(branches: readonly Omit<Relation, 'from'>[]): Omit<Relation, 'from'> {
  const paths = branches.flatMap((branch) => branch.paths)
  const [first] = branches
  let offset = 0
  const parts = branches.map((branch) => {
    const before = offset
    offset += branch.paths.length
    const moved = (total: Total): Total => new Map([...total].map(([path, users]) => [path + before, users]))
    return {
      columns: branch.columns.map(({ origins }) => new Set([...origins].map((path) => path + before))),
      rows: branch.rows.map((row): Row => ({
        values: row.values,
        users: paths.map((_, path) => row.users[path - before] ?? nobody),
        totals: row.totals.map((list) => list.map(moved)),
      })),
    }
  })
  const columns = (first?.columns ?? []).map((column, at): Column => ({
    ...column,
    class: strictest(...branches.map((branch) => branch.columns[at]?.class ?? 'NONE')),
    metric: branches.some((branch) => branch.columns.some(({ metric }, other) => other === at && metric)),
    origins: union(parts.map((part) => part.columns[at] ?? new Set<number>())),
  }))
  return { paths, columns, rows: parts.flatMap((part) => part.rows) }
}
