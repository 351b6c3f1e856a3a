import { childrenOf } from '../resolve/children.ts'
import type {
  Case,
  Chain,
  Expression,
  InList,
  ParameterUse,
  Query,
  Range,
  SetExpression,
  TableExpression,
  Values,
} from '../tree.ts'

/** What a placeholder stands for, which decides how its value is written. */
export type Place =
  /** One expression. */
  | { kind: 'value' }
  /** A whole condition, as in `WHERE {{only_new}}`. */
  | { kind: 'condition' }
  /** Members of a list; `bare` where the list's own parentheses are missing, as in `IN {{ids}}`. */
  | { kind: 'list'; bare: boolean }
  /** Rows of VALUES with so many columns. */
  | { kind: 'rows'; columns: number }
  /** A part of a text literal. */
  | { kind: 'text' }
  /** The number of an INTERVAL, which Calcite wants as text. */
  | { kind: 'interval' }

export interface Placement {
  use: ParameterUse
  place: Place
  /** What the value replaces: the placeholder, or the row `({{x}})` around it. */
  range: Range
  /** The smallest condition around it, with the NOT or IS in front of or behind it; null where there is none. */
  condition: Range | null
  /** What its type can be told from: the other side of a comparison, or a node whose meaning is fixed. */
  evidence: Evidence
  /** True for the whole pattern of a LIKE. */
  likeOperand: boolean
}

export type Evidence =
  | { kind: 'compared'; with: Expression }
  | { kind: 'type'; type: 'INTEGER' | 'BOOLEAN' | 'DATE' | 'TIMESTAMP' | 'STRING' }
  | null

interface Context {
  condition: Range | null
  /** Inside NOT or IS the condition found last stays the outermost one: TRUE under a NOT would filter everything. */
  sealed: boolean
  place: Place
  evidence: Evidence
  likeOperand: boolean
}

const value: Place = { kind: 'value' }
const wholeCondition: Place = { kind: 'condition' }
const outside: Context = { condition: null, sealed: false, place: value, evidence: null, likeOperand: false }

const sameTypeCalls: ReadonlySet<string> = new Set('COALESCE IFNULL NVL NULLIF LEAST GREATEST CONTAINED_IN'.split(' '))

/** Where each placeholder of a query stands, in the order of the walk. */
export function placementsOf(query: Query): Placement[] {
  const walk = new Walk()
  walk.query(query, 1, null)
  return walk.found
}

class Walk {
  readonly found: Placement[] = []

  query(query: Query, columns: number, condition: Range | null): void {
    for (const cte of query.ctes) this.query(cte.query, cte.columns?.length ?? 1, condition)
    this.body(query.body, columns, condition)
    const context: Context = { ...outside, condition }
    for (const item of query.orderBy) this.visit(item.expression, context)
    const counted: Context = { ...context, evidence: { kind: 'type', type: 'INTEGER' } }
    if (query.limit !== null) this.visit(query.limit, counted)
    if (query.offset !== null) this.visit(query.offset, counted)
  }

  private body(body: SetExpression, columns: number, condition: Range | null): void {
    switch (body.kind) {
      case 'values':
        return this.values(body, columns, condition)
      case 'parenthesized':
        return this.query(body.query, columns, condition)
      case 'union':
        for (const branch of body.branches) this.body(branch, columns, condition)
        return
      case 'select': {
        const context: Context = { ...outside, condition }
        const filter: Context = { ...context, place: wholeCondition }
        for (const item of body.items) this.visit(item.expression, context)
        for (const table of body.tables) this.table(table, condition)
        if (body.where !== null) this.visit(body.where, filter)
        for (const group of body.groupBy) this.visit(group, context)
        if (body.having !== null) this.visit(body.having, filter)
        for (const window of body.windows) {
          for (const part of window.specification.partitionBy) this.visit(part, context)
          for (const item of window.specification.orderBy) this.visit(item.expression, context)
        }
      }
    }
  }

  private table(table: TableExpression, condition: Range | null): void {
    switch (table.kind) {
      case 'table':
        return
      case 'derived':
        return this.query(table.query, table.columns?.length ?? 1, condition)
      case 'extended-window':
        for (const argument of table.arguments)
          this.visit(argument, { ...outside, condition, evidence: { kind: 'type', type: 'STRING' } })
        return
      case 'join':
        this.table(table.left, condition)
        this.table(table.right, condition)
        if (table.on !== null) this.visit(table.on, { ...outside, condition, place: wholeCondition })
    }
  }

  private values(values: Values, columns: number, condition: Range | null): void {
    const written = values.rows.find((row) => row.items.length > 1 || row.items[0]?.kind !== 'parameter')
    const width = written?.items.length ?? columns
    for (const row of values.rows) {
      const [only] = row.items
      if (only?.kind === 'parameter' && row.items.length === 1) {
        const place: Place = { kind: 'rows', columns: width }
        this.found.push({
          use: only,
          place,
          range: { from: row.from, to: row.to },
          condition,
          evidence: null,
          likeOperand: false,
        })
      } else for (const item of row.items) this.visit(item, { ...outside, condition })
    }
  }

  private visit(expression: Expression, context: Context): void {
    switch (expression.kind) {
      case 'parameter':
        this.found.push({
          use: expression,
          place: context.place,
          range: { from: expression.from, to: expression.to },
          condition: context.place.kind === 'condition' && !context.sealed ? expression : context.condition,
          evidence: context.place.kind === 'condition' ? { kind: 'type', type: 'BOOLEAN' } : context.evidence,
          likeOperand: context.likeOperand,
        })
        return
      case 'literal':
        for (const use of expression.parameters) {
          const { from, to } = use
          const evidence = textEvidence(expression.type, context)
          this.found.push({
            use,
            place: { kind: 'text' },
            range: { from, to },
            condition: context.condition,
            evidence,
            likeOperand: false,
          })
        }
        return
      case 'case':
        return this.branches(expression, context)
      case 'in-list':
        return this.list(expression, within(expression, context))
      case 'in-subquery': {
        const inner = within(expression, context)
        this.visit(expression.operand, inner)
        const columns = expression.operand.kind === 'row' ? expression.operand.items.length : 1
        return this.query(expression.query, columns, inner.condition)
      }
      case 'subquery':
      case 'exists':
        return this.query(expression.query, 1, within(expression, context).condition)
      case 'unary':
        if (expression.operator !== 'NOT') return this.visit(expression.operand, { ...context, place: value })
        return this.visit(expression.operand, { ...sealed(expression, context), place: wholeCondition })
      case 'is':
        return this.visit(expression.operand, { ...sealed(expression, context), place: value })
      case 'binary': {
        const inner = within(expression, context)
        const { left, right } = expression
        this.visit(left, { ...inner, evidence: { kind: 'compared', with: right } })
        this.visit(right, { ...inner, evidence: { kind: 'compared', with: left } })
        return
      }
      case 'chain':
        return this.chain(expression, context)
      case 'between': {
        const inner = within(expression, context)
        const { operand, low, high } = expression
        this.visit(operand, { ...inner, evidence: { kind: 'compared', with: low } })
        this.visit(low, { ...inner, evidence: { kind: 'compared', with: operand } })
        this.visit(high, { ...inner, evidence: { kind: 'compared', with: operand } })
        return
      }
      case 'like': {
        const inner: Context = { ...within(expression, context), evidence: { kind: 'type', type: 'STRING' } }
        for (const child of childrenOf(expression))
          this.visit(child, { ...inner, likeOperand: expression.operator === 'LIKE' && child === expression.pattern })
        return
      }
      case 'interval':
        return this.visit(expression.value, {
          ...within(expression, context),
          place: { kind: 'interval' },
          evidence: { kind: 'type', type: 'INTEGER' },
        })
      case 'cast': {
        const { name } = expression.type
        const evidence: Evidence = name === 'DATE' || name === 'TIMESTAMP' ? { kind: 'type', type: name } : null
        return this.visit(expression.operand, { ...within(expression, context), evidence })
      }
      case 'array':
        for (const item of expression.items)
          this.visit(item, { ...within(expression, context), place: { kind: 'list', bare: false } })
        return
      default:
        return this.others(expression, within(expression, context))
    }
  }

  /** Calls and the rest; the values of CONTAINED_IN are a list, and some calls want all their arguments of one type. */
  private others(expression: Expression, inner: Context): void {
    const name = expression.kind === 'call' ? expression.name.text.toUpperCase() : ''
    const children = childrenOf(expression)
    const other = sameTypeCalls.has(name) ? children.find((child) => child.kind !== 'parameter') : undefined
    const evidence: Evidence = other === undefined ? null : { kind: 'compared', with: other }
    for (const [index, child] of children.entries()) {
      const place: Place = name === 'CONTAINED_IN' && index > 0 ? { kind: 'list', bare: false } : value
      this.visit(child, { ...inner, evidence, place })
    }
  }

  private chain(chain: Chain, context: Context): void {
    const { operands, operators } = chain
    if (operators[0] === 'AND' || operators[0] === 'OR') {
      const inner: Context = { ...context, place: wholeCondition, evidence: null }
      for (const operand of operands) this.visit(operand, inner)
      return
    }
    const inner = within(chain, context)
    for (const [at, operand] of operands.entries()) {
      const beside = operands[at === 0 ? 1 : at - 1]
      this.visit(operand, { ...inner, evidence: beside === undefined ? null : { kind: 'compared', with: beside } })
    }
  }

  private list(list: InList, inner: Context): void {
    this.visit(list.operand, { ...inner, evidence: null })
    for (const item of list.items) {
      const place: Place = { kind: 'list', bare: item.to === list.to }
      this.visit(item, { ...inner, place, evidence: { kind: 'compared', with: list.operand } })
    }
  }

  private branches(expression: Case, context: Context): void {
    const { operand, branches, otherwise } = expression
    const inner = within(expression, context)
    if (operand !== null) this.visit(operand, inner)
    for (const branch of branches) {
      if (operand === null) this.visit(branch.when, { ...inner, sealed: false, place: wholeCondition })
      else this.visit(branch.when, { ...inner, evidence: { kind: 'compared', with: operand } })
      this.visit(branch.then, inner)
    }
    if (otherwise !== null) this.visit(otherwise, inner)
  }
}

const alwaysConditions: ReadonlySet<Expression['kind']> = new Set([
  'binary',
  'in-list',
  'in-subquery',
  'like',
  'between',
  'exists',
])

/** The context inside a node: it is the condition now if it is one by its kind or by where it stands. */
function within(expression: Expression, context: Context): Context {
  const isCondition = alwaysConditions.has(expression.kind) || context.place.kind === 'condition'
  const condition = isCondition && !context.sealed ? rangeOf(expression) : context.condition
  return { condition, sealed: context.sealed, place: value, evidence: null, likeOperand: false }
}

function sealed(expression: Expression, context: Context): Context {
  const condition = context.sealed ? context.condition : rangeOf(expression)
  return { ...context, condition, sealed: true, evidence: null }
}

function rangeOf(range: Range): Range {
  return { from: range.from, to: range.to }
}

function textEvidence(type: string, context: Context): Evidence {
  if (type === 'date') return { kind: 'type', type: 'DATE' }
  if (type === 'timestamp') return { kind: 'type', type: 'TIMESTAMP' }
  return context.place.kind === 'interval' ? { kind: 'type', type: 'INTEGER' } : { kind: 'type', type: 'STRING' }
}
