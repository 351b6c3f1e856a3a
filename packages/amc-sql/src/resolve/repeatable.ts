import type { Expression } from '../tree.ts'
import { childrenOf } from './children.ts'
import type { FromItem, Resolution, ResolvedBody, ResolvedQuery, ResolvedSelect, Source } from './resolution.ts'

/**
 * Whether the rows of a SELECT before its grouping are the same each time that they are read, given that its sources' are. Only
 * what is certain is answered with true.
 */
export function isRepeatable(resolution: Resolution, select: ResolvedSelect): boolean {
  // A window over groups comes after the grouping and changes no row before it.
  const items = select.items.every(({ expression }) => isFixed(resolution, expression, select.aggregate))
  return items && [...select.groupBy, ...conditions(select)].every((one) => isFixed(resolution, one, false))
}

/** Whether a query passes the rows of its sources on one by one, the same each time. */
export function isStreamed(resolution: Resolution, query: ResolvedQuery): boolean {
  const { limit, offset } = query.node
  return limit === null && offset === null && isStreamedBody(resolution, query.body)
}

/** Whether rows that are streamed are as quickly read again: from one place each, without a join. */
export function isReadAtOnce(body: ResolvedBody): boolean {
  switch (body.kind) {
    case 'values':
      return true
    case 'parenthesized':
      return isReadAtOnce(body.query.body)
    case 'union':
      return body.branches.every((branch) => isReadAtOnce(branch))
    case 'select':
      return (
        body.sources.length < 2 &&
        body.sources.every(({ from }) => from.kind !== 'query' || isReadAtOnce(from.query.body))
      )
  }
}

function isStreamedBody(resolution: Resolution, body: ResolvedBody): boolean {
  switch (body.kind) {
    case 'values':
      return true
    case 'parenthesized':
      return isStreamed(resolution, body.query)
    case 'union':
      return body.node.all && body.branches.every((branch) => isStreamedBody(resolution, branch))
    case 'select':
      return (
        !body.aggregate &&
        !body.node.distinct &&
        isRepeatable(resolution, body) &&
        body.sources.every((source) => isStreamedSource(resolution, source))
      )
  }
}

/** A WITH part decides for itself how its rows are kept. */
function isStreamedSource(resolution: Resolution, { from }: Source): boolean {
  return from.kind !== 'query' || isStreamed(resolution, from.query)
}

function conditions(select: ResolvedSelect): Expression[] {
  const found: Expression[] = select.node.where === null ? [] : [select.node.where]
  const walk = (item: FromItem): void => {
    if (item.kind === 'source') return
    walk(item.left)
    walk(item.right)
    if (item.node.on !== null) found.push(item.node.on)
  }
  for (const item of select.from) walk(item)
  return found
}

const changing: ReadonlySet<string> = new Set(['RANDOM', 'UUID'])

/** Row by row the same value: no chance, no order among equal rows. */
function isFixed(resolution: Resolution, expression: Expression, windows: boolean): boolean {
  if (expression.kind === 'column') {
    const binding = resolution.bindings.get(expression)
    return binding?.kind !== 'alias' || isFixed(resolution, binding.expression, windows)
  }
  if (expression.kind === 'subquery' || expression.kind === 'exists' || expression.kind === 'in-subquery') {
    const query = resolution.queries.get(expression.query)
    if (query === undefined || !isStreamed(resolution, query)) return false
  }
  if (expression.kind === 'call') {
    const name = expression.name.text.toUpperCase()
    if (changing.has(name) || name === 'EXPLODE' || (expression.over !== null && !windows)) return false
  }
  return childrenOf(expression).every((child) => isFixed(resolution, child, windows))
}
