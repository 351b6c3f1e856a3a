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
  /** The set of the users of a group of rows; NULL is no user. */
  collect(user: string): string[]
  /** A first look at a group's users that costs little; null where collecting them does too. */
  sample: Sample | null
  /** The union of the sets of a group of rows; each row may have several. */
  merge(sets: readonly (readonly string[])[], condition: string | null): string[]
  /** How many users a set holds; 0 for none. */
  count(set: readonly string[]): string
}

/** Some of the users of a group of rows, of a small group all of them; those of rows that meet a condition come first. */
export interface Sample {
  /** A list of users, and how many of the group's users meet the condition. */
  take(user: string, first: string | null): Taken
  /** The set of what was taken. */
  set(taken: Taken): string[]
  /** True where that set is as good as that of all: it holds every user, or the threshold is met. */
  decides(taken: Taken, set: readonly string[]): string
}

export interface Taken {
  users: string
  /** Where only the users that meet the condition are meant. */
  first: string | null
}

/** A value where a condition holds. FILTER on an aggregate costs DuckDB more than a CASE in its argument. */
export function where(value: string, condition: string | null): string {
  return condition === null ? value : `CASE WHEN ${condition} THEN ${value} END`
}

/** The lowest and the highest id: exact for a threshold of 2, and nearly as cheap as a sum. */
const pairs: UserSets = {
  partType: 'BIGINT',
  parts: ['low', 'high'],
  cap: 2,
  collect: (user) => [`min(${user})`, `max(${user})`],
  sample: null,
  merge(sets, condition) {
    const [low, high] = [0, 1].map((part) => sets.map((set) => set[part] ?? 'NULL'))
    return [`min(${where(either('least', low), condition)})`, `max(${where(either('greatest', high), condition)})`]
  },
  count: ([low, high]) => `CASE WHEN ${low} IS NULL THEN 0 WHEN ${low} = ${high} THEN 1 ELSE 2 END`,
}

/** DuckDB's least and greatest skip NULL. */
function either(choice: string, values: readonly string[] = []): string {
  return values.length === 1 ? values.join('') : `${choice}(${values.join(', ')})`
}

const listCap = 100

/** Enough that 100 different users are nearly always among the first rows of a group that has them. */
const sampled = 256

/** Lists of ids. A list of as many as the threshold is cut: its unions reach the threshold too. */
const lists: UserSets = {
  partType: 'BIGINT[]',
  parts: ['users'],
  cap: listCap,
  collect: (user) => [`list_slice(list(DISTINCT ${user}) FILTER (WHERE ${user} IS NOT NULL), 1, ${listCap})`],
  sample: {
    // Rows are of one rank or two, so the first ones stay and hardly one is replaced: a tenth of the cost of a distinct list.
    take(user, first) {
      if (first === null) return { users: `arg_min(${user}, 0, ${sampled})`, first: null }
      const rank = `CASE WHEN ${first} THEN 0 WHEN ${user} IS NOT NULL THEN 1 END`
      return { users: `arg_min(${user}, ${rank}, ${sampled})`, first: `count(${user}) - coalesce(sum(${rank}), 0)` }
    },
    set: ({ users, first }) => [
      `list_slice(list_distinct(${first === null ? users : `list_slice(${users}, 1, ${first})`}), 1, ${listCap})`,
    ],
    decides: ({ users, first }, set) =>
      `(${first ?? `coalesce(len(${users}), 0)`} < ${sampled} OR ${lists.count(set)} >= ${listCap})`,
  },
  merge(sets, condition) {
    const all = sets.map(([users]) => users ?? 'NULL')
    const users = all.length === 1 ? all.join('') : `list_concat(${all.join(', ')})`
    const collected = `list(${users}) FILTER (WHERE ${users} IS NOT NULL${condition === null ? '' : ` AND ${condition}`})`
    return [`list_slice(list_distinct(flatten(${collected})), 1, ${listCap})`]
  },
  count: ([users]) => `coalesce(len(${users}), 0)`,
}

/** The cheapest sets that tell whether a threshold is met. */
export function userSetsFor(usersNeeded: number): UserSets {
  return usersNeeded <= pairs.cap ? pairs : lists
}
