import { createHash } from 'node:crypto'
import { type Catalogue, loadCatalogue } from '@recomamp/amc-catalogue'

/** Equal for equal contents, in whatever order the keys of a file stand. */
export function catalogueHash({ dataSources, examples, relationships, templates }: Catalogue): string {
  const text = JSON.stringify({ dataSources, examples, relationships, templates }, sortedKeys)
  return createHash('sha256').update(text).digest('base64url')
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

let shipped: string | undefined

/** Of the catalogue that ships with the product; computed once. */
export function shippedHash(): string {
  shipped ??= catalogueHash(loadCatalogue())
  return shipped
}
