import type { FilterableSource } from '@recomamp/amc-catalogue/filter'
import type { Column } from '@recomamp/amc-sql'
import type { DataSourceSummary } from '@recomamp/contracts'

/** A row of the list in the form that a filter looks at. */
export function filterable(source: DataSourceSummary, columns: readonly Column[]): FilterableSource {
  return {
    ...source,
    deprecated: source.retired,
    fields: columns.map(({ name, type, role, threshold, unit }) => ({
      name,
      dataType: type,
      columnType: role,
      aggregationThreshold: threshold,
      ...(unit === undefined ? {} : { unit }),
    })),
  }
}

/** The tables that the chosen instance has; null while that is not known. */
export function availableIn(sources: readonly DataSourceSummary[]): ReadonlySet<string> | null {
  if (sources.every(({ onInstance }) => onInstance === null)) return null
  return new Set(sources.filter(({ onInstance }) => onInstance?.state === 'here').map(({ name }) => name))
}
