import type { Edit } from '../diagnostic.ts'
import { bodyOf } from '../lineage/followed.ts'
import { readColumns } from '../lineage/read-columns.ts'
import type { Binding, ResolvedBody } from '../resolve/resolution.ts'
import type { Expression, Literal } from '../tree.ts'
import { insert, replace } from '../edits.ts'
import type { Report, Rule, RuleContext, RuleEntry } from './rule.ts'

/** In the attributed tables ad_product_type is NULL for Amazon DSP, and a comparison with NULL is never true. */
export const lostDspRows: Rule = {
  code: 'AMC034',
  severity: 'warning',
  check(context, report) {
    if (![...context.once(readColumns)].some(({ name }) => name === 'ad_product_type')) return
    const check = new ProductCheck(context, report)
    for (const node of context.expressions('binary')) {
      if (node.operator === '=' || node.operator === '<>' || node.operator === '!=') {
        check.compared(node, node.left, [node.right], node.operator !== '=')
        check.compared(node, node.right, [node.left], node.operator !== '=')
      }
    }
    for (const node of context.expressions('in-list')) check.compared(node, node.operand, node.items, node.negated)
    for (const node of context.expressions('like'))
      if (node.negated) check.compared(node, node.operand, [node.pattern], true)
  },
}

export const lostDspRowsEntry: RuleEntry = {
  rule: lostDspRows,
  title: 'Amazon DSP has no ad_product_type',
  why: `In the attributed tables \`ad_product_type\` is NULL for Amazon DSP. \`ad_product_type <> 'sponsored_brands'\` is neither true nor false for NULL, so all DSP rows are gone without a word; \`= 'DSP'\` finds nothing at all. Give DSP a name with COALESCE before comparing, or ask for IS NULL.`,
  source: 'fact',
  bad: `SELECT campaign, SUM(total_purchases) AS purchases
FROM amazon_attributed_events_by_conversion_time
WHERE ad_product_type <> 'sponsored_brands'
GROUP BY campaign`,
  good: `SELECT campaign, SUM(total_purchases) AS purchases
FROM amazon_attributed_events_by_conversion_time
WHERE COALESCE(ad_product_type, 'DSP') <> 'sponsored_brands'
GROUP BY campaign`,
}

const dsp = /^(amazon[ _-]?)?dsp$/i

class ProductCheck {
  readonly #context: RuleContext
  readonly #report: Report
  /** The columns that are also asked for NULL, by identity: who asks knows. */
  #asked: ReadonlySet<number> | null = null

  constructor(context: RuleContext, report: Report) {
    this.#context = context
    this.#report = report
  }

  compared(node: Expression, column: Expression, values: readonly Expression[], negated: boolean): void {
    if (column.kind !== 'column' || !this.#isEmptyForDsp(column)) return
    const literals = values.filter((value): value is Literal => value.kind === 'literal' && value.type === 'string')
    const named = literals.find(({ value }) => dsp.test(value))
    if (literals.length === 0 || (!negated && named === undefined) || this.#isAskedForNull(column)) return
    const text = this.#context.textOf(column)
    // What they call it, or our own name for it.
    const name = named === undefined ? "'DSP'" : this.#context.textOf(named)
    const isOnlyDsp = !negated && node.kind === 'binary'
    const edits: Edit[] = isOnlyDsp
      ? [replace(node, `${text} IS NULL`)]
      : [insert(column.from, 'COALESCE('), insert(column.to, `, ${name})`)]
    const title = isOnlyDsp ? `Write ${text} IS NULL` : `Write COALESCE(${text}, ${name})`
    this.#report(node, {
      message: negated
        ? `${text} is NULL for Amazon DSP, so this drops all of its rows`
        : `${text} is NULL for Amazon DSP and never ${name}`,
      help: title,
      fixes: [{ title, edits }],
    })
  }

  /** Whether a column is ad_product_type of an attributed table, as it is. */
  #isEmptyForDsp(column: Expression): boolean {
    const origins = this.#context.lineage.expression(column)
    if (
      !origins.some(
        ({ table, column: { name } }) => name === 'ad_product_type' && table.name.startsWith('amazon_attributed'),
      )
    )
      return false
    return this.#isPlain(column)
  }

  /** Named on the way as it is: COALESCE and CASE have given DSP a name. */
  #isPlain(column: Expression): boolean {
    let node: Expression | undefined = column
    for (;;) {
      const binding: Binding | undefined =
        node?.kind === 'column' ? this.#context.resolution.bindings.get(node) : undefined
      if (binding?.kind === 'alias') node = binding.expression
      else if (binding?.kind !== 'column') return false
      else if (binding.source.from.kind === 'table') return true
      else {
        const body: ResolvedBody | null = bodyOf(binding.source)
        node = body?.kind === 'select' ? body.items[binding.index]?.expression : undefined
      }
    }
  }

  #isAskedForNull(column: Expression): boolean {
    if (this.#asked === null) {
      const asked = new Set<number>()
      for (const { test, operand } of this.#context.expressions('is')) {
        const facts = this.#context.facts(operand)
        if (test === 'NULL' && facts !== undefined) asked.add(facts.id)
      }
      this.#asked = asked
    }
    const facts = this.#context.facts(column)
    return facts !== undefined && this.#asked.has(facts.id)
  }
}
