import type { Fix } from '../diagnostic.ts'
import type { Expression } from '../tree.ts'
import { dropConditions } from './conditions.ts'
import { insert, nameText } from '../edits.ts'
import type { RuleContext } from './rule.ts'

/**
 * A condition that keeps the rows with one of many values, as a list in a WITH part and an INNER JOIN with it; null where the condition
 * is no condition of WHERE by itself, or the value is no column.
 */
export function valuesJoin(
  context: RuleContext,
  condition: Expression,
  operand: Expression,
  values: readonly Expression[],
): Fix | null {
  const select = context.selectAround(condition)
  const column = operand.kind === 'column' ? operand.parts.at(-1)?.text : undefined
  const [first, ...others] = select?.node.tables ?? []
  if (select === null || column === undefined || first === undefined || others.length > 0) return null
  if (!values.every((value) => value.kind === 'literal' && value.parameters.length === 0)) return null
  const { where } = select.node
  const removed = where === null ? null : dropConditions(context, where, new Set([condition]))
  if (removed === null) return null
  const list = freeName(context.text, `${column}_list`)
  const listed = freeName(context.text, `listed_${column}`)
  // A value that is there twice would meet each row twice.
  const rows = [...new Set(values.map((value) => context.textOf(value)))].map((value) => `(${value})`)
  const part = `${nameText(list)} (${nameText(listed)}) AS (VALUES ${rows.join(', ')})`
  const { query } = context
  const [cte] = query.ctes
  const edits = [
    cte === undefined ? insert(query.from, `WITH ${part}\n`) : insert(cte.from, `${part},\n`),
    insert(
      first.to,
      ` INNER JOIN ${nameText(list)} ON ${nameText(list)}.${nameText(listed)} = ${context.textOf(operand)}`,
    ),
    ...removed,
  ]
  return { title: 'Put the list into a WITH part and join it', edits }
}

/** A name that occurs nowhere in a text. */
export function freeName(text: string, wanted: string): string {
  const lower = text.toLowerCase()
  let name = wanted.toLowerCase()
  for (let number = 2; lower.includes(name); number += 1) name = `${wanted.toLowerCase()}_${number}`
  return name
}
