import { childrenOf } from '../resolve/children.ts'
import { conjuncts } from '../resolve/conjuncts.ts'
import type { ResolvedSelect } from '../resolve/resolution.ts'
import type { Column, Table } from '../schema.ts'
import type { Chain, Expression, Literal, Range } from '../tree.ts'
import { choices, Followed, type Place } from './followed.ts'

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
export class Units extends Followed<Measure> {
  money(expression: Expression): Money | null {
    const measure = this.expression(expression)
    return measure?.kind === 'money' ? measure : null
  }

  protected ofColumn(table: Table, index: number): Measure | null {
    const column = table.columns[index]
    const whole = column?.unit === undefined ? undefined : perWhole[column.unit]
    if (column === undefined || whole === undefined) return null
    return { kind: 'money', perWhole: [whole], table, column, rate: false, divisor: null, mixed: null, chosen: false }
  }

  protected ofExpression(node: Expression): Measure | null {
    switch (node.kind) {
      case 'cast':
        return this.expression(node.operand)
      case 'unary':
        return node.operator === 'NOT' ? null : this.expression(node.operand)
      case 'case':
        return this.#chosen(choices(node))
      case 'call': {
        const name = node.name.text
        const [first, ...others] = node.arguments
        if (first !== undefined && keeping.test(name)) return this.expression(first)
        if (choosing.test(name)) return this.among(node.arguments)
        return /^(IF|NVL2)$/i.test(name) ? this.#chosen(others) : null
      }
      case 'chain':
        return this.#chain(node)
      default:
        return null
    }
  }

  /** Fixed values fit every unit. */
  protected either(places: readonly Place<Measure>[]): Measure | null {
    let result: Measure | null = null
    for (const { fact, constant, range } of places) {
      if (fact === null) {
        if (constant) continue
        return null
      }
      if (result === null) result = fact
      else if (result.kind !== 'money' || fact.kind !== 'money') return null
      else result = both(result, fact, range)
    }
    return result
  }

  protected override ofSelect({ node }: ResolvedSelect, columns: readonly (Measure | null)[]) {
    if (!conjuncts(node.where).some(isSelection)) return columns
    return columns.map((column) => (column?.kind === 'money' ? { ...column, chosen: true } : column))
  }

  /** One of several values, by a condition. */
  #chosen(values: readonly Expression[]): Measure | null {
    const measure = this.among(values)
    if (measure?.kind !== 'money') return measure
    // CASE divides what came from several tables, each by its own number.
    const isSplit = measure.mixed !== null && values.every((value) => this.money(value)?.perWhole.includes(1) !== false)
    return { ...measure, chosen: true, ...(isSplit && { perWhole: [1], mixed: null }) }
  }

  #chain(node: Chain): Measure | null {
    const [first, ...others] = node.operands
    if (first === undefined || node.operators.some((one) => !/^[-+*/]$/.test(one))) return null
    let measure = this.expression(first)
    let [number, before] = [numberOf(first), first]
    for (const [at, operand] of others.entries()) {
      const operator = node.operators[at]
      const left = { node: before, measure, number, constant: measure === null && this.#isFixed(node, at) }
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
  #isFixed(node: Chain, at: number): boolean {
    return this.resolution.beginnings.get(node)?.[at]?.constant === true
  }

  #term(node: Expression): Term {
    return { node, measure: this.expression(node), number: numberOf(node), constant: this.isConstant(node) }
  }
}

/** A condition that can leave the rows of one table only: `source = 'dsp'`. */
function isSelection(condition: Expression): boolean {
  return (condition.kind === 'binary' && condition.operator === '=') || /^(in-list|like)$/.test(condition.kind)
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

function both(a: Money, b: Money, range: Range): Money {
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
