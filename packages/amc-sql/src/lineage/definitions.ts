import type { Resolution, ResolvedBody } from '../resolve/resolution.ts'
import type { Expression } from '../tree.ts'
import { bodyOf } from './followed.ts'

/** Through more WITH parts than that nobody looks for a definition. */
const mostSteps = 200

/** What a fixed value is written as: itself, or what a WITH part, VALUES or a union puts into its column. */
export function definitionsOf(resolution: Resolution, node: Expression, steps = 0): readonly Expression[] {
  if (steps > mostSteps) return []
  if (node.kind === 'cast') return definitionsOf(resolution, node.operand, steps)
  if (node.kind !== 'column') return [node]
  const binding = resolution.bindings.get(node)
  if (binding?.kind === 'alias') return definitionsOf(resolution, binding.expression, steps + 1)
  if (binding?.kind !== 'column' || binding.source.relation.columns[binding.index]?.constant !== true) return []
  const body = bodyOf(binding.source)
  return body === null ? [] : definitionsIn(resolution, body, binding.index, steps + 1)
}

function definitionsIn(resolution: Resolution, body: ResolvedBody, at: number, steps: number): readonly Expression[] {
  switch (body.kind) {
    case 'select': {
      const item = body.items[at]
      return item === undefined ? [] : definitionsOf(resolution, item.expression, steps)
    }
    case 'values':
      return body.node.rows.flatMap(({ items }) => (items[at] === undefined ? [] : [items[at]]))
    case 'parenthesized':
      return definitionsIn(resolution, body.query.body, at, steps)
    case 'union':
      return body.branches.flatMap((branch) => definitionsIn(resolution, branch, at, steps))
  }
}
