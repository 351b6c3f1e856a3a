import type { Binding, Resolution, ResolvedBody, ResolvedSelect } from '../resolve/resolution.ts'
import type { Call, Expression } from '../tree.ts'
import { bodyOf } from './followed.ts'
import type { Key } from './joined-rows.ts'
import type { Keys } from './keys.ts'

/** A column that counts different people per group. */
export interface DistinctCount {
  call: Call
  /** Within rows that are equal in one of these columns, nobody is counted twice. */
  apart: readonly Key[]
}

type Counts = ReadonlyMap<number, DistinctCount>
const none: Counts = new Map()

/** Columns of counts of people, and when they may be added: nobody may stand in two groups. */
export class DistinctCounts {
  readonly #resolution: Resolution
  readonly #keys: Keys
  readonly #bodies = new Map<ResolvedBody, Counts>()

  constructor(resolution: Resolution, keys: Keys) {
    this.#resolution = resolution
    this.#keys = keys
    // Inner queries come first, so that a long chain of WITH parts is no deep recursion.
    for (const query of resolution.queries.values()) this.body(query.body)
  }

  /** The distinct count that SUM adds up over groups that share values; null where it does not. */
  added(select: ResolvedSelect, call: Call): DistinctCount | null {
    const binding = this.#bindingOf(call.arguments[0])
    if (binding === null) return null
    const found = this.body(bodyOf(binding.source)).get(binding.index)
    if (found === undefined) return null
    const within = call.over === null ? select.groupBy : (this.#resolution.windows.get(call.over)?.partitionBy ?? [])
    const joined = this.#keys.joined(select)
    const same = new Set(within.map((key) => joined.classOf(key)))
    const isApart = (key: Key): boolean => key.every((at) => same.has(joined.column(binding.source, at)))
    return found.apart.some(isApart) ? null : found
  }

  body(body: ResolvedBody | null): Counts {
    if (body === null) return none
    let counts = this.#bodies.get(body)
    if (counts === undefined) {
      counts = this.#countsOf(body)
      this.#bodies.set(body, counts)
    }
    return counts
  }

  #countsOf(body: ResolvedBody): Counts {
    switch (body.kind) {
      case 'values':
        return none
      case 'parenthesized':
        return this.body(body.query.body)
      case 'union': {
        const [first = none, ...others] = body.branches.map((branch) => this.body(branch))
        // Where another branch says the same of a column, it holds for the column; what tells branches apart must be equal too.
        const marks = [...body.relation.columns.keys()].filter((at) =>
          body.branches.every(({ relation }) => relation.columns[at]?.constant === true),
        )
        const both = [...first].filter(([at]) => others.every((other) => other.has(at)))
        return new Map(
          both.map(([at, { call, apart }]) => [at, { call, apart: apart.map((key) => [...key, ...marks]) }]),
        )
      }
      case 'select':
        return body.aggregate ? this.#made(body) : this.#passedOn(body)
    }
  }

  /** COUNT(DISTINCT x) GROUP BY …: apart where the groups of x are known from the rest of a key of the rows. */
  #made(select: ResolvedSelect): Counts {
    const calls = new Map<number, Call>()
    for (const [at, { expression }] of select.items.entries()) {
      const call = countIn(expression)
      if (call !== null && this.#countsPeople(call)) calls.set(at, call)
    }
    if (calls.size === 0) return none
    const joined = this.#keys.joined(select)
    const positions = this.#keys.positions(select)
    const groups = select.groupBy.map((key) => this.#positionOf(select, key))
    const counts = new Map<number, DistinctCount>()
    for (const [at, call] of calls) {
      const counted = joined.classOf(valueOf(call))
      // One row per group: nothing is added.
      const apart: Key[] = groups.every((group) => group !== null) ? [groups] : []
      for (const key of joined.keys) {
        const others = joined.missing(key, []).filter((part) => part !== counted)
        const places = others.map((part) => positions.get(part))
        const isOfCounted = others.length === 0 || (counted !== null && key.includes(counted))
        if (isOfCounted && places.every((place) => place !== undefined)) apart.push(places)
      }
      counts.set(at, { call, apart })
    }
    return counts
  }

  /** Other ids, of visits or orders, belong to one group by themselves. */
  #countsPeople(call: Call): boolean {
    const type = this.#resolution.expressions.get(valueOf(call))?.type
    return type?.kind === 'STRING' && type.userId === true
  }

  #positionOf(select: ResolvedSelect, key: Expression): number | null {
    const id = this.#resolution.expressions.get(key)?.id
    const at = select.items.findIndex(({ expression }) => this.#resolution.expressions.get(expression)?.id === id)
    return at === -1 ? null : at
  }

  #passedOn(select: ResolvedSelect): Counts {
    const counts = new Map<number, DistinctCount>()
    for (const [at, { expression }] of select.items.entries()) {
      const binding = this.#bindingOf(expression)
      const inner = binding === null ? undefined : this.body(bodyOf(binding.source)).get(binding.index)
      if (binding === null || inner === undefined) continue
      const joined = this.#keys.joined(select)
      const positions = this.#keys.positions(select)
      const apart = inner.apart.flatMap((key) => {
        const places = key.map((one) => positions.get(joined.column(binding.source, one)))
        return places.every((place) => place !== undefined) ? [places] : []
      })
      counts.set(at, { call: inner.call, apart })
    }
    return counts.size === 0 ? none : counts
  }

  /** The column of FROM that a value is, also within COALESCE. */
  #bindingOf(node: Expression | undefined): Extract<Binding, { kind: 'column' }> | null {
    if (node === undefined) return null
    if (node.kind === 'call' && /^(COALESCE|IFNULL|NVL)$/i.test(node.name.text))
      return this.#bindingOf(node.arguments[0])
    if (node.kind !== 'column') return null
    const binding = this.#resolution.bindings.get(node)
    if (binding?.kind === 'alias') return this.#bindingOf(binding.expression)
    return binding?.kind === 'column' ? binding : null
  }
}

/** The distinct count that an expression is. */
function countIn(node: Expression): Call | null {
  if (node.kind === 'cast') return countIn(node.operand)
  if (node.kind !== 'call' || node.over !== null) return null
  if (/^(COALESCE|IFNULL|NVL)$/i.test(node.name.text))
    return node.arguments[0] === undefined ? null : countIn(node.arguments[0])
  const isCount = node.distinct && /^COUNT$/i.test(node.name.text)
  return isCount || /^APPROX_COUNT_DISTINCT$/i.test(node.name.text) ? node : null
}

/** What a call counts, without the condition around it. */
function valueOf(call: Call): Expression {
  let [node] = call.arguments
  for (;;) {
    const inner: Expression | undefined =
      node?.kind === 'case'
        ? node.branches[0]?.then
        : node?.kind === 'call' && /^IF$/i.test(node.name.text)
          ? node.arguments[1]
          : undefined
    if (inner === undefined) return node ?? call
    node = inner
  }
}
