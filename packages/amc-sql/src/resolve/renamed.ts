import type { Name } from '../tree.ts'
import { relationOf, type Relation, type RelationColumn } from './resolution.ts'
import type { Resolver } from './resolver.ts'
import { types } from './types.ts'

/** A relation under the column names of `t (a, b)`. */
export function renamed(r: Resolver, relation: Relation, names: readonly Name[] | null, isValues: boolean): Relation {
  if (names === null) return relation
  if (relation.open) {
    // Of `VALUES {{rows}}` the names are all that is known.
    const columns = names.map((name) => ({ ...unknownColumn, name: name.text, constant: true }))
    return isValues ? relationOf(columns) : relation
  }
  const [first, last] = [names[0], names.at(-1)]
  if (names.length !== relation.columns.length && first !== undefined && last !== undefined) {
    const range = { from: first.from, to: last.to }
    const [expected, given] = [names.length, relation.columns.length]
    r.fault({ kind: 'column-list-width', range, values: isValues, expected, given })
    // All names exist, so that nothing else is reported because of the difference.
    return relationOf(names.map((name, at) => ({ ...(relation.columns[at] ?? unknownColumn), name: name.text })))
  }
  return relationOf(relation.columns.map((column, at) => ({ ...column, name: names[at]?.text ?? column.name })))
}

/** Stands where a list names more columns than there are. */
export const unknownColumn: RelationColumn = {
  name: '',
  type: types.unknown,
  threshold: 'NONE',
  metric: false,
  constant: false,
}
