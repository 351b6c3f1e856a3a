import { childrenOf } from '../resolve/children.ts'
import type {
  Binding,
  FromItem,
  Relation,
  Resolution,
  ResolvedBody,
  ResolvedQuery,
  ResolvedSelect,
  ResolvedUnion,
  Source,
} from '../resolve/resolution.ts'
import type { Call, Expression } from '../tree.ts'
import { joinLinks, Links } from './links.ts'
import {
  nobody,
  union,
  type TrackedColumn,
  type TrackedPath,
  type TrackedRelation,
  type TrackedTotal,
} from './tracked.ts'
import { isTotal } from './totals.ts'

/** A WITH part that is joined to itself over and over doubles its paths each time. */
const mostPaths = 128

/** Whether a column of a table is a number other than 0 in every row, such as the impressions of an impression. */
export type NeverZero = (table: string, column: string) => boolean

/** The users behind every relation of a query; each relation is looked at once. */
export class Tracking {
  readonly resolution: Resolution
  readonly #bodies = new Map<ResolvedBody, TrackedRelation>()
  readonly #selects = new Map<ResolvedSelect, TrackedSelect>()
  readonly #expressions = new Map<Expression, TrackedColumn>()
  /** True where a relation has more paths than are followed; its users are then not all known. */
  overflow = false
  readonly #sources = new Map<Source, { from: TrackedRelation; pathOffset: number; totalOffset: number }>()

  readonly #neverZero: NeverZero

  constructor(resolution: Resolution, neverZero: NeverZero = () => false) {
    this.resolution = resolution
    this.#neverZero = neverZero
    // Inner queries come first, so that a long chain of WITH parts is no deep recursion.
    for (const query of resolution.queries.values()) this.query(query)
  }

  query(query: ResolvedQuery): TrackedRelation {
    return this.body(query.body)
  }

  body(body: ResolvedBody): TrackedRelation {
    let tracked = this.#bodies.get(body)
    if (tracked === undefined) {
      tracked = this.#trackBody(body)
      this.#bodies.set(body, tracked)
    }
    return tracked
  }

  /** A SELECT with what stands before and after its grouping and its DISTINCT. */
  select(select: ResolvedSelect): TrackedSelect {
    let tracked = this.#selects.get(select)
    if (tracked === undefined) {
      tracked = this.#trackSelect(select)
      this.#selects.set(select, tracked)
    }
    return tracked
  }

  /** What a source of FROM brings along, before any join. */
  relationOf(source: Source): TrackedRelation {
    const { from } = source
    switch (from.kind) {
      case 'unknown':
        return nobody
      case 'cte':
        return this.query(from.cte.query)
      case 'query':
        return this.query(from.query)
      case 'table': {
        const userLevel = from.table.columns.some((column) => column.name.toLowerCase() === 'user_id')
        if (!userLevel) return { ...nobody, columns: source.relation.columns.map(() => noColumn) }
        return {
          paths: [{ source: from.table.name, form: 'one' }],
          totals: [],
          columns: source.relation.columns.map((column, at) => ({
            origins: [0],
            identity: column.type.kind === 'STRING' && column.type.userId === true ? [0] : [],
            totals: [],
            filled: this.#neverZero(from.table.name, from.table.columns[at]?.name ?? '') ? [0] : [],
          })),
        }
      }
    }
  }

  /** Where the paths and totals of a source stand among those of its SELECT. */
  place(source: Source): { from: TrackedRelation; pathOffset: number; totalOffset: number } {
    return this.#sources.get(source) ?? { from: nobody, pathOffset: 0, totalOffset: 0 }
  }

  /** What an expression over the rows of FROM is made of. */
  expression(expression: Expression): TrackedColumn {
    let tracked = this.#expressions.get(expression)
    if (tracked === undefined) {
      tracked = this.#trackExpression(expression)
      this.#expressions.set(expression, tracked)
    }
    return tracked
  }

  #trackExpression(expression: Expression): TrackedColumn {
    if (expression.kind === 'column') {
      const binding = this.resolution.bindings.get(expression)
      return binding === undefined ? noColumn : this.#binding(binding)
    }
    const parts = childrenOf(expression)
      .map((child) => this.expression(child))
      .filter((part) => part !== noColumn)
    const [first] = parts
    if (first === undefined) return noColumn
    return {
      origins: union(...parts.map((part) => part.origins)),
      identity: [],
      totals: union(...parts.map((part) => part.totals)),
      filled: [],
    }
  }

  #binding(binding: Binding): TrackedColumn {
    if (binding.kind === 'alias') return this.expression(binding.expression)
    if (binding.kind === 'merged') {
      const [left, right] = [this.#binding(binding.left), this.#binding(binding.right)]
      return {
        origins: union(left.origins, right.origins),
        identity: union(left.identity, right.identity),
        totals: union(left.totals, right.totals),
        filled: [],
      }
    }
    const { from, pathOffset, totalOffset } = this.place(binding.source)
    const column = from.columns[binding.index]
    if (column === undefined) return noColumn
    return {
      origins: column.origins.map((path) => path + pathOffset),
      identity: column.identity.map((path) => path + pathOffset),
      totals: column.totals.map((total) => total + totalOffset),
      filled: column.filled.map((path) => path + pathOffset),
    }
  }

  #trackBody(body: ResolvedBody): TrackedRelation {
    switch (body.kind) {
      case 'values':
        return { ...nobody, columns: body.relation.columns.map(() => noColumn) }
      case 'parenthesized':
        return this.query(body.query)
      case 'select':
        return this.select(body).output
      case 'union':
        return body.node.all ? this.unionAll(body) : distinct(this.unionAll(body))
    }
  }

  /** The branches of a union below each other: each fills its own paths only. */
  unionAll(body: ResolvedUnion): TrackedRelation {
    let result: TrackedRelation = { ...nobody, columns: body.relation.columns.map(() => noColumn) }
    for (const branch of body.branches) {
      const below = this.body(branch)
      if (result.paths.length + below.paths.length > mostPaths) this.overflow = true
      else result = stacked(result, below, body.relation)
    }
    return result
  }

  #trackSelect(select: ResolvedSelect): TrackedSelect {
    const paths: TrackedPath[] = []
    const totals: TrackedTotal[] = []
    for (const source of select.sources) {
      let from = this.relationOf(source)
      if (paths.length + from.paths.length > mostPaths) {
        this.overflow = true
        from = nobody
      }
      const pathOffset = paths.length
      this.#sources.set(source, { from, pathOffset, totalOffset: totals.length })
      paths.push(...from.paths)
      for (const total of from.totals) totals.push({ paths: total.paths.map((path) => path + pathOffset) })
    }
    const links = new Links()
    for (const item of select.from) this.#link(item, links)
    const input = { paths, totals }
    const grouped = select.aggregate ? this.#group(select, input, links) : this.#project(select, input, links)
    return { input, links, grouped, output: select.node.distinct ? distinct(grouped.relation) : grouped.relation }
  }

  #link(item: FromItem, links: Links): void {
    if (item.kind === 'source') return
    this.#link(item.left, links)
    this.#link(item.right, links)
    joinLinks(item, links, {
      columnOf: (binding) => this.#binding(binding),
      identityOf: (expression) => this.identity(expression, links),
      firstPath: this.place(firstSource(item.right)).pathOffset,
    })
  }

  /** The paths whose user an expression makes certain. */
  identity(expression: Expression, links: Links): readonly number[] {
    if (expression.kind === 'column') {
      const binding = this.resolution.bindings.get(expression)
      if (binding?.kind === 'alias') return this.identity(binding.expression, links)
      return this.expression(expression).identity
    }
    // COALESCE(a.user_id, b.user_id) after a join by exactly these.
    const isFirstPresent = expression.kind === 'call' && /^(COALESCE|IFNULL|NVL)$/i.test(expression.name.text)
    if (!isFirstPresent) return []
    let all: readonly number[] = []
    for (const [at, argument] of expression.arguments.entries()) {
      const identity = this.identity(argument, links)
      if (identity.length === 0 || (at > 0 && !links.equal(all, identity))) return []
      all = union(all, identity)
    }
    return all
  }

  #project(select: ResolvedSelect, input: Input, links: Links): Grouped {
    const columns = select.items.map(({ expression }): TrackedColumn => {
      const identity = links.closure(this.identity(expression, links))
      return { ...this.expression(expression), identity }
    })
    return { relation: { ...input, columns }, created: [] }
  }

  #group(select: ResolvedSelect, input: Input, links: Links): Grouped {
    const certain = new Set<number>()
    for (const key of select.groupBy) for (const path of links.closure(this.identity(key, links))) certain.add(path)
    const paths = input.paths.map((path, at): TrackedPath => ({ ...path, form: certain.has(at) ? path.form : 'many' }))
    const isMany = (path: number): boolean => paths[path]?.form === 'many'
    const keys = new Set(select.groupBy.map((key) => this.#id(key)))
    const created: CreatedTotal[] = []
    const byId = new Map<number | undefined, number>()
    const columns = select.items.map(({ expression }): TrackedColumn => {
      const { origins } = this.expression(expression)
      if (keys.has(this.#id(expression))) {
        const identity = links.closure(this.identity(expression, links)).filter((path) => !isMany(path))
        return { origins, identity, totals: [], filled: [] }
      }
      const totals: number[] = []
      for (const call of this.#totalCalls(expression)) {
        const id = this.#id(call)
        let at = byId.get(id)
        if (at === undefined) {
          const argument = call.arguments[0]
          const of = argument === undefined ? noColumn : this.expression(argument)
          const users = union(of.origins, ...of.totals.map((total) => input.totals[total]?.paths ?? [])).filter(isMany)
          if (argument === undefined || users.length === 0) continue
          at = created.length
          const filled = call.filter === null ? of.filled : []
          created.push({ call, argument, paths: users, from: of.totals, filled })
        }
        byId.set(id, at)
        totals.push(at)
      }
      return { origins, identity: [], totals: union(totals), filled: [] }
    })
    return { relation: { paths, totals: created.map((total) => ({ paths: total.paths })), columns }, created }
  }

  /** The aggregate calls of an expression whose contributing users count. */
  *#totalCalls(expression: Expression): Iterable<Call> {
    if (expression.kind === 'column') {
      const binding = this.resolution.bindings.get(expression)
      if (binding?.kind === 'alias') yield* this.#totalCalls(binding.expression)
    } else if (expression.kind === 'call' && expression.over === null && isTotal(this.resolution, expression))
      yield expression
    else for (const child of childrenOf(expression)) yield* this.#totalCalls(child)
  }

  #id(expression: Expression): number | undefined {
    return this.resolution.expressions.get(expression)?.id
  }
}

interface Input {
  paths: readonly TrackedPath[]
  totals: readonly TrackedTotal[]
}

export interface TrackedSelect {
  /** The rows of FROM: the paths and totals of all sources, one after the other. */
  input: Input
  links: Links
  grouped: Grouped
  output: TrackedRelation
}

export interface Grouped {
  relation: TrackedRelation
  created: CreatedTotal[]
}

/** A total that a SELECT makes, with what it is made from. */
export interface CreatedTotal {
  call: Call
  argument: Expression
  paths: readonly number[]
  /** Totals of the input that the argument is made of. */
  from: readonly number[]
  /** Paths all of whose users contribute. */
  filled: readonly number[]
}

const noColumn: TrackedColumn = { origins: [], identity: [], totals: [], filled: [] }

function firstSource(item: FromItem): Source {
  let at = item
  while (at.kind === 'join') at = at.left
  return at
}

/** One branch of UNION ALL below the others. */
function stacked(above: TrackedRelation, below: TrackedRelation, relation: Relation): TrackedRelation {
  const [pathOffset, totalOffset] = [above.paths.length, above.totals.length]
  const moved = below.totals.map((total) => ({ paths: total.paths.map((path) => path + pathOffset) }))
  return {
    paths: [...above.paths, ...below.paths],
    totals: [...above.totals, ...moved],
    columns: relation.columns.map((_, at): TrackedColumn => {
      const [a, b] = [above.columns[at] ?? noColumn, below.columns[at] ?? noColumn]
      return {
        origins: [...a.origins, ...b.origins.map((path) => path + pathOffset)],
        identity: [...a.identity, ...b.identity.map((path) => path + pathOffset)],
        totals: [...a.totals, ...b.totals.map((total) => total + totalOffset)],
        filled: [...a.filled, ...b.filled.map((path) => path + pathOffset)],
      }
    }),
  }
}

/** Equal rows become one, which is a grouping by every column. */
export function distinct(relation: TrackedRelation): TrackedRelation {
  const certain = new Set(relation.columns.flatMap((column) => column.identity))
  const paths = relation.paths.map((path, at): TrackedPath => ({ ...path, form: certain.has(at) ? path.form : 'many' }))
  const columns = relation.columns.map((column) => ({
    ...column,
    identity: column.identity.filter((path) => paths[path]?.form === 'one'),
  }))
  return { paths, totals: relation.totals, columns }
}
