import { membersOf, type SourceFilter } from './filter.ts'
import { matchesFilter, type FilterableSource, type FilterContext } from './match-filter.ts'

/** Where a condition stands: the position in each group from outside to inside. */
export type FilterPath = readonly number[]

export interface Removal {
  path: FilterPath
  /** How many sources would pass without the condition. */
  matches: number
}

/** The condition without which the most sources would pass, for a filter that lets none through; null where no single one helps. */
export function helpfulRemoval(
  filter: SourceFilter,
  sources: readonly FilterableSource[],
  context: FilterContext,
): Removal | null {
  let best: Removal | null = null
  for (const path of conditionPaths(filter)) {
    const without = withoutCondition(filter, path)
    const matches = sources.filter((source) => matchesFilter(without, source, context)).length
    if (matches > (best?.matches ?? 0)) best = { path, matches }
  }
  return best
}

function conditionPaths(filter: SourceFilter): FilterPath[] {
  const group = membersOf(filter)
  if (group === null) return [[]]
  return group.members.flatMap((member, at) => conditionPaths(member).map((path) => [at, ...path]))
}

/** The filter without the condition at a place; what is left of its group stays. */
export function withoutCondition(filter: SourceFilter, [first, ...rest]: FilterPath): SourceFilter {
  const group = membersOf(filter)
  if (group === null || first === undefined) return { all: [] }
  const members =
    rest.length === 0 && membersOf(group.members[first] ?? { all: [] }) === null
      ? group.members.toSpliced(first, 1)
      : group.members.map((member, at) => (at === first ? withoutCondition(member, rest) : member))
  return group.word === 'all' ? { all: members } : { any: members }
}
