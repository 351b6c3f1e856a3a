import { childrenOf } from '../resolve/children.ts'
import { conjuncts } from '../resolve/conjuncts.ts'
import type { Binding, Resolution, ResolvedBody, Source } from '../resolve/resolution.ts'
import type { Column, Table } from '../schema.ts'
import type { Call, Chain, Expression, Literal, Range } from '../tree.ts'

/** What the number behind an expression measures; null where it measures nothing known. */
export type Measure = Money | Ratio

/** An amount of money. */
export interface Money {
  kind: 'money'
  /** How many of it make one whole unit of the currency; several where rows differ. */
  perWhole: readonly number[]
  table: Table
  column: Column
  /** Divided or multiplied by something that is no fixed number, such as a cost per click. */
  rate: boolean
  /** The last fixed number that it was divided by, and the division. */
  divisor: { literal: Literal; division: Chain; at: number } | null
  /** Where values of another unit come in, and the column that they come from. */
  mixed: { range: Range; table: Table; column: Column } | null
  /** A condition chose among its rows. */
  chosen: boolean
}

/** A quotient with money of different units above and below, or below only. */
export interface Ratio {
  kind: 'ratio'
  /** By how much it is too high. */
  off: number
  above: Operand | null
  below: Operand
}

export interface Operand {
  node: Expression
  money: Money
}

const perWhole: Readonly<Record<string, number>> = { microcents: 100_000_000, millicents: 100_000, currency: 1 }

const keeping =
  /^(SUM|AVG|MIN|MAX|MEDIAN|PERCENTILE|APPROX_PERCENTILE|STDDEV|STDDEV_SAMP|STDDEV_POP|ABS|ROUND|CEIL|FLOOR|TRUNC|NULLIF)$/i
const choosing = /^(COALESCE|IFNULL|NVL|GREATEST|LEAST)$/i

/** The unit of every value, by the units of the columns that it is made of (`Column.unit`). */
export class Units {
  readonly #resolution: Resolution
  readonly #expressions = new Map<Expression, Measure | null>()
  readonly #bodies = new Map<ResolvedBody, readonly (Measure | null)[]>()

  constructor(resolution: Resolution) {
    this.#resolution = resolution
    // Inner queries come first, so that a long chain of WITH parts is no deep recursion.
    for (const query of resolution.queries.values()) this.body(query.body)
  }

  /** The unit of an expression over the rows of FROM. */
  expression(expression: Expression): Measure | null {
    let measure = this.#expressions.get(expression)
    if (measure === undefined) {
      measure = this.#measure(expression)
      this.#expressions.set(expression, measure)
    }
    return measure
  }

  money(expression: Expression): Money | null {
    const measure = this.expression(expression)
    return measure?.kind === 'money' ? measure : null
  }

  /** The units of the columns of a query's body. */
  body(body: ResolvedBody): readonly (Measure | null)[] {
    let columns = this.#bodies.get(body)
    if (columns === undefined) {
      columns = this.#columnsOf(body)
      this.#bodies.set(body, columns)
    }
    return columns
  }

  #measure(node: Expression): Measure | null {
    switch (node.kind) {
      case 'column':
        return this.#binding(this.#resolution.bindings.get(node))
      case 'cast':
        return this.expression(node.operand)
      case 'unary':
        return node.operator === 'NOT' ? null : this.expression(node.operand)
      case 'case': {
        const values = node.branches.map((branch) => branch.then)
        return this.#chosen(node.otherwise === null ? values : [...values, node.otherwise])
      }
      case 'call':
        return this.#call(node)
      case 'chain':
        return this.#chain(node)
      default:
        return null
    }
  }

  #call(node: Call): Measure | null {
    const name = node.name.text
    const [first] = node.arguments
    if (first === undefined) return null
    if (keeping.test(name)) return this.expression(first)
    if (choosing.test(name)) return this.#either(node.arguments)
    return /^(IF|NVL2)$/i.test(name) ? this.#chosen(node.arguments.slice(1)) : null
  }

  #binding(binding: Binding | undefined): Measure | null {
    if (binding === undefined) return null
    if (binding.kind === 'alias') return this.expression(binding.expression)
    if (binding.kind === 'merged') return this.#binding(binding.left) ?? this.#binding(binding.right)
    return this.#sourceColumn(binding.source, binding.index)
  }

  #sourceColumn({ from }: Source, index: number): Measure | null {
    if (from.kind === 'unknown') return null
    if (from.kind !== 'table') return this.body((from.kind === 'cte' ? from.cte.query : from.query).body)[index] ?? null
    const { table } = from
    const column = table.columns[index]
    const whole = column?.unit === undefined ? undefined : perWhole[column.unit]
    if (column === undefined || whole === undefined) return null
    return { kind: 'money', perWhole: [whole], table, column, rate: false, divisor: null, mixed: null, chosen: false }
  }

  #chain(node: Chain): Measure | null {
    const [first, ...others] = node.operands
    if (first === undefined || node.operators.some((one) => !/^[-+*/]$/.test(one))) return null
    let measure = this.expression(first)
    let [number, before] = [numberOf(first), first]
    for (const [at, operand] of others.entries()) {
      const operator = node.operators[at]
      const left = { node: before, measure, number, constant: measure === null && this.#isConstant(node, at) }
      const right = this.#term(operand)
      const joined =
        operator === '+' || operator === '-'
          ? added(left, right)
          : operator === '*'
            ? multiplied(left, right)
            : divided(left, right, { division: node, at: at + 1 })
      const folded = number === null || right.number === null ? null : fold(operator, number, right.number)
      measure = joined
      number = folded
      if (operator === '/' || operator === '*') before = operand
    }
    return measure
  }

  /** Whether all that stands before the operand behind `at` is fixed. */
  #isConstant(node: Chain, at: number): boolean {
    return this.#resolution.beginnings.get(node)?.[at]?.constant === true
  }

  #term(node: Expression): Term {
    const constant = this.#resolution.expressions.get(node)?.constant === true
    return { node, measure: this.expression(node), number: numberOf(node), constant }
  }

  /** One of several values, by a condition. */
  #chosen(values: readonly Expression[]): Measure | null {
    const measure = this.#either(values)
    if (measure?.kind !== 'money') return measure
    // CASE divides what came from several tables, each by its own number.
    const isSplit = measure.mixed !== null && values.every((value) => this.money(value)?.perWhole.includes(1) !== false)
    return { ...measure, chosen: true, ...(isSplit && { perWhole: [1], mixed: null }) }
  }

  #either(values: readonly Expression[]): Measure | null {
    return alternatives(values.map((node) => ({ ...this.#term(node), range: node })))
  }

  #columnsOf(body: ResolvedBody): readonly (Measure | null)[] {
    switch (body.kind) {
      case 'select': {
        const columns = body.items.map(({ expression }) => this.expression(expression))
        return conjuncts(body.node.where).some(isSelection) ? columns.map(chosen) : columns
      }
      case 'values':
        return body.relation.columns.map(() => null)
      case 'parenthesized':
        return this.body(body.query.body)
      case 'union': {
        const branches = body.branches.map((branch) => ({ branch, columns: this.body(branch) }))
        return body.relation.columns.map((_, at) =>
          alternatives(
            branches.map(({ branch, columns }) => ({
              measure: columns[at] ?? null,
              constant: branch.relation.columns[at]?.constant === true,
              range: branch.kind === 'select' ? (branch.items[at] ?? branch.node) : branch.node,
            })),
          ),
        )
      }
    }
  }
}

/** A condition that can leave the rows of one table only: `source = 'dsp'`. */
function isSelection(condition: Expression): boolean {
  return (condition.kind === 'binary' && condition.operator === '=') || /^(in-list|like)$/.test(condition.kind)
}

function chosen(measure: Measure | null): Measure | null {
  return measure?.kind === 'money' ? { ...measure, chosen: true } : measure
}

/** Whether two amounts cannot be added or compared: not one unit, and not apart by a share or an exchange rate only. */
export function clash(a: Money, b: Money): boolean {
  if (a.rate !== b.rate) return false
  return a.perWhole.every((left) => b.perWhole.every((right) => isUnitApart(left / right)))
}

/** Whether a factor can only come from a forgotten or mistaken unit: a high power of ten, or beyond any price or share. */
export function isUnitApart(factor: number): boolean {
  const digits = Math.log10(Math.abs(factor))
  return Math.abs(digits) > 4.4 || (Math.abs(digits) > 2.5 && isPowerOfTen(factor))
}

export function isPowerOfTen(factor: number): boolean {
  const digits = Math.log10(Math.abs(factor))
  return Math.abs(digits - Math.round(digits)) < 1e-6
}

interface Term {
  node: Expression
  measure: Measure | null
  /** The value, where it is a fixed number. */
  number: number | null
  /** Made of literals and parameters. */
  constant: boolean
}

function added(left: Omit<Term, 'node'>, right: Term): Measure | null {
  const [a, b] = [left.measure, right.measure]
  if (a === null) return left.constant ? b : null
  if (b === null) return right.constant ? a : null
  if (a.kind !== 'money' || b.kind !== 'money') return a
  const common = a.perWhole.filter((one) => b.perWhole.includes(one))
  return common.length === 0 ? a : { ...a, perWhole: common }
}

function multiplied(left: Omit<Term, 'node'>, right: Term): Measure | null {
  const [a, b] = [left.measure, right.measure]
  if (a !== null && b !== null) return null
  if (a !== null) return times(a, right)
  return b === null ? null : times(b, left)
}

function times(measure: Measure, by: Omit<Term, 'node'>): Measure | null {
  if (by.number !== null) return scaled(measure, by.number)
  if (by.constant) return null
  return measure.kind === 'money' ? { ...measure, rate: true } : measure
}

function divided(left: Term, right: Term, where: { division: Chain; at: number }): Measure | null {
  const [a, b] = [left.measure, right.measure]
  if (b !== null) return quotient(left, right)
  if (a === null) return null
  if (right.number === null) return right.constant ? null : a.kind === 'money' ? { ...a, rate: true } : a
  const result = right.number === 0 ? null : scaled(a, 1 / right.number)
  if (result?.kind !== 'money' || right.node.kind !== 'literal') return result
  return { ...result, divisor: { literal: right.node, ...where } }
}

function quotient(left: Term, right: Term): Measure | null {
  if (right.measure?.kind !== 'money' || (left.measure === null && left.constant)) return null
  const below: Operand = { node: right.node, money: right.measure }
  const [divisor, ambiguous] = below.money.perWhole
  if (divisor === undefined || ambiguous !== undefined || below.money.rate) return null
  if (left.measure === null) return divisor === 1 ? null : { kind: 'ratio', off: 1 / divisor, above: null, below }
  if (left.measure.kind !== 'money' || !clash(left.measure, below.money)) return null
  const [dividend, also] = left.measure.perWhole
  if (dividend === undefined || also !== undefined) return null
  return { kind: 'ratio', off: dividend / divisor, above: { node: left.node, money: left.measure }, below }
}

function scaled(measure: Measure, by: number): Measure | null {
  if (by === 0) return null
  if (measure.kind === 'ratio') return { ...measure, off: measure.off * by }
  return { ...measure, perWhole: measure.perWhole.map((one) => rounded(one * by)) }
}

/** Without the last digits, so that a factor written as 0.00000001 is the same as a division. */
function rounded(value: number): number {
  return Number(value.toPrecision(12))
}

function fold(operator: string | undefined, a: number, b: number): number {
  if (operator === '+') return a + b
  if (operator === '-') return a - b
  return operator === '*' ? a * b : a / b
}

/** A fixed number as written: `100`, `-1e8`, `CAST(100000 AS DOUBLE)`, `1000 * 100`. */
export function numberOf(node: Expression): number | null {
  if (node.kind === 'literal')
    return node.type === 'integer' || node.type === 'decimal' || node.type === 'double' ? Number(node.value) : null
  if (node.kind === 'cast') return numberOf(node.operand)
  if (node.kind === 'unary' && node.operator !== 'NOT') {
    const value = numberOf(node.operand)
    return value === null || node.operator === '+' ? value : -value
  }
  if (node.kind !== 'chain' || childrenOf(node).length > 8) return null
  let result: number | null = null
  for (const [at, operand] of node.operands.entries()) {
    const value = numberOf(operand)
    if (value === null) return null
    result = result === null ? value : fold(node.operators[at - 1], result, value)
  }
  return result
}

interface Alternative {
  measure: Measure | null
  constant: boolean
  range: Range
}

/** What a value is that comes from one of several places; fixed values fit every unit. */
function alternatives(given: readonly Alternative[]): Measure | null {
  let result: Measure | null = null
  for (const { measure, constant, range } of given) {
    if (measure === null) {
      if (constant) continue
      return null
    }
    if (result === null) result = measure
    else if (result.kind !== 'money' || measure.kind !== 'money') return null
    else result = either(result, measure, range)
  }
  return result
}

function either(a: Money, b: Money, range: Range): Money {
  const mixed = a.mixed ?? b.mixed ?? (clash(a, b) ? { range, table: b.table, column: b.column } : null)
  return {
    ...a,
    perWhole: [...new Set([...a.perWhole, ...b.perWhole])],
    rate: a.rate || b.rate,
    divisor: a.divisor ?? b.divisor,
    mixed,
    chosen: a.chosen || b.chosen,
  }
}
