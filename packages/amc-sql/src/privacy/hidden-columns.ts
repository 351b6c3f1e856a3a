import type { TrackedRelation } from './tracked.ts'
import type { UserSets } from './user-sets.ts'

/** A column beside those of the query, which carries users: of a path, or of the contributors to a total along a path. */
export interface HiddenColumn {
  name: string
  type: string
  part: number
}

/** The columns of a path; a path of one user has a single one. */
export function pathColumns(relation: TrackedRelation, path: number, sets: UserSets): HiddenColumn[] {
  if (relation.paths[path]?.form === 'one') return [{ name: `#user${path}`, type: 'BIGINT', part: 0 }]
  return sets.parts.map((part, at) => ({ name: `#path${path}.${part}`, type: sets.partType, part: at }))
}

/** The columns of the contributors to a total. */
export function totalColumns(total: number, path: number, sets: UserSets): HiddenColumn[] {
  return sets.parts.map((part, at) => ({ name: `#total${total}.path${path}.${part}`, type: sets.partType, part: at }))
}
