import type { ResolvedQuery } from '../../resolve/resolution.ts'
import { type Mending, mend, nameText, replace, suggest } from '../../edits.ts'
import type { RuleContext } from '../rule.ts'

/** An ORDER BY without LIMIT only sorts. */
export function withoutOrder(context: RuleContext, { node }: ResolvedQuery, main: boolean): Mending {
  const range = { from: node.body.to, to: node.orderBy.at(-1)?.to ?? node.body.to }
  if (!/^\s*ORDER\s+BY\b/i.test(context.text.slice(range.from, range.to))) return {}
  return (main ? suggest : mend)('Remove ORDER BY', replace(range, ''))
}

/** The rows up to the limit by their number in the order; needs an order by columns of the result, all of them with names. */
export function rankRows(context: RuleContext, { node, body, relation, orderBy }: ResolvedQuery): Mending {
  const names = relation.columns.map(({ name }) => name)
  const unnamed = names.some((name) => name === '' || name.startsWith('EXPR$'))
  const distinct = new Set(names.map((name) => name.toLowerCase())).size === names.length
  const limit = node.limit === null ? null : context.textOf(node.limit)
  if (limit === null || orderBy.length === 0 || relation.open || unnamed || !distinct) return {}
  const order: string[] = []
  for (const { node: item, column } of orderBy) {
    if (column === null) return {}
    const nulls = item.nulls === null ? '' : ` NULLS ${item.nulls.toUpperCase()}`
    order.push(`${nameText(names[column] ?? '')}${item.descending ? ' DESC' : ''}${nulls}`)
  }
  const list = names.map(nameText).join(', ')
  const rank = names.some((name) => name.toLowerCase() === 'row_rank') ? 'row_rank_2' : 'row_rank'
  const inner = context.text.slice(body.node.from, body.node.to)
  const offset = node.offset === null ? null : context.textOf(node.offset)
  const filter = offset === null ? `${rank} <= ${limit}` : `${rank} > ${offset} AND ${rank} <= ${offset} + ${limit}`
  const text =
    `SELECT ${list}\nFROM (\n  SELECT ${list}, ROW_NUMBER() OVER (ORDER BY ${order.join(', ')}) AS ${rank}\n` +
    `  FROM (\n    ${inner.replaceAll('\n', '\n    ')}\n  )\n)\nWHERE ${filter}`
  return suggest('Rank inside and filter the rank outside', replace({ from: body.node.from, to: node.to }, text))
}
