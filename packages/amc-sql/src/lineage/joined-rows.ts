import { conjuncts } from '../resolve/conjuncts.ts'
import {
  columnKey,
  type Binding,
  type FromItem,
  type Resolution,
  type ResolvedJoin,
  type ResolvedSelect,
  type Source,
} from '../resolve/resolution.ts'
import type { Expression, TableExpression } from '../tree.ts'

/** Positions of columns that no two rows share; an empty key means that there is one row, or that nothing is known. */
export type Key = readonly number[]

/** More keys than that say nothing new about a join. */
const mostKeys = 8
/** Of a longer FROM nothing is found out, because every member is held against all before it. */
export const mostSources = 64

/**
 * The rows of FROM: which columns are equal in each of them, and what tells them apart. Its keys consist of classes of columns (equal
 * ones share a number) and of the rows of single sources (negative numbers).
 */
export class JoinedRows {
  readonly keys: readonly Key[]
  readonly #resolution: Resolution
  readonly #equal = new Map<number, number>()
  /** The sources that have a column of a class. */
  readonly #owners = new Map<number, Source[]>()
  readonly #fixed = new Set<number>()
  readonly #joins: JoinedSides[] = []

  /** `keysOf` answers for a single source, with what WHERE leaves of its rows. */
  constructor(resolution: Resolution, select: ResolvedSelect, keysOf: (source: Source) => readonly Key[]) {
    this.#resolution = resolution
    if (select.sources.length > mostSources) {
      this.keys = [[]]
      return
    }
    const fixed: Expression[] = []
    for (const item of select.from) this.#readJoins(item, fixed)
    for (const condition of conjuncts(select.node.where)) this.#readCondition(condition, fixed)
    for (const node of fixed) this.#fix(node)
    let all: Member = { sources: [], keys: [[]] }
    for (const item of select.from) all = this.#joined(item.node, all, this.#member(item, keysOf))
    this.keys = all.keys
  }

  /** The number of a column, the same for all columns that are equal in every row; null for other expressions. */
  classOf(node: Expression): number | null {
    if (node.kind === 'cast') return this.classOf(node.operand)
    if (node.kind === 'column') return this.#classOfBinding(this.#resolution.bindings.get(node))
    // COALESCE(a.user_id, b.user_id) after a join by exactly these.
    if (node.kind !== 'call' || !/^(COALESCE|IFNULL|NVL)$/i.test(node.name.text)) return null
    const [first, ...others] = node.arguments.map((argument) => this.classOf(argument))
    return first != null && others.every((other) => other === first) ? first : null
  }

  /** The class of a column of a source. */
  column(source: Source, index: number): number {
    const at = columnKey(source, index)
    const found = this.#find(at)
    const owners = this.#owners.get(found)
    if (owners === undefined) this.#owners.set(found, [source])
    else if (!owners.includes(source)) owners.push(source)
    return found
  }

  /** Whether a row of a source comes along several times among rows with equal `others`. */
  repeats(source: Source, others: ReadonlySet<number>): boolean {
    return !this.keys.some((key) => this.isWithin(key, source, others))
  }

  /** Whether a key is known as soon as the row of a source and some other columns are. */
  isWithin(key: Key, source: Source, others: ReadonlySet<number>): boolean {
    return this.missing(key, [source]).every((part) => others.has(part))
  }

  /** What of a key neither the given sources have nor a condition fixes. */
  missing(key: Key, sources: readonly Source[]): number[] {
    return key.filter(
      (part) =>
        !this.#fixed.has(part) &&
        !sources.some((source) => part === -source.id || this.#owners.get(part)?.includes(source) === true),
    )
  }

  /** The first join that finds several rows for one of a source, and the sources of these rows. */
  repeating(source: Source): { node: TableExpression; others: readonly Source[] } | null {
    for (const { node, left, right, leftRepeats, rightRepeats } of this.#joins) {
      if (leftRepeats && left.includes(source)) return { node, others: right }
      if (rightRepeats && right.includes(source)) return { node, others: left }
    }
    return null
  }

  #classOfBinding(binding: Binding | undefined): number | null {
    if (binding === undefined) return null
    if (binding.kind === 'alias') return this.classOf(binding.expression)
    if (binding.kind === 'merged') return this.#classOfBinding(binding.left)
    return this.column(binding.source, binding.index)
  }

  #find(at: number): number {
    let found = at
    for (let next = this.#equal.get(found); next !== undefined; next = this.#equal.get(found)) found = next
    return found
  }

  #unite(a: number | null, b: number | null): void {
    if (a === null || b === null || a === b) return
    this.#equal.set(a, b)
    this.#owners.set(b, [...(this.#owners.get(b) ?? []), ...(this.#owners.get(a) ?? [])])
  }

  #readJoins(item: FromItem, fixed: Expression[]): void {
    for (let at = item; at.kind === 'join'; at = at.left) {
      this.#readJoins(at.right, fixed)
      for (const { left, right } of at.using) this.#unite(this.#classOfBinding(left), this.#classOfBinding(right))
      for (const condition of conjuncts(at.node.on)) this.#readCondition(condition, fixed)
    }
  }

  /** Columns that it makes equal become one class; what it compares with a fixed value is left for later, when all classes are known. */
  #readCondition(node: Expression, fixed: Expression[]): void {
    if (node.kind !== 'binary' || node.operator !== '=') return
    const [left, right] = [this.classOf(node.left), this.classOf(node.right)]
    if (left !== null && right !== null) this.#unite(left, right)
    else if (this.#resolution.expressions.get(node.right)?.constant === true) fixed.push(node.left)
    else if (this.#resolution.expressions.get(node.left)?.constant === true) fixed.push(node.right)
  }

  #fix(node: Expression): void {
    const found = this.classOf(node)
    if (found !== null) this.#fixed.add(found)
  }

  #member(item: FromItem, keysOf: (source: Source) => readonly Key[]): Member {
    const chain: ResolvedJoin[] = []
    let leftmost = item
    for (; leftmost.kind === 'join'; leftmost = leftmost.left) chain.push(leftmost)
    let member = this.#single(leftmost, keysOf)
    for (const join of chain.toReversed()) member = this.#joined(join.node, member, this.#member(join.right, keysOf))
    return member
  }

  #single(source: Source, keysOf: (source: Source) => readonly Key[]): Member {
    const keys = keysOf(source).map((key) => key.map((index) => this.column(source, index)))
    return { sources: [source], keys: [...keys, [-source.id]] }
  }

  #joined(node: TableExpression, left: Member, right: Member): Member {
    const sources = [...left.sources, ...right.sources]
    const leftRepeats = right.keys.every((key) => this.missing(key, left.sources).length > 0)
    const rightRepeats = left.keys.every((key) => this.missing(key, right.sources).length > 0)
    this.#joins.push({ node, left: left.sources, right: right.sources, leftRepeats, rightRepeats })
    const keys: Key[] = []
    if (!leftRepeats) keys.push(...left.keys)
    if (!rightRepeats) keys.push(...right.keys)
    if (leftRepeats && rightRepeats)
      for (const a of left.keys)
        for (const b of right.keys)
          if (keys.length < mostKeys) keys.push([...a, ...b.filter((part) => !a.includes(part))])
    return { sources, keys: keys.slice(0, mostKeys) }
  }
}

interface JoinedSides {
  node: TableExpression
  left: readonly Source[]
  right: readonly Source[]
  /** Rows of the left side come along once per row that they find on the right. */
  leftRepeats: boolean
  rightRepeats: boolean
}

interface Member {
  sources: readonly Source[]
  keys: readonly Key[]
}
