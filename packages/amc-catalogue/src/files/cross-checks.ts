import type { DataSource } from '../model/data-source.ts'
import type { ExampleQuery } from '../model/example.ts'
import type { Relationship } from '../model/relationship.ts'
import { joinable } from '../schema.ts'
import type { CatalogueError } from './catalogue-error.ts'
import type { JsonFile } from './json-file.ts'

export type ReadSource = JsonFile<DataSource> & { file: string }

/** What no file can know by itself: names that lead to nothing, columns that do not fit, names used twice. */
export function crossFaults(read: {
  sources: readonly ReadSource[]
  examples: readonly { file: string; example: ExampleQuery }[]
  relationships: JsonFile<Relationship[]> | null
  /** A selection: siblings and models of its tables may lie outside. */
  partial?: boolean
}): CatalogueError[] {
  const sources = new Map(read.sources.map((source) => [source.value.name, source]))
  const outside = read.partial === true
  const faults = read.sources.flatMap((source) => [
    ...columnFaults(source),
    ...(outside ? [] : neighbourFaults(source, sources)),
  ])
  for (const { file, example } of read.examples) {
    const source = sources.get(example.source)
    if (source === undefined)
      faults.push({ file, line: 1, field: '', message: `is an example for ${example.source}, which is no data source` })
    else if (source.value.withoutExamples !== undefined)
      faults.push(source.fault(['withoutExamples'], `says that there are no examples, but there is ${file}`))
  }
  if (read.relationships !== null) faults.push(...relationshipFaults(read.relationships, sources))
  return faults
}

function columnFaults({ value, fault }: ReadSource): CatalogueError[] {
  const faults: CatalogueError[] = []
  const columns = new Map(value.fields.map((field) => [field.name, field]))
  const seen = new Set<string>()
  for (const list of ['fields', 'legacyFields'] as const)
    for (const [at, { name }] of value[list].entries()) {
      if (seen.has(name)) faults.push(fault([list, at, 'name'], `${name} stands here twice`))
      seen.add(name)
    }
  for (const list of ['joinKeys', 'keyFields'] as const)
    for (const [at, name] of value[list].entries())
      if (columns.size > 0 && !columns.has(name)) faults.push(fault([list, at], `${name} is no field of the source`))
  if (value.timeColumn !== null) {
    const type = columns.get(value.timeColumn)?.dataType
    if (value.kind !== 'fact') faults.push(fault(['timeColumn'], 'only facts have one'))
    else if (type !== 'DATE' && type !== 'TIMESTAMP')
      faults.push(fault(['timeColumn'], `${value.timeColumn} is no field that holds a time`))
  }
  return faults
}

function neighbourFaults({ value, fault }: ReadSource, sources: ReadonlyMap<string, ReadSource>): CatalogueError[] {
  const faults: CatalogueError[] = []
  for (const [at, { name }] of value.siblings.entries())
    if (name === value.name || !sources.has(name))
      faults.push(fault(['siblings', at, 'name'], `${name} is no other data source`))
  if (value.inheritsFrom !== undefined && !sources.has(value.inheritsFrom))
    faults.push(fault(['inheritsFrom'], `${value.inheritsFrom} is no data source`))
  return faults
}

function relationshipFaults(
  { value, fault }: JsonFile<Relationship[]>,
  sources: ReadonlyMap<string, ReadSource>,
): CatalogueError[] {
  return value.flatMap((relationship, index) => {
    const missing = (['from', 'to'] as const).filter((end) => !sources.has(relationship[end]))
    if (missing.length > 0) return missing.map((end) => fault([index, end], `${relationship[end]} is no data source`))
    return relationship.on.flatMap((pair, at) => {
      const [from, to] = (['from', 'to'] as const).map((end) =>
        sources.get(relationship[end])?.value.fields.find(({ name }) => name === pair[end]),
      )
      if (from === undefined)
        return [fault([index, 'on', at, 'from'], `${pair.from} is no field of ${relationship.from}`)]
      if (to === undefined) return [fault([index, 'on', at, 'to'], `${pair.to} is no field of ${relationship.to}`)]
      if (joinable(from.dataType, to.dataType)) return []
      return [fault([index, 'on', at], `${pair.from} is ${from.dataType}, ${pair.to} is ${to.dataType}`)]
    })
  })
}
