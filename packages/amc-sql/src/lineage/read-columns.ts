import type { Binding, Resolution, ResolvedBody } from '../resolve/resolution.ts'
import type { Column } from '../schema.ts'

/** The columns of source tables that a query names; rules that need none of them are done at once. */
export function readColumns({ resolution }: { resolution: Resolution }): ReadonlySet<Column> {
  const found = new Set<Column>()
  resolution.bindings.forEach((binding) => add(binding, found))
  for (const { body } of resolution.queries.values()) addUsing(body, found)
  return found
}

/** The columns of USING, which no expression names. */
function addUsing(body: ResolvedBody, to: Set<Column>): void {
  if (body.kind === 'union') for (const branch of body.branches) addUsing(branch, to)
  else if (body.kind === 'select')
    for (const item of body.from)
      for (let at = item; at.kind === 'join'; at = at.left)
        for (const { left, right } of at.using) {
          add(left, to)
          add(right, to)
        }
}

function add(binding: Binding, to: Set<Column>): void {
  if (binding.kind === 'merged') {
    add(binding.left, to)
    add(binding.right, to)
  } else if (binding.kind === 'column' && binding.source.from.kind === 'table') {
    const column = binding.source.from.table.columns[binding.index]
    if (column !== undefined) to.add(column)
  }
}
