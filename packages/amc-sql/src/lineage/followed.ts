import type { Binding, Resolution, ResolvedBody, ResolvedSelect, Source } from '../resolve/resolution.ts'
import type { Table } from '../schema.ts'
import type { Expression, Range } from '../tree.ts'

/** One of the places that a value can come from: a branch of a union, of CASE, of COALESCE. */
export interface Place<Fact> {
  fact: Fact | null
  /** Made of literals and parameters. */
  constant: boolean
  /** NULL and nothing else. */
  absent: boolean
  range: Range
}

/** Something that is known of source columns, followed through expressions, WITH parts, queries in FROM and unions. */
export abstract class Followed<Fact> {
  protected readonly resolution: Resolution
  readonly #expressions = new Map<Expression, Fact | null>()
  readonly #bodies = new Map<ResolvedBody, readonly (Fact | null)[]>()
  #begun = false

  constructor(resolution: Resolution) {
    this.resolution = resolution
  }

  protected abstract ofColumn(table: Table, index: number, source: Source): Fact | null
  /** Of any expression but a column. */
  protected abstract ofExpression(node: Expression): Fact | null
  protected abstract either(places: readonly Place<Fact>[]): Fact | null

  /** What the columns of a SELECT are besides, because of all of it. */
  protected ofSelect(_select: ResolvedSelect, columns: readonly (Fact | null)[]): readonly (Fact | null)[] {
    return columns
  }

  expression(node: Expression): Fact | null {
    this.#begin()
    let fact = this.#expressions.get(node)
    if (fact === undefined) {
      fact = node.kind === 'column' ? this.#binding(this.resolution.bindings.get(node)) : this.ofExpression(node)
      this.#expressions.set(node, fact)
    }
    return fact
  }

  /** The facts of the columns of a query's body. */
  body(body: ResolvedBody): readonly (Fact | null)[] {
    this.#begin()
    let columns = this.#bodies.get(body)
    if (columns === undefined) {
      columns = this.#columnsOf(body)
      this.#bodies.set(body, columns)
    }
    return columns
  }

  /** One of several values. */
  protected among(values: readonly Expression[]): Fact | null {
    return this.either(
      values.map((node) => ({
        fact: this.expression(node),
        constant: this.isConstant(node),
        absent: this.resolution.expressions.get(node)?.type.kind === 'NULL',
        range: node,
      })),
    )
  }

  protected isConstant(node: Expression): boolean {
    return this.resolution.expressions.get(node)?.constant === true
  }

  /** Inner queries come first, so that a long chain of WITH parts is no deep recursion. */
  #begin(): void {
    if (this.#begun) return
    this.#begun = true
    for (const query of this.resolution.queries.values()) this.body(query.body)
  }

  #binding(binding: Binding | undefined): Fact | null {
    if (binding === undefined) return null
    if (binding.kind === 'alias') return this.expression(binding.expression)
    if (binding.kind === 'merged') return this.#binding(binding.left) ?? this.#binding(binding.right)
    const { source, index } = binding
    if (source.from.kind === 'table') return this.ofColumn(source.from.table, index, source)
    const inner = bodyOf(source)
    return inner === null ? null : (this.body(inner)[index] ?? null)
  }

  #columnsOf(body: ResolvedBody): readonly (Fact | null)[] {
    switch (body.kind) {
      case 'select':
        return this.ofSelect(
          body,
          body.items.map(({ expression }) => this.expression(expression)),
        )
      case 'values':
        return body.relation.columns.map(() => null)
      case 'parenthesized':
        return this.body(body.query.body)
      case 'union': {
        const branches = body.branches.map((branch) => ({ branch, facts: this.body(branch) }))
        return body.relation.columns.map((_, at) =>
          this.either(
            branches.map(({ branch, facts }) => ({
              fact: facts[at] ?? null,
              constant: branch.relation.columns[at]?.constant === true,
              absent: branch.relation.columns[at]?.type.kind === 'NULL',
              range: branch.kind === 'select' ? (branch.items[at] ?? branch.node) : branch.node,
            })),
          ),
        )
      }
    }
  }
}

/** The query behind a member of FROM; null for tables. */
export function bodyOf({ from }: Source): ResolvedBody | null {
  if (from.kind === 'cte') return from.cte.query.body
  return from.kind === 'query' ? from.query.body : null
}

/** The values that CASE chooses from. */
export function choices(node: Extract<Expression, { kind: 'case' }>): readonly Expression[] {
  const values = node.branches.map((branch) => branch.then)
  return node.otherwise === null ? values : [...values, node.otherwise]
}
