import { functions } from '../functions/catalogue.ts'
import { childrenOf } from '../resolve/children.ts'
import type { Binding, Resolution, ResolvedBody, ResolvedSelect, Source } from '../resolve/resolution.ts'
import type { Call, Expression, TableExpression } from '../tree.ts'
import { bodyOf, choices } from './followed.ts'
import type { JoinedRows, Key } from './joined-rows.ts'
import type { Keys } from './keys.ts'

/** A measure whose rows a join repeats. */
export interface Repeat {
  /** The join, or the member of FROM behind a comma. */
  node: TableExpression
  /** Where the measure comes from, and the sources of which several rows belong to one of its own. */
  source: Source
  others: readonly Source[]
}

/** A column of a WITH part that holds such a measure. */
interface RepeatedColumn {
  repeat: Repeat
  /** Grouped by one of these, every row is there once. */
  harmless: readonly Key[]
}

const none: ReadonlyMap<number, RepeatedColumn> = new Map()
const nobody: ReadonlySet<number> = new Set()

/** Which totals count rows several times, because a join finds several partners for them. */
export class Repeats {
  readonly #resolution: Resolution
  readonly #keys: Keys
  readonly #columns = new Map<ResolvedBody, ReadonlyMap<number, RepeatedColumn>>()

  constructor(resolution: Resolution, keys: Keys) {
    this.#resolution = resolution
    this.#keys = keys
    // Inner queries come first, so that a long chain of WITH parts is no deep recursion.
    for (const query of resolution.queries.values()) this.#columnsOf(query.body)
  }

  /** What a total of an aggregating SELECT counts several times; null where it does not. */
  ofTotal(select: ResolvedSelect, call: Call): Repeat | null {
    const [argument] = call.arguments
    if (argument === undefined || call.distinct || call.over !== null) return null
    const name = call.name.text.toUpperCase()
    if (name !== 'SUM' && name !== 'COUNT') return null
    if (argument.kind === 'star') return this.#ofPairs(select)
    const source = this.#measured(argument)
    if (source === null) return null
    if (select.sources.length > 1) {
      const joined = this.#keys.joined(select)
      if (name === 'COUNT' && !isByEquality(select)) return null
      return this.#repeat(joined, source, groupsOf(select, joined))
    }
    return argument.kind === 'column' && name === 'SUM' ? this.#throughPart(select, argument) : null
  }

  /** COUNT(*) over a join by equality, where neither side has one row per group: it counts pairs. */
  #ofPairs(select: ResolvedSelect): Repeat | null {
    if (select.sources.length < 2 || !isByEquality(select)) return null
    const joined = this.#keys.joined(select)
    const groups = groupsOf(select, joined)
    const repeats = select.sources.map((source) => this.#repeat(joined, source, groups))
    const [first] = repeats
    // A join without a condition is another mistake, or meant so.
    const isLinked = first?.node.kind === 'join' && (first.node.on !== null || first.node.using !== null)
    return first != null && isLinked && repeats.every((repeat) => repeat !== null) ? first : null
  }

  #throughPart(select: ResolvedSelect, column: Expression): Repeat | null {
    const binding = column.kind === 'column' ? this.#resolution.bindings.get(column) : undefined
    if (binding?.kind !== 'column') return null
    const found = this.#columnsOf(bodyOf(binding.source)).get(binding.index)
    if (found === undefined || this.#keys.filtersRank(select)) return null
    const grouped = new Set<number>()
    for (const key of select.groupBy) {
      const one = key.kind === 'column' ? this.#resolution.bindings.get(key) : undefined
      const inner =
        one?.kind === 'alias' && one.expression.kind === 'column' ? this.#resolution.bindings.get(one.expression) : one
      if (inner?.kind === 'column' && inner.source === binding.source) grouped.add(inner.index)
    }
    return found.harmless.some((key) => key.every((at) => grouped.has(at))) ? null : found.repeat
  }

  #columnsOf(body: ResolvedBody | null): ReadonlyMap<number, RepeatedColumn> {
    if (body === null) return none
    let columns = this.#columns.get(body)
    if (columns === undefined) {
      columns =
        body.kind === 'parenthesized'
          ? this.#columnsOf(body.query.body)
          : body.kind === 'select'
            ? this.#selectColumns(body)
            : none
      this.#columns.set(body, columns)
    }
    return columns
  }

  #selectColumns(select: ResolvedSelect): ReadonlyMap<number, RepeatedColumn> {
    if (select.aggregate || select.node.distinct || select.sources.length === 0) return none
    return select.sources.length === 1 ? this.#passedOn(select) : this.#joinedColumns(select)
  }

  #joinedColumns(select: ResolvedSelect): ReadonlyMap<number, RepeatedColumn> {
    const joined = this.#keys.joined(select)
    const positions = this.#keys.positions(select)
    const columns = new Map<number, RepeatedColumn>()
    for (const [at, { expression }] of select.items.entries()) {
      const source = expression.kind === 'column' ? this.#measured(expression) : null
      const repeat = source === null ? null : this.#repeat(joined, source, nobody)
      if (source === null || repeat === null) continue
      const harmless: Key[] = []
      for (const key of joined.keys) {
        const places = joined.missing(key, [source]).map((part) => positions.get(part))
        if (places.every((place) => place !== undefined)) harmless.push(places)
      }
      columns.set(at, { repeat, harmless })
    }
    return columns
  }

  /** Columns of one WITH part, named again in the next one. */
  #passedOn(select: ResolvedSelect): ReadonlyMap<number, RepeatedColumn> {
    const [source] = select.sources
    const inner = source === undefined ? none : this.#columnsOf(bodyOf(source))
    if (inner.size === 0 || this.#keys.filtersRank(select)) return none
    const places = new Map<number, number>()
    for (const [at, { expression }] of select.items.entries()) {
      const binding = expression.kind === 'column' ? this.#resolution.bindings.get(expression) : undefined
      if (binding?.kind === 'column' && !places.has(binding.index)) places.set(binding.index, at)
    }
    const columns = new Map<number, RepeatedColumn>()
    for (const [index, { repeat, harmless }] of inner) {
      const at = places.get(index)
      if (at === undefined) continue
      const moved = harmless.flatMap((key) => {
        const keys = key.map((one) => places.get(one))
        return keys.every((one) => one !== undefined) ? [keys] : []
      })
      columns.set(at, { repeat, harmless: moved })
    }
    return columns
  }

  #repeat(joined: JoinedRows, source: Source, groups: ReadonlySet<number>): Repeat | null {
    if (!joined.repeats(source, groups)) return null
    const found = joined.repeating(source)
    return found === null ? null : { ...found, source }
  }

  /** The one source whose measure an expression takes as it is: a share or a weight of something else is meant to spread over rows. */
  #measured(node: Expression): Source | null {
    switch (node.kind) {
      case 'column':
        return this.#sourceOf(this.#resolution.bindings.get(node))
      case 'cast':
      case 'unary':
        return this.#measured(childrenOf(node)[0] ?? node)
      case 'case':
        return node.branches.some(({ when }) => this.#holdsRank(when)) ? null : this.#only(choices(node))
      case 'chain':
        return this.#only(node.operands)
      case 'call': {
        const name = node.name.text.toUpperCase()
        const [condition, ...values] = node.arguments
        if (name === 'IF') return condition === undefined || this.#holdsRank(condition) ? null : this.#only(values)
        return functions.get(name)?.kind === 'scalar' && /^(COALESCE|IFNULL|NVL|ROUND|ABS)$/.test(name)
          ? this.#only(node.arguments)
          : null
      }
      default:
        return null
    }
  }

  /** The source of the only value that is not fixed; null where there are several. */
  #only(nodes: readonly Expression[]): Source | null {
    const values = nodes.filter((node) => this.#resolution.expressions.get(node)?.constant !== true)
    const [value] = values
    return value !== undefined && values.length === 1 ? this.#measured(value) : null
  }

  #sourceOf(binding: Binding | undefined): Source | null {
    if (binding?.kind === 'alias') return this.#measured(binding.expression)
    return binding?.kind === 'column' ? binding.source : null
  }

  #holdsRank(node: Expression): boolean {
    return this.#keys.rankOf(node) !== null || childrenOf(node).some((child) => this.#holdsRank(child))
  }
}

/** The classes of the columns that a SELECT is grouped by. */
function groupsOf(select: ResolvedSelect, joined: JoinedRows): ReadonlySet<number> {
  const groups = new Set<number>()
  for (const key of select.groupBy) {
    const found = joined.classOf(key)
    if (found !== null) groups.add(found)
  }
  return groups
}

/** Whether its joins compare for equality only: an order in time makes pairs on purpose. */
function isByEquality(select: ResolvedSelect): boolean {
  for (const item of select.from)
    for (let at = item; at.kind === 'join'; at = at.left)
      if (at.node.on !== null && holdsOrder(at.node.on)) return false
  return select.node.where === null || !holdsOrder(select.node.where)
}

function holdsOrder(node: Expression): boolean {
  if (node.kind === 'between') return true
  if (node.kind === 'binary' && /^[<>]=?$/.test(node.operator))
    return node.left.kind !== 'literal' && node.right.kind !== 'literal'
  return childrenOf(node).some(holdsOrder)
}
