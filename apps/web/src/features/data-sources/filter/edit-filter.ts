import type { FilterPath, SourceFilter } from '@recomamp/amc-catalogue/filter'

export type FilterGroup = { all: SourceFilter[] } | { any: SourceFilter[] }

export function isGroup(filter: SourceFilter): filter is FilterGroup {
  return 'all' in filter || 'any' in filter
}

export function wordOf(group: FilterGroup): 'all' | 'any' {
  return 'all' in group ? 'all' : 'any'
}

export function membersIn(group: FilterGroup): SourceFilter[] {
  return 'all' in group ? group.all : group.any
}

export function groupOf(word: 'all' | 'any', members: SourceFilter[]): FilterGroup {
  return word === 'all' ? { all: members } : { any: members }
}

/** The filter with the member at a place changed by `edit`, or taken out where that answers null. */
export function editAt(
  filter: FilterGroup,
  path: FilterPath,
  edit: (member: SourceFilter) => SourceFilter | null,
): FilterGroup {
  const [first, ...rest] = path
  if (first === undefined) {
    const next = edit(filter)
    return next !== null && isGroup(next) ? next : { all: [] }
  }
  const members = membersIn(filter).flatMap((member, at) => {
    if (at !== first) return member
    if (rest.length > 0) return isGroup(member) ? editAt(member, rest, edit) : member
    return edit(member) ?? []
  })
  return groupOf(wordOf(filter), members)
}

/** How many conditions stand in a filter, however deep. */
export function conditionsIn(filter: SourceFilter): number {
  return isGroup(filter) ? membersIn(filter).reduce((count, member) => count + conditionsIn(member), 0) : 1
}
