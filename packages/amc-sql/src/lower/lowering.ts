import type { Diagnostic } from '../diagnostic.ts'
import type { ParameterValues } from '../parameters.ts'
import { CorrelatedNames } from '../privacy/inner-queries.ts'
import type { Tracking } from '../privacy/tracking.ts'
import type { UserSets } from '../privacy/user-sets.ts'
import type { CustomParameter } from '../resolve/custom-parameter.ts'
import type {
  ExpressionFacts,
  Relation,
  Resolution,
  ResolvedCte,
  ResolvedQuery,
  ResolvedSelect,
  Source,
} from '../resolve/resolution.ts'
import { types } from '../resolve/types.ts'
import type { Expression, Range } from '../tree.ts'
import { SourceTables } from './source-tables.ts'
import { quoteName, UniqueNames } from './text.ts'

/** The two productions that all others come back to; handed in, so that no module needs one that needs it. */
export interface Walk {
  query(l: Lowering, query: ResolvedQuery, carry: boolean): string
  expression(l: Lowering, node: Expression): string
}

/** The state of one lowering. */
export class Lowering {
  readonly resolution: Resolution
  readonly tracking: Tracking
  /** How users are carried along; null where no threshold has to be checked. */
  readonly sets: UserSets | null
  /** Values of a query inside an expression must be checked against a threshold too. */
  readonly guarded: boolean
  readonly window: { start: string; end: string }
  readonly parameterValues: ParameterValues
  readonly customParameters: ReadonlyMap<string, CustomParameter>
  readonly diagnostics: Diagnostic[] = []
  readonly names = new UniqueNames()
  readonly tables: SourceTables
  readonly correlated: CorrelatedNames
  /** The SELECT whose items are lowered, where its rows bring their users along. */
  counted: ResolvedSelect | null = null
  /** The names of queries in FROM that stand in a WITH instead, because they are read more than once. */
  readonly lifted = new Map<Source, string>()
  readonly #walk: Walk
  readonly #text: string
  readonly #cteNames = new Map<ResolvedCte, string>()
  readonly #aliases = new Map<Source, string>()
  readonly #columns = new WeakMap<Relation, string[]>()

  constructor(parts: {
    walk: Walk
    text: string
    resolution: Resolution
    tracking: Tracking
    sets: UserSets | null
    guarded: boolean
    window: { start: string; end: string }
    databaseOf: (table: string) => string
    parameterValues: ParameterValues
    customParameters: readonly CustomParameter[]
  }) {
    this.#walk = parts.walk
    this.#text = parts.text
    this.resolution = parts.resolution
    this.tracking = parts.tracking
    this.sets = parts.sets
    this.guarded = parts.guarded
    this.window = parts.window
    this.parameterValues = parts.parameterValues
    this.customParameters = new Map(parts.customParameters.map((parameter) => [parameter.name, parameter]))
    this.correlated = new CorrelatedNames(parts.resolution)
    this.tables = new SourceTables(parts.resolution, parts.window, this.names, parts.databaseOf)
  }

  /** Reports what the local engine cannot run, at its place. */
  fail(range: Range, message: string, help?: string): string {
    const { from, to } = range
    this.diagnostics.push({
      code: 'not-lowered',
      severity: 'error',
      message,
      ...(help !== undefined && { help }),
      from,
      to,
    })
    return 'NULL'
  }

  /** An expression as DuckDB SQL of the type in its facts. */
  expression(node: Expression): string {
    return this.#walk.expression(this, node)
  }

  /** A query as it stands inside another one; with `carry` its rows bring their users along. */
  query(query: ResolvedQuery, carry: boolean): string {
    return this.#walk.query(this, query, carry)
  }

  textOf(range: Range): string {
    return this.#text.slice(range.from, range.to)
  }

  facts(expression: Expression): ExpressionFacts {
    return this.resolution.expressions.get(expression) ?? nothingKnown
  }

  cteName(cte: ResolvedCte): string {
    let name = this.#cteNames.get(cte)
    if (name === undefined) {
      name = this.names.make(cte.name)
      this.#cteNames.set(cte, name)
    }
    return name
  }

  /** The quoted alias of a source, unique in the whole query. */
  alias(source: Source): string {
    let alias = this.#aliases.get(source)
    if (alias === undefined) {
      alias = quoteName(this.names.make(source.alias === '' ? 'query' : source.alias))
      this.#aliases.set(source, alias)
    }
    return alias
  }

  /** The names under which the columns of a relation stand in the emitted SQL. */
  columnNames(relation: Relation): string[] {
    let names = this.#columns.get(relation)
    if (names === undefined) {
      const unique = new UniqueNames()
      // A name with # at its front is the lowering's own: under it stand the users of a row and whether its threshold is met.
      names = relation.columns.map(({ name }) => unique.make(name.startsWith('#') ? `_${name}` : name))
      this.#columns.set(relation, names)
    }
    return names
  }

  /** A column of a source, qualified. */
  column(source: Source, index: number): string {
    const { from } = source
    // A list of names behind the alias renames, it does not move.
    const relation =
      from.kind === 'cte' ? from.cte.query.relation : from.kind === 'query' ? from.query.relation : source.relation
    const name = from.kind === 'table' ? from.table.columns[index]?.name : this.columnNames(relation)[index]
    return `${this.alias(source)}.${quoteName(name ?? '')}`
  }
}

const nothingKnown: ExpressionFacts = {
  type: types.unknown,
  threshold: 'NONE',
  metric: false,
  constant: false,
  aggregate: false,
  window: false,
  id: -1,
}
