import type { FaultOf } from '../../resolve/faults.ts'
import type { Cte, Values } from '../../tree.ts'
import { type Mending, mend, replace, suggest } from '../../edits.ts'
import type { RuleContext } from '../rule.ts'

/** The values of one long row in rows as wide as the list, or those of narrow rows in one. */
export function rewriteRows(context: RuleContext, { range, values, expected }: FaultOf<'column-list-width'>): Mending {
  const body = values ? partAround(context, range)?.query.body : undefined
  if (body?.kind !== 'values') return {}
  const items = body.rows.flatMap((row) => row.items)
  const plain = body.rows.length === 1 || body.rows.every((row) => row.items.length === 1)
  if (!plain || items.length % expected !== 0) return {}
  const rows: string[] = []
  for (let at = 0; at < items.length; at += expected)
    rows.push(
      `(${items
        .slice(at, at + expected)
        .map((item) => context.textOf(item))
        .join(', ')})`,
    )
  const change = expected === 1 ? mend : suggest
  return change(
    `Write ${rows.length === 1 ? 'one row' : `${rows.length} rows`}`,
    replace(rowsRange(body), rows.join(', ')),
  )
}

function rowsRange({ rows, from, to }: Values): { from: number; to: number } {
  return { from: rows[0]?.from ?? from, to: rows.at(-1)?.to ?? to }
}

function partAround(context: RuleContext, range: { from: number }): Cte | undefined {
  for (const { ctes } of context.resolution.queries.values())
    for (const { node } of ctes) if (node.columns?.[0]?.from === range.from) return node
  return undefined
}
