import { readFileSync, readdirSync } from 'node:fs'
import type { DataSource } from '../model/data-source.ts'

const folder = new URL('../../data-sources/', import.meta.url)

let sources: readonly DataSource[] | undefined

/**
 * The data sources that ship with the product, sorted by name; read once per process. They are taken as they stand in their files:
 * the tests hold those to the schema, and a command line that checks one query must not pay for checking them again.
 */
export function readDataSources(): readonly DataSource[] {
  sources ??= readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map((file): DataSource => JSON.parse(readFileSync(new URL(file, folder), 'utf8')))
  return sources
}
