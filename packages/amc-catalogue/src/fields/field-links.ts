import type { Catalogue } from '../model/catalogue.ts'

/** What a field has to do with others, computed from the whole catalogue. */
export interface FieldLinks {
  /** Fields of the same source that are usually used together with this one, the likeliest first. */
  goesWith: (source: string, field: string) => readonly string[]
  /** Other sources that have a field of this name. */
  alsoIn: (field: string, except?: string) => readonly string[]
}

const most = 6

/** Reads the catalogue once; each question after that is a look-up. */
export function linkFields(catalogue: Pick<Catalogue, 'dataSources' | 'examples' | 'templates'>): FieldLinks {
  const holders = new Map<string, string[]>()
  for (const { name, fields } of catalogue.dataSources)
    for (const field of fields) holders.set(field.name, [...(holders.get(field.name) ?? []), name])
  const fieldsOf = new Map(catalogue.dataSources.map(({ name, fields }) => [name, fields.map((field) => field.name)]))
  const together = countTogether(catalogue, holders)
  const known = new Map<string, readonly string[]>()

  return {
    goesWith(source, field) {
      const key = `${source} ${field}`
      const found = known.get(key) ?? companions(field, fieldsOf.get(source) ?? [], together)
      known.set(key, found)
      return found
    },
    alsoIn: (field, except) => (holders.get(field) ?? []).filter((name) => name !== except),
  }
}

type Counts = ReadonlyMap<string, ReadonlyMap<string, number>>

/** How many of the catalogue's queries use two fields together. */
function countTogether(
  { examples, templates }: Parameters<typeof linkFields>[0],
  names: ReadonlyMap<string, unknown>,
): Counts {
  const counts = new Map<string, Map<string, number>>()
  for (const sql of [...examples.map((example) => example.sql), ...templates.map((template) => template.sqlTemplate)]) {
    const words = sql.replaceAll(/--[^\n]*|'[^']*'/g, ' ').match(/\b[a-z][a-z0-9_]*\b/g) ?? []
    const used = [...new Set(words)].filter((word) => names.has(word))
    for (const one of used) {
      const row = counts.get(one) ?? new Map<string, number>()
      counts.set(one, row)
      for (const other of used) if (other !== one) row.set(other, (row.get(other) ?? 0) + 1)
    }
  }
  return counts
}

function companions(field: string, fields: readonly string[], together: Counts): string[] {
  if (!fields.includes(field)) return []
  const counted = together.get(field)
  return fields
    .filter((other) => other !== field)
    .map((other) => ({ other, weight: (counted?.get(other) ?? 0) + 3 * likeness(field, other) }))
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight || a.other.localeCompare(b.other))
    .slice(0, most)
    .map(({ other }) => other)
}

/** 2 for the name and the id of one thing, 1 for the parts of one series such as a metric with its clicks and views, else 0. */
function likeness(one: string, other: string): number {
  if (stem(one) === stem(other)) return 2
  return series(one) === series(other) ? 1 : 0
}

const stem = (name: string) => name.replace(/_(id|name|id_string|ids|description)$/, '')
const series = (name: string) => name.replace(/^(total|brand_halo)_/, '').replace(/_(clicks|views|utc)$/, '')
