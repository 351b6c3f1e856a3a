/**
 * How the users of a row are carried through the emitted SQL. A set is one or more columns; all that is ever asked of it is
 * whether it holds fewer users than a threshold, so no set holds more than that.
 */
export interface UserSets {
  /** The DuckDB type of each column of a set. */
  partType: string
  parts: readonly string[]
  /** The most that `count` answers; reported counts are capped there too (create-workflow guide). */
  cap: number
  /** The set of the users of a group of rows, of which only those that meet the condition count. */
  collect(user: string, condition: string | null): string[]
  /** The union of the sets of a group of rows; each row may have several. */
  merge(sets: readonly (readonly string[])[], condition: string | null): string[]
  /** How many users a set holds; 0 for none. */
  count(set: readonly string[]): string
}

function filtered(aggregate: string, ...conditions: (string | null)[]): string {
  const all = conditions.filter((condition) => condition !== null)
  return all.length === 0 ? aggregate : `${aggregate} FILTER (WHERE ${all.join(' AND ')})`
}

/** The lowest and the highest id: exact for a threshold of 2, and as cheap as a sum. */
const pairs: UserSets = {
  partType: 'BIGINT',
  parts: ['low', 'high'],
  cap: 2,
  collect: (user, condition) => [filtered(`min(${user})`, condition), filtered(`max(${user})`, condition)],
  merge(sets, condition) {
    const [low, high] = [0, 1].map((part) => sets.map((set) => set[part] ?? 'NULL'))
    return [
      filtered(`min(${either('least', low)})`, condition),
      filtered(`max(${either('greatest', high)})`, condition),
    ]
  },
  count: ([low, high]) => `CASE WHEN ${low} IS NULL THEN 0 WHEN ${low} = ${high} THEN 1 ELSE 2 END`,
}

/** DuckDB's least and greatest skip NULL. */
function either(choice: string, values: readonly string[] = []): string {
  return values.length === 1 ? values.join('') : `${choice}(${values.join(', ')})`
}

const listCap = 100

/** Lists of ids. A list of as many as the threshold is cut: its unions reach the threshold too. */
const lists: UserSets = {
  partType: 'BIGINT[]',
  parts: ['users'],
  cap: listCap,
  collect: (user, condition) => [
    `list_slice(${filtered(`list(DISTINCT ${user})`, `${user} IS NOT NULL`, condition)}, 1, ${listCap})`,
  ],
  merge(sets, condition) {
    const all = sets.map(([users]) => users ?? 'NULL')
    const users = all.length === 1 ? all.join('') : `list_concat(${all.join(', ')})`
    const collected = filtered(`list(${users})`, `${users} IS NOT NULL`, condition)
    return [`list_slice(list_distinct(flatten(${collected})), 1, ${listCap})`]
  },
  count: ([users]) => `coalesce(len(${users}), 0)`,
}

/** The cheapest sets that tell whether a threshold is met. */
export function userSetsFor(usersNeeded: number): UserSets {
  return usersNeeded <= pairs.cap ? pairs : lists
}
