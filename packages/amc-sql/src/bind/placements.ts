import { functions } from '../functions/catalogue.ts'
import { childrenOf } from '../resolve/children.ts'
import type {
  Call,
  Case,
  Chain,
  Expression,
  InList,
  Literal,
  Query,
  Range,
  Select,
  SetExpression,
  TableExpression,
  Values,
} from '../tree.ts'
import { customName } from './custom-uses.ts'
import type { Evidence, Place, Placement } from './place.ts'

interface Context {
  condition: Range | null
  /** Inside NOT or IS the condition found last stays the outermost one: TRUE under a NOT would filter everything. */
  sealed: boolean
  place: Place
  evidence: Evidence
  likeOperand: boolean
  fixedIn: string | null
}

const value: Place = { kind: 'value' }
const wholeCondition: Place = { kind: 'condition' }
const outside: Context = {
  condition: null,
  sealed: false,
  place: value,
  evidence: null,
  likeOperand: false,
  fixedIn: null,
}
const integer: Evidence = { kind: 'type', type: 'INTEGER' }
const text: Evidence = { kind: 'type', type: 'STRING' }

/** Calls that want all their arguments of one type. */
const sameTypeCalls: ReadonlySet<string> = new Set('COALESCE IFNULL NVL NULLIF LEAST GREATEST CONTAINED_IN'.split(' '))

/** Where each placeholder of a query stands, in the order of the walk. */
export function placementsOf(query: Query): Placement[] {
  const walk = new Walk()
  walk.query(query, 1, null)
  return walk.found
}

/** Where each `CUSTOM_PARAMETER('name')` stands, read as if it were a placeholder. */
export function customPlacementsOf(query: Query): Placement[] {
  const walk = new Walk()
  walk.query(query, 1, null)
  return walk.custom
}

class Walk {
  readonly found: Placement[] = []
  readonly custom: Placement[] = []

  query(query: Query, columns: number, condition: Range | null): void {
    for (const cte of query.ctes) this.query(cte.query, cte.columns?.length ?? 1, condition)
    this.body(query.body, columns, condition)
    const context: Context = { ...outside, condition }
    for (const item of query.orderBy) this.visit(item.expression, { ...context, place: { kind: 'position' } })
    const counted: Context = { ...context, place: { kind: 'count' }, evidence: integer }
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
      case 'select':
        return this.select(body, { ...outside, condition })
    }
  }

  private select(select: Select, context: Context): void {
    const filter: Context = { ...context, place: wholeCondition }
    for (const item of select.items) this.visit(item.expression, context)
    for (const table of select.tables) this.table(table, context)
    if (select.where !== null) this.visit(select.where, filter)
    for (const group of select.groupBy) this.visit(group, { ...context, place: { kind: 'position' } })
    if (select.having !== null) this.visit(select.having, filter)
    for (const window of select.windows) {
      for (const part of window.specification.partitionBy) this.visit(part, context)
      for (const item of window.specification.orderBy) this.visit(item.expression, context)
    }
  }

  private table(table: TableExpression, context: Context): void {
    switch (table.kind) {
      case 'table':
        return
      case 'derived':
        return this.query(table.query, table.columns?.length ?? 1, context.condition)
      case 'extended-window':
        for (const [index, argument] of table.arguments.entries())
          this.visit(argument, {
            ...context,
            evidence: index === 0 ? text : durationOf(argument),
            fixedIn: 'EXTEND_TIME_WINDOW',
          })
        return
      case 'join':
        this.table(table.left, context)
        this.table(table.right, context)
        if (table.on !== null) this.visit(table.on, { ...context, place: wholeCondition })
    }
  }

  private values(values: Values, columns: number, condition: Range | null): void {
    const written = values.rows.find((row) => row.items.length > 1 || row.items[0]?.kind !== 'parameter')
    const width = written?.items.length ?? columns
    for (const row of values.rows) {
      const [only] = row.items
      if (only?.kind === 'parameter' && row.items.length === 1) {
        const place: Place = { kind: 'rows', columns: width, of: values }
        const range = { from: row.from, to: row.to }
        this.found.push({ ...placed(only, { ...outside, condition, place }), range })
      } else for (const item of row.items) this.visit(item, { ...outside, condition })
    }
  }

  private visit(expression: Expression, context: Context): void {
    switch (expression.kind) {
      case 'parameter':
        this.found.push(placed(expression, context))
        return
      case 'literal':
        return this.literal(expression, context)
      case 'case':
        return this.branches(expression, context)
      case 'in-list':
        return this.list(expression, within(expression, context), context.place.kind === 'condition')
      case 'in-subquery': {
        const inner = within(expression, context)
        this.visit(expression.operand, inner)
        return this.query(expression.query, widthOf(expression.operand), inner.condition)
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
        const inner: Context = { ...within(expression, context), evidence: text }
        for (const child of childrenOf(expression))
          this.visit(child, { ...inner, likeOperand: expression.operator === 'LIKE' && child === expression.pattern })
        return
      }
      case 'interval':
        return this.visit(expression.value, {
          ...within(expression, context),
          place: { kind: 'interval' },
          evidence: integer,
        })
      case 'cast': {
        const { name } = expression.type
        const evidence: Evidence = name === 'DATE' || name === 'TIMESTAMP' ? { kind: 'type', type: name } : null
        const before = this.found.length
        this.visit(expression.operand, { ...within(expression, context), evidence })
        const placement = this.found[before]
        if (expression.operand.kind === 'parameter' && placement !== undefined) placement.cast = expression
        return
      }
      case 'array': {
        const place: Place = {
          kind: 'list',
          bare: false,
          alone: expression.items.length === 1,
          width: 1,
          whole: false,
          of: expression,
        }
        const other = expression.items.find((item) => item.kind !== 'parameter')
        for (const item of expression.items)
          this.visit(item, { ...within(expression, context), place, evidence: compared(other) })
        return
      }
      case 'call': {
        const name = customName(expression)
        if (name !== null) this.custom.push(placed({ name, from: expression.from, to: expression.to }, context))
        return this.call(expression, within(expression, context))
      }
      default:
        for (const child of childrenOf(expression)) this.visit(child, within(expression, context))
    }
  }

  private literal(literal: Literal, context: Context): void {
    const of =
      literal.type === 'date' || literal.type === 'timestamp'
        ? literal.type
        : context.place.kind === 'interval'
          ? 'interval'
          : 'text'
    const type = of === 'date' ? 'DATE' : of === 'timestamp' ? 'TIMESTAMP' : of === 'interval' ? 'INTEGER' : 'STRING'
    const evidence: Evidence = context.fixedIn !== null ? context.evidence : { kind: 'type', type }
    for (const use of literal.parameters)
      this.found.push(placed(use, { ...context, place: { kind: 'text', of, literal }, evidence, likeOperand: false }))
  }

  /** The values of CONTAINED_IN are a list, some arguments are arrays, and some calls want all their arguments of one type. */
  private call(call: Call, inner: Context): void {
    const name = call.name.text.toUpperCase()
    const other = sameTypeCalls.has(name) ? call.arguments.find((child) => child.kind !== 'parameter') : undefined
    const accepts = functions.get(name)?.accepts ?? []
    const isContained = name === 'CONTAINED_IN'
    for (const [index, child] of call.arguments.entries()) {
      const accepted = accepts[Math.min(index, accepts.length - 1)]
      const isList = isContained && index > 0
      const place: Place = isList
        ? { kind: 'list', bare: false, alone: call.arguments.length === 2, width: 1, whole: false, of: call }
        : accepted === 'array'
          ? { kind: 'array' }
          : value
      const evidence = other === undefined ? evidenceOf(name, index, call, accepted) : compared(other)
      this.visit(child, { ...inner, evidence, place, fixedIn: takesFixedText(name, index) ? name : null })
    }
    if (call.filter !== null) this.visit(call.filter, { ...inner, place: wholeCondition })
    if (call.over === null) return
    for (const part of call.over.partitionBy) this.visit(part, inner)
    for (const item of call.over.orderBy) this.visit(item.expression, inner)
  }

  private chain(chain: Chain, context: Context): void {
    const { operands, operators } = chain
    if (operators[0] === 'AND' || operators[0] === 'OR') {
      const inner: Context = { ...context, place: wholeCondition, evidence: null }
      for (const operand of operands) this.visit(operand, inner)
      return
    }
    const inner = within(chain, context)
    for (const [at, operand] of operands.entries())
      this.visit(operand, { ...inner, evidence: compared(operands[at === 0 ? 1 : at - 1]) })
  }

  private list(list: InList, inner: Context, whole: boolean): void {
    const other = list.items.find((item) => item.kind !== 'parameter')
    this.visit(list.operand, { ...inner, evidence: compared(other) })
    for (const item of list.items) {
      const bare = item.to === list.to
      const place: Place = {
        kind: 'list',
        bare,
        alone: list.items.length === 1,
        width: widthOf(list.operand),
        whole,
        of: list,
      }
      this.visit(item, { ...inner, place, evidence: compared(list.operand) })
    }
  }

  private branches(expression: Case, context: Context): void {
    const { operand, branches, otherwise } = expression
    const inner = within(expression, context)
    if (operand !== null) this.visit(operand, { ...inner, evidence: compared(branches[0]?.when) })
    const results = branches.map((branch) => branch.then)
    if (otherwise !== null) results.push(otherwise)
    const result: Context = { ...inner, evidence: compared(results.find((one) => one.kind !== 'parameter')) }
    for (const branch of branches) {
      if (operand === null) this.visit(branch.when, { ...inner, sealed: false, place: wholeCondition })
      else this.visit(branch.when, { ...inner, evidence: compared(operand) })
      this.visit(branch.then, result)
    }
    if (otherwise !== null) this.visit(otherwise, result)
  }
}

function placed(use: Range & { name: string }, context: Context): Placement {
  const isCondition = context.place.kind === 'condition'
  return {
    use: { from: use.from, to: use.to, name: use.name },
    place: context.place,
    range: rangeOf(use),
    condition: isCondition && !context.sealed ? rangeOf(use) : context.condition,
    evidence: isCondition ? { kind: 'type', type: 'BOOLEAN' } : context.evidence,
    likeOperand: context.likeOperand,
    cast: null,
    fixedIn: context.fixedIn,
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
  return { ...outside, condition, sealed: context.sealed }
}

function sealed(expression: Expression, context: Context): Context {
  const condition = context.sealed ? context.condition : rangeOf(expression)
  return { ...context, condition, sealed: true, evidence: null }
}

function compared(other: Expression | undefined): Evidence {
  return other === undefined ? null : { kind: 'compared', with: other }
}

function rangeOf(range: Range): Range {
  return { from: range.from, to: range.to }
}

function widthOf(operand: Expression): number {
  return operand.kind === 'row' ? operand.items.length : 1
}

/** `'P{{days}}D'` is filled with a number, `'{{lookback}}'` with a text. */
function durationOf(argument: Expression): Evidence {
  return argument.kind === 'literal' && argument.value.startsWith('P') ? integer : text
}

/** What the meaning of an argument tells of its type. */
function evidenceOf(name: string, index: number, call: Call, accepted: string | undefined): Evidence {
  if (name === 'ARRAY_CONTAINS' && index === 0) return compared(call.arguments[1])
  if (accepted === 'boolean') return { kind: 'type', type: 'BOOLEAN' }
  return accepted === 'time' ? { kind: 'type', type: 'TIMESTAMP' } : null
}

/** Arguments that the query must spell out. */
function takesFixedText(name: string, index: number): boolean {
  switch (name) {
    case 'CUSTOM_PARAMETER':
    case 'BUILT_IN_PARAMETER':
      return true
    case 'DATE_TRUNC':
      return index === 0
    case 'NAMED_ROW':
      return index % 2 === 0
    case 'TO_VARBINARY':
    case 'FROM_VARBINARY':
      return index === 1
    default:
      return false
  }
}
