import { where, type Sample, type Taken, type UserSets } from '../privacy/user-sets.ts'
import { isReadAtOnce, isRepeatable, isStreamed } from '../resolve/repeatable.ts'
import type { ResolvedQuery, ResolvedSelect, Source } from '../resolve/resolution.ts'
import { lowerGroupKey, lowerGroups, lowerRows } from './from.ts'
import type { Lowering } from './lowering.ts'
import { named, quoteName } from './text.ts'
import type { CarriedUsers, Collected } from './users.ts'

/** Whether the users of a grouping can be found in two steps: it then reads its rows twice, which must be the same rows. */
export function canSample(l: Lowering, select: ResolvedSelect, carried: readonly CarriedUsers[]): boolean {
  return carried.some((one) => 'collected' in one) && isRepeatable(l.resolution, select)
}

/** How a query that may be read twice keeps its rows: what only passes a table's rows on costs less when it is run again. */
export function howKept(l: Lowering, query: ResolvedQuery): string {
  if (l.sets?.sample == null) return ''
  return isStreamed(l.resolution, query) && isReadAtOnce(query.body) ? 'NOT MATERIALIZED ' : 'MATERIALIZED '
}

interface Sampled {
  /** The names of the items. */
  columns: readonly string[]
  items: readonly string[]
  carried: readonly CarriedUsers[]
  sets: UserSets
  sample: Sample
}

/**
 * A grouping with the users of its groups. To collect them all is by far the dearest part of it, so only a sample is taken at
 * first. The sample holds users of the group and no others: where it has as many as the threshold, or all of them, it stands for
 * the set. The other groups' rows are read once more and their users collected; mostly there are none, and nothing is read.
 */
export function lowerSampled(l: Lowering, select: ResolvedSelect, parts: Sampled): string {
  const { columns, items, carried, sets } = parts
  const [groups, open, exact] = ['groups', 'open', 'exact'].map((name) => quoteName(l.names.make(name)))
  const lifted = select.sources.flatMap((source) => lift(l, source))
  const keys = select.groupBy.length === 0 ? ['0'] : select.groupBy.map((key) => lowerGroupKey(l, key))
  const keyNames = keys.map((_, at) => quoteName(`#key${at}`))
  const keyColumns = keys.map((key, at) => `${key} AS ${keyNames[at] ?? ''}`)
  const sameKeys = (a: string | undefined, b: string | undefined): string =>
    keyNames.map((key) => `${a}.${key} IS NOT DISTINCT FROM ${b}.${key}`).join(' AND ')
  const looks = takeSamples(carried, parts.sample)
  const values = carried.flatMap((one) =>
    'values' in one ? one.columns.map(({ name }, at) => named(one.values[at] ?? 'NULL', name)) : [],
  )
  const from = lowerRows(l, select, true)
  const users = looks.wanted.map(({ user, condition }, at) => named(where(user, condition), `#user${at}`))
  const collected = users.flatMap((_, at) =>
    sets.collect(`"rows".${quoteName(`#user${at}`)}`).map((value, part) => named(value, setName(at, part))),
  )
  const grouped = [...items, ...values, ...keyColumns, ...looks.taken].join(', ')
  const definitions = [
    ...lifted,
    `${groups} AS MATERIALIZED (SELECT *, ${looks.decided.join(', ')} FROM (SELECT *, ${looks.sets.join(', ')} ` +
      `FROM (SELECT ${grouped}${from}${lowerGroups(l, select)}) AS "taken") AS "sets")`,
    `${open} AS MATERIALIZED (SELECT DISTINCT ${keyNames.join(', ')} FROM ${groups} ` +
      `WHERE NOT (${users.map((_, at) => quoteName(decidedName(at))).join(' AND ')}))`,
    `${exact} AS (SELECT ${keyNames.map((key) => `${open}.${key}`).join(', ')}, ${collected.join(', ')} FROM ${open} ` +
      `JOIN (SELECT ${[...keyColumns, ...users].join(', ')}${from}) AS "rows" ON ${sameKeys(open, '"rows"')} GROUP BY ALL)`,
  ]
  const result = columns.map((name) => `${groups}.${quoteName(name)}`)
  for (const one of carried)
    for (const { name, part } of one.columns) {
      if ('values' in one) {
        result.push(`${groups}.${quoteName(name)}`)
        continue
      }
      const at = looks.indexOf(one.collected)
      const [decided, set] = [quoteName(decidedName(at)), quoteName(setName(at, part))]
      result.push(named(`CASE WHEN ${groups}.${decided} THEN ${groups}.${set} ELSE ${exact}.${set} END`, name))
    }
  return (
    `SELECT * FROM (WITH ${definitions.join(', ')} SELECT ${result.join(', ')} ` +
    `FROM ${groups} LEFT JOIN ${exact} ON ${sameKeys(groups, exact)}) AS "counted"`
  )
}

function setName(at: number, part: number): string {
  return `#set${at}.${part}`
}

function decidedName(at: number): string {
  return `#decided${at}`
}

/** A query in FROM as a definition of its own. */
function lift(l: Lowering, source: Source): string[] {
  if (source.from.kind !== 'query') return []
  const name = quoteName(l.names.make('part'))
  l.lifted.set(source, name)
  return [`${name} AS ${howKept(l, source.from.query)}(${l.query(source.from.query, true)})`]
}

interface Looks {
  /** The different sets that are wanted. */
  wanted: readonly Collected[]
  indexOf(collected: Collected): number
  /** Three steps of columns: the samples of a grouping, for each wanted set what they make of it, and whether that decides. */
  taken: readonly string[]
  sets: readonly string[]
  decided: readonly string[]
}

/** A sample for each wanted set; one that prefers the rows of a condition serves for them and for all rows. */
function takeSamples(carried: readonly CarriedUsers[], sample: Sample): Looks {
  const wanted: Collected[] = []
  const indexOf = ({ user, condition }: Collected): number =>
    wanted.findIndex((other) => other.user === user && other.condition === condition)
  for (const one of carried) if ('collected' in one && indexOf(one.collected) === -1) wanted.push(one.collected)
  const looks = { wanted, indexOf, taken: [] as string[], sets: [] as string[], decided: [] as string[] }
  for (const [at, { user, condition }] of wanted.entries()) {
    const all = condition === null ? -1 : indexOf({ user, condition: null })
    const preferred = wanted.findIndex((other) => other.user === user && other.condition !== null)
    const shared = all !== -1 && preferred === at
    if (!shared) {
      const look = sample.take(
        where(user, condition),
        condition === null ? (wanted[preferred]?.condition ?? null) : null,
      )
      looks.taken.push(named(look.users, `#taken${at}`))
      if (look.first !== null) looks.taken.push(named(look.first, `#first${at}`))
    }
    const taken: Taken = shared
      ? { users: quoteName(`#taken${all}`), first: quoteName(`#first${all}`) }
      : { users: quoteName(`#taken${at}`), first: null }
    const set = sample.set(taken)
    for (const [part, value] of set.entries()) looks.sets.push(named(value, setName(at, part)))
    const names = set.map((_, part) => quoteName(setName(at, part)))
    looks.decided.push(named(sample.decides(taken, names), decidedName(at)))
  }
  return looks
}
