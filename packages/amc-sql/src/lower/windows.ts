import type { OrderItem, WindowSpecification } from '../tree.ts'
import type { Lowering } from './lowering.ts'

/** `OVER (…)` of a call. */
export function lowerWindow(l: Lowering, node: WindowSpecification): string {
  const window = l.resolution.windows.get(node) ?? node
  const partition = window.partitionBy.map((expression) => l.expression(expression))
  const order = window.orderBy.map((item) => lowerOrderItem(l.expression(item.expression), item))
  const parts: string[] = []
  if (partition.length > 0) parts.push(`PARTITION BY ${partition.join(', ')}`)
  if (order.length > 0) parts.push(`ORDER BY ${order.join(', ')}`)
  if (node.frame !== null) parts.push(lowerFrame(l, node.frame))
  return ` OVER (${parts.join(' ')})`
}

const bound = String.raw`(UNBOUNDED PRECEDING|UNBOUNDED FOLLOWING|CURRENT ROW|\d+ PRECEDING|\d+ FOLLOWING)`
const frameForm = new RegExp(`^(ROWS|RANGE) (BETWEEN ${bound} AND ${bound}|${bound})$`)

function lowerFrame(l: Lowering, frame: { from: number; to: number }): string {
  const words = l.textOf(frame).trim().toUpperCase().split(/\s+/).join(' ')
  return frameForm.test(words) ? words : l.fail(frame, 'The local engine does not run this window frame')
}

/** A member of ORDER BY around its SQL. */
export function lowerOrderItem(sql: string, { descending, nulls }: Pick<OrderItem, 'descending' | 'nulls'>): string {
  return `${sql}${descending ? ' DESC' : ''}${nulls === null ? '' : ` NULLS ${nulls.toUpperCase()}`}`
}
