import { loadSchema, type Schema } from '@recomamp/amc-catalogue/schema'
import { adserverFile } from './adserver/adserver-file.ts'
import { baseFile } from './base/base-file.ts'
import { channelsFile } from './channels/channels-file.ts'
import type { GeneratedFile } from './generated-file.ts'
import { groceriesFile } from './groceries/groceries-file.ts'
import { segmentsFile } from './segments/segments-file.ts'
import { shoppingFile } from './shopping/shopping-file.ts'
import { storesFile } from './stores/stores-file.ts'
import { vehiclesFile } from './vehicles/vehicles-file.ts'

/** Groups of tables that are built into a file of their own when a query first reads one of them. */
export const families = {
  adserver: adserverFile,
  channels: channelsFile,
  groceries: groceriesFile,
  segments: segmentsFile,
  shopping: shoppingFile,
  stores: storesFile,
  vehicles: vehiclesFile,
} as const satisfies Record<string, GeneratedFile>

export type Family = keyof typeof families

export const allFamilies = Object.keys(families) as Family[]

const familyByTable = new Map(
  Object.entries(families).flatMap(([name, file]) =>
    Object.keys(file.views).flatMap((table): [string, Family][] => [
      [table, name as Family],
      [`${table}_for_audiences`, name as Family],
    ]),
  ),
)

/** The family whose file holds a table of the catalogue; null for tables of the base file. */
export function familyOf(table: string): Family | null {
  return familyByTable.get(table) ?? null
}

/** The tables of the catalogue that the synthetic data holds; a query on another one finds no such table. */
export function localSchema(): Schema {
  const held = new Set(familyByTable.keys())
  for (const name of Object.keys(baseFile.views)) held.add(name).add(`${name}_for_audiences`)
  return { tables: loadSchema().tables.filter((table) => held.has(table.name)) }
}

const twin = '_for_audiences'

/** Whether a column is a number other than 0 in every row, such as the impressions and the cost of an impression. */
export function neverZero(table: string, column: string): boolean {
  const name = table.endsWith(twin) ? table.slice(0, -twin.length) : table
  const parts = [baseFile, ...Object.values(families)].flatMap(({ views }) => views[name] ?? [])
  return (
    parts.length > 0 &&
    parts.every(
      (part) => part.neverZero?.includes(column) === true || /^[1-9]\d*$/.test(part.expressions[column] ?? ''),
    )
  )
}
