import type { Edit, Fix } from '../diagnostic.ts'
import type { ResolvedSelect } from '../resolve/resolution.ts'
import { readColumns } from '../lineage/read-columns.ts'
import { clash, isPowerOfTen, isUnitApart, Units, type Money, type Ratio } from '../lineage/units.ts'
import type { Expression, Range, SelectItem } from '../tree.ts'
import { insert, nameText, replace } from '../edits.ts'
import type { Report, Rule, RuleContext, RuleEntry } from './rule.ts'
import { isRefusedStar } from './star.ts'

/** Money comes in three units, by column; it must be brought to one before it is added, compared or shown. */
export const moneyUnits: Rule = {
  code: 'AMC025',
  severity: 'warning',
  check(context, report) {
    if (![...context.once(readColumns)].some(isInParts)) return
    const check = new MoneyCheck(context, report)
    for (const chain of context.expressions('chain'))
      if (chain.operators[0] === '+' || chain.operators[0] === '-') check.together(chain.operands, 'added')
    for (const { left, right } of context.expressions('binary')) check.together([left, right], 'compared')
    for (const { operand, low, high } of context.expressions('between'))
      check.together([operand, low, high], 'compared')
    for (const call of context.expressions('call'))
      if (/^(GREATEST|LEAST)$/i.test(call.name.text)) check.together(call.arguments, 'compared')
    if (!context.audience) for (const select of context.finalSelects) check.shown(select)
  },
}

export const moneyUnitsEntry: RuleEntry = {
  rule: moneyUnits,
  title: 'Money in one unit',
  why: `Amazon stores money in three units. \`spend\` of sponsored ads, \`bid_price\` and the single fees of Amazon DSP are **microcents**: divide by 100,000,000. \`total_cost\`, \`impression_cost\`, \`click_cost\` and the budgets are **millicents**: divide by 100,000. Sales and prices are whole units of the currency. Undivided, a column looks like a huge amount; added to another unit, it is no amount at all, so that is an error although AMC runs the query.`,
  source: 'fact',
  bad: `SELECT campaign, SUM(spend) AS spend FROM sponsored_ads_traffic GROUP BY campaign`,
  good: `SELECT campaign, SUM(spend) / 100000000.0 AS spend FROM sponsored_ads_traffic GROUP BY campaign`,
}

function isInParts({ unit }: { unit?: string }): boolean {
  return unit === 'microcents' || unit === 'millicents'
}

/** An alias that names the unit means it. */
const unitInName = /(^|_)(micro|milli)?_?cents?(_|$)|(^|_)(micros|raw)(_|$)/i

class MoneyCheck {
  readonly #context: RuleContext
  readonly #report: Report
  readonly #units: Units
  /** Each place is reported once, though several columns can come from it. */
  readonly #reported = new Set<string>()

  constructor(context: RuleContext, report: Report) {
    this.#context = context
    this.#report = report
    this.#units = new Units(context.resolution)
  }

  /** Values that only make sense in one unit. */
  together(operands: readonly Expression[], how: 'added' | 'compared'): void {
    let first: { node: Expression; money: Money } | null = null
    for (const node of operands) {
      const money = this.#units.money(node)
      if (money === null) continue
      if (first === null) first = { node, money }
      else if (clash(first.money, money)) {
        const fix = sameUnit(first, { node, money })
        this.#report(
          { from: first.node.from, to: node.to },
          {
            severity: 'error',
            ours: true,
            message: `${this.#text(first.node)} is in ${unitOf(first.money)} and ${this.#text(node)} in ${unitOf(money)}: they cannot be ${how}`,
            help: 'Divide each by its own number first: microcents by 100000000.0, millicents by 100000.0',
            ...(fix !== null && { fixes: [fix] }),
          },
        )
        return
      }
    }
  }

  /** The columns of a SELECT whose rows come out. */
  shown(select: ResolvedSelect): void {
    const measures = this.#units.body(select)
    const written = new Set(select.node.items)
    // AMC001 refuses a star over a table, whatever is behind it.
    const refused = select.node.items.filter(isRefusedStar(select))
    for (const [at, item] of select.items.entries()) {
      const measure = measures[at] ?? null
      if (measure === null || unitInName.test(item.alias?.text ?? '')) continue
      if (refused.some((star) => star.from === item.from)) continue
      if (measure.kind === 'ratio') this.#quotient(measure)
      else if (measure.mixed !== null) this.#mixed(measure, item)
      else this.#amount(measure, item, !written.has(item))
    }
  }

  #amount(money: Money, { expression: node, alias }: SelectItem, behindStar: boolean): void {
    const [perWhole = 1] = money.perWhole
    if (!isWrong(money, perWhole) || !this.#once(money.divisor?.division ?? node)) return
    const column = `${money.table.name}.${money.column.name}`
    const { unit = '' } = money.column
    const rule = `${unit}: ${grouped(parts[unit] ?? 1)} of them are one unit of the currency`
    if (money.divisor === null) {
      const name = node.kind === 'column' ? (node.parts.at(-1)?.text ?? '') : ''
      const title = `Divide by ${factor(missing(money))}`
      const edits = scaled(innermost(node), missing(money))
      if (alias === null && name !== '') edits.push(insert(node.to, ` AS ${nameText(name)}`))
      this.#report(node, {
        message: `${behindStar ? name : this.#text(node)} comes from ${column}, which is in ${rule}`,
        help: title,
        ...(!behindStar && { fixes: [{ title, edits }] }),
      })
      return
    }
    const { literal, division } = money.divisor
    const wanted = Number(literal.value) * perWhole
    const title = `Divide by ${wanted} instead`
    this.#report(division, {
      message: `${this.#context.textOf(literal)} is the wrong number for ${column}, which is in ${rule}`,
      help: title,
      fixes: [{ title, edits: [replace(literal, literal.value.includes('.') ? `${wanted}.0` : String(wanted))] }],
    })
  }

  /** Rows of several units in one column. */
  #mixed(money: Money, item: Range): void {
    const { mixed } = money
    if (mixed === null || (money.chosen && money.perWhole.includes(1))) return
    const place = mixed.range.to > mixed.range.from ? mixed.range : item
    if (!this.#once(place)) return
    const [a, b] = [money, mixed].map(
      ({ table, column }) => `${table.name}.${column.name} in ${column.unit ?? 'no unit'}`,
    )
    this.#report(place, {
      message: `One column of the result holds ${a} and ${b}`,
      help: 'Divide each at its source: microcents by 100000000.0, millicents by 100000.0',
    })
  }

  #quotient({ off, above, below }: Ratio): void {
    const node = above?.node ?? below.node
    if (!isUnitApart(off) || !this.#once(below.node)) return
    const operands = above === null ? [below] : [above, below]
    const edits = operands.flatMap((operand) =>
      scaled(innermost(operand.node), missing(operand.money), operand === below),
    )
    this.#report(
      { from: node.from, to: below.node.to },
      {
        message:
          above === null
            ? `${this.#text(below.node)} is in ${unitOf(below.money)}, so the quotient is not per unit of the currency`
            : `${this.#text(above.node)} is in ${unitOf(above.money)} and ${this.#text(below.node)} in ${unitOf(below.money)}, so the quotient is off by ${grouped(Math.max(off, 1 / off))}`,
        help: 'Divide each by its own number first: microcents by 100000000.0, millicents by 100000.0',
        fixes: [{ title: 'Divide by the number of the unit', edits }],
      },
    )
  }

  #once({ from, to }: Range): boolean {
    const place = `${from} ${to}`
    if (this.#reported.has(place)) return false
    this.#reported.add(place)
    return true
  }

  #text(node: Range): string {
    return this.#context.shortText(node)
  }
}

const parts: Readonly<Record<string, number>> = { microcents: 100_000_000, millicents: 100_000 }

/** Whether an amount that is shown is none in whole units of the currency. */
function isWrong({ column, rate }: Money, perWhole: number): boolean {
  const digits = Math.log10(perWhole)
  const isInMillicents = column.unit === 'millicents'
  if (!isInMillicents && column.unit !== 'microcents') return false
  // The number for microcents on millicents; the other way round can be a price per thousand.
  if (isInMillicents && Math.abs(digits + 3) < 1e-6) return true
  if (rate) return digits > 4.4
  return digits > 4.4 || (digits > 0.5 && isPowerOfTen(perWhole))
}

function unitOf({ perWhole, column }: Money): string {
  const [first = 1, second] = perWhole
  if (second !== undefined) return 'several units'
  const known = Object.entries(parts).find(([, number]) => number === first)
  if (known !== undefined) return known[0]
  return first === 1 ? 'whole units of the currency' : `${column.unit ?? 'a unit'} divided by another number`
}

/** Brings two amounts to the unit of the currency if one of them is in it, else both to the smaller one. */
function sameUnit(a: { node: Expression; money: Money }, b: { node: Expression; money: Money }): Fix | null {
  if (a.money.perWhole.length > 1 || b.money.perWhole.length > 1) return null
  const [first, second] = [missing(a.money), missing(b.money)]
  const target = first === 1 || second === 1 ? 1 : Math.max(first, second)
  const edits = [...scaled(innermost(a.node), first / target), ...scaled(innermost(b.node), second / target)]
  return { title: target === 1 ? 'Bring both to the unit of the currency' : 'Bring both to microcents', edits }
}

/** By what an amount is too high: the number of its unit, but not a share or a percentage that it was multiplied by. */
function missing({ perWhole, column }: Money): number {
  const [own, now] = [parts[column.unit ?? ''] ?? 1, perWhole[0] ?? 1]
  if (Math.abs(Math.log10(now / own)) < 2.5) return own
  return isPowerOfTen(now) && Math.abs(Math.log10(now)) > 2.5 ? now : 1
}

/** ROUND and NULLIF must see the amount that is meant. */
function innermost(node: Expression): Expression {
  const isWrapper = node.kind === 'call' && /^(ROUND|NULLIF|COALESCE|CEIL|FLOOR|TRUNC|ABS)$/i.test(node.name.text)
  const [first] = node.kind === 'call' ? node.arguments : []
  return isWrapper && first !== undefined ? innermost(first) : node
}

/** Divides a value by a power of ten; `isDivisor`: it stands behind a division itself. */
function scaled(node: Expression, by: number, isDivisor = false): Edit[] {
  if (by === 1) return []
  const text = by > 1 ? ` / ${factor(by)}` : ` * ${factor(1 / by)}`
  const isSum = node.kind === 'chain' && (node.operators[0] === '+' || node.operators[0] === '-')
  const edits = isSum ? [insert(node.from, '('), insert(node.to, `)${text}`)] : [insert(node.to, text)]
  return isDivisor ? [insert(node.from, '('), ...edits, insert(node.to, ')')] : edits
}

function factor(value: number): string {
  return `${Math.round(value)}.0`
}

function grouped(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}
