import { createHash } from 'node:crypto'
import { type AmcDataSource, dataTypeName } from '@recomamp/amc-wire'
import type { LiveTable } from '@recomamp/contracts'

/** A table as it is kept; fields of Amazon's answer that nothing asks for are left out. */
export function toLiveTable(source: AmcDataSource): LiveTable {
  return {
    name: source.dataSourceId,
    description: source.description,
    uploaded: source.owner?.toUpperCase() === 'CUSTOMER' || source.provider?.toUpperCase() === 'ADVERTISER_DATA_UPLOAD',
    tags: source.tags,
    columns: source.columns.map(({ name, description, columnType, dataType }) => ({
      name,
      description,
      role: roleOf(columnType),
      type: dataType === null ? null : dataTypeName(dataType),
    })),
  }
}

function roleOf(columnType: string | null): 'dimension' | 'metric' | null {
  const role = columnType?.toLowerCase()
  return role === 'dimension' || role === 'metric' ? role : null
}

/** Equal for the same tables in any order; descriptions do not count, since Amazon rewords them without changing a table. */
export function fingerprintOf(tables: readonly LiveTable[]): string {
  const structure = tables
    .map(({ name, uploaded, tags, columns }) => [
      name,
      uploaded,
      tags.map(({ type }) => type).toSorted(),
      columns.map((column) => [column.name, column.role, column.type]).toSorted(byFirst),
    ])
    .toSorted(byFirst)
  return createHash('sha256').update(JSON.stringify(structure)).digest('base64url')
}

function byFirst(a: readonly unknown[], b: readonly unknown[]): number {
  return String(a[0]) < String(b[0]) ? -1 : 1
}
