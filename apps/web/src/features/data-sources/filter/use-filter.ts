import {
  helpfulRemoval,
  matchesFilter,
  parseFilter,
  withoutCondition,
  type FilterCondition,
  type FilterError,
  type SourceFilter,
} from '@recomamp/amc-catalogue/filter'
import type { Table } from '@recomamp/amc-sql'
import type { DataSourceSummary } from '@recomamp/contracts'
import { useMemo } from 'react'
import type { FilterValues } from './condition-row.tsx'
import { groupOf, isGroup, membersIn, type FilterGroup } from './edit-filter.ts'
import { availableIn, filterable } from './filterable.ts'

export interface Filtering {
  filter: FilterGroup
  /** Why the address holds no filter; it then restricts nothing. */
  errors: readonly FilterError[]
  passing: readonly DataSourceSummary[]
  values: FilterValues
  /** Where nothing passes: the condition whose removal helps most, and the filter without it. */
  removal: { condition: FilterCondition; matches: number; without: FilterGroup } | null
}

/** The sources that pass the filter of the address. */
export function useFilter(
  inAddress: unknown,
  sources: readonly DataSourceSummary[],
  tables: ReadonlyMap<string, Table>,
): Filtering {
  const filters = inAddress !== undefined
  // A table may have thousands of fields: they are looked at only while something is asked of them.
  const pairs = useMemo(
    () =>
      filters
        ? sources.map((source) => [source, filterable(source, tables.get(source.name)?.columns ?? [])] as const)
        : [],
    [filters, sources, tables],
  )
  const looked = useMemo(() => {
    const distinct = (values: readonly string[]) => [...new Set(values)].toSorted()
    const values = {
      categories: distinct(sources.map(({ category }) => category)),
      tags: distinct(sources.flatMap(({ tags }) => tags)),
    }
    return { values, context: { available: availableIn(sources) } }
  }, [sources])
  return useMemo(() => {
    const { values, context } = looked
    const parsed = parseFilter(inAddress ?? { all: [] })
    const filter = asGroup(parsed.ok ? parsed.filter : { all: [] })
    const passing = filters
      ? pairs.filter(([, looks]) => matchesFilter(filter, looks, context)).map(([source]) => source)
      : sources
    const found =
      passing.length > 0
        ? null
        : helpfulRemoval(
            filter,
            pairs.map(([, looks]) => looks),
            context,
          )
    const condition = found === null ? null : memberAt(filter, found.path)
    const removal =
      found === null || condition === null || isGroup(condition)
        ? null
        : { condition, matches: found.matches, without: asGroup(withoutCondition(filter, found.path)) }
    return { filter, errors: parsed.ok ? [] : parsed.errors, passing, values, removal }
  }, [looked, filters, pairs, sources, inAddress])
}

/** What the address has to keep; undefined for a filter that says nothing. */
export function toAddress(filter: FilterGroup): FilterGroup | undefined {
  return membersIn(filter).length === 0 ? undefined : filter
}

function asGroup(filter: SourceFilter): FilterGroup {
  return isGroup(filter) ? filter : groupOf('all', [filter])
}

function memberAt(filter: SourceFilter, [first, ...rest]: readonly number[]): SourceFilter | null {
  if (first === undefined) return filter
  const member = isGroup(filter) ? membersIn(filter)[first] : undefined
  return member === undefined ? null : memberAt(member, rest)
}
