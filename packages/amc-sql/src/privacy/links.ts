import type { Binding, ResolvedJoin } from '../resolve/resolution.ts'
import type { Expression } from '../tree.ts'
import { union, type TrackedColumn } from './tracked.ts'

/** Which users joins by user id make certain through each other. Where a link is missed, users are counted all the same. */
export class Links {
  /** The user of the second path is certain as soon as that of the first is. */
  readonly #certain = new Map<number, Set<number>>()
  /** Where both are known, they are the same user. */
  readonly #equal = new Map<number, Set<number>>()

  addCertain(from: readonly number[], to: readonly number[]): void {
    add(this.#certain, from, to)
  }

  addEqual(a: readonly number[], b: readonly number[]): void {
    add(this.#equal, a, b)
    add(this.#equal, b, a)
  }

  equal(a: readonly number[], b: readonly number[]): boolean {
    return a.some((from) => b.some((to) => this.#equal.get(from)?.has(to) === true))
  }

  closure(paths: readonly number[]): readonly number[] {
    const all = new Set(paths)
    for (const path of all) for (const next of this.#certain.get(path) ?? []) all.add(next)
    return union([...all], [])
  }
}

function add(map: Map<number, Set<number>>, from: readonly number[], to: readonly number[]): void {
  for (const path of from) {
    const set = map.get(path) ?? new Set()
    for (const other of to) set.add(other)
    map.set(path, set)
  }
}

export interface LinkReader {
  columnOf: (binding: Binding) => TrackedColumn
  identityOf: (expression: Expression) => readonly number[]
  /** The first path of a member of FROM; paths are numbered in the order of FROM. */
  firstPath: number
}

/** Adds what a join by `a.user_id = b.user_id` tells. */
export function joinLinks(join: ResolvedJoin, links: Links, reader: LinkReader): void {
  const pairs = join.using.map(
    ({ left, right }) => [reader.columnOf(left).identity, reader.columnOf(right).identity] as const,
  )
  if (join.node.on !== null)
    for (const [a, b] of equalities(join.node.on)) pairs.push([reader.identityOf(a), reader.identityOf(b)])
  for (const [a, b] of pairs) link(join, links, reader.firstPath, a, b)
}

function link(join: ResolvedJoin, links: Links, rightFrom: number, a: readonly number[], b: readonly number[]): void {
  if (a.length === 0 || b.length === 0) return
  if (join.type === 'inner') {
    links.addEqual(a, b)
    links.addCertain(a, b)
    links.addCertain(b, a)
    return
  }
  // An outer join keeps rows for which its condition does not hold, so it tells nothing within one of its sides.
  const [left, right] = Math.max(...a) < rightFrom ? [a, b] : [b, a]
  if (Math.max(...left) >= rightFrom || Math.min(...right) < rightFrom) return
  links.addEqual(left, right)
  // The side that a LEFT JOIN keeps makes the other certain, never the other way round.
  if (join.type === 'left') links.addCertain(left, right)
}

/** The equalities that must all hold for a condition to hold. */
function* equalities(condition: Expression): Iterable<[Expression, Expression]> {
  if (condition.kind === 'binary' && condition.operator === '=') yield [condition.left, condition.right]
  else if (condition.kind === 'chain' && condition.operators[0] === 'AND')
    for (const operand of condition.operands) yield* equalities(operand)
}
