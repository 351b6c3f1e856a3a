import { subjectOf, type Subject } from '../fields/subjects.ts'
import type { Field } from '../model/data-source.ts'
import type { Relationship } from '../model/relationship.ts'
import { seenFrom } from '../model/seen-from.ts'
import { joinable } from '../schema.ts'

export const mostCompared = 4

/** What a comparison looks at; a data source of the catalogue is one, and so is a table as an instance has it. */
export interface ComparableSource {
  name: string
  title: string
  category: string
  /** null here and below: nobody says. */
  kind: 'fact' | 'dimension' | null
  rowIs: string | null
  timeColumn: string | null
  audienceVariant: string | null
  availability: string | null
  lookbackNote: string | null
  joinKeys: readonly string[]
  tags: readonly string[]
  deprecated?: boolean
  fields: readonly ComparableField[]
}

interface ComparableField {
  name: string
  dataType: Field['dataType'] | null
  typeDetail?: string
  columnType: Field['columnType'] | null
  aggregationThreshold: Field['aggregationThreshold'] | null
  unit?: NonNullable<Field['unit']>
}

/** Two to four sources side by side; every list of values has one entry for each source, in the order in which they were given. */
export interface Comparison {
  sources: readonly { name: string; title: string; fields: number }[]
  properties: readonly ComparedProperty[]
  fields: readonly ComparedField[]
  joins: readonly SharedJoin[]
}

export interface ComparedProperty {
  property: (typeof comparedProperties)[number]
  values: readonly PropertyValue[]
  same: boolean
}
type PropertyValue = string | number | boolean | null | readonly string[]

export interface ComparedField {
  name: string
  subject: Subject
  /** The field in each source; null where the source has none of this name. */
  cells: readonly (FieldCell | null)[]
  /** Where the sources that have the field disagree about it. */
  conflicts: readonly FieldConflict[]
  /** Every source has it, and all say the same. */
  same: boolean
}

export interface FieldCell {
  /** null: Amazon does not say, or names a type that the language does not know, which then stands in `typeDetail`. */
  dataType: Field['dataType'] | null
  typeDetail: string | null
  role: Field['columnType'] | null
  threshold: Field['aggregationThreshold'] | null
  unit: NonNullable<Field['unit']> | null
}
export type FieldConflict = keyof FieldCell

/** A way in which two of the sources can be joined. */
export interface SharedJoin {
  /** Positions in `sources`. */
  from: number
  to: number
  on: readonly { from: string; to: string }[]
  /** What the catalogue knows of this join; null where the sources merely have a key in common. */
  known: Pick<Relationship, 'cardinality' | 'meaning' | 'caveat'> | null
}

export const comparedProperties = [
  'category',
  'kind',
  'rowIs',
  'timeColumn',
  'audienceVariant',
  'availability',
  'lookbackNote',
  'joinKeys',
  'tags',
  'retired',
  'fields',
  'dimensions',
  'metrics',
] as const

/** Computes everything that a comparison shows; throws when there are fewer than two sources, or more than four. */
export function compareSources(
  sources: readonly ComparableSource[],
  relationships: readonly Relationship[],
): Comparison {
  if (sources.length < 2 || sources.length > mostCompared)
    throw new RangeError(`Two to ${mostCompared} sources can be compared, not ${sources.length}`)
  return {
    sources: sources.map(({ name, title, fields }) => ({ name, title, fields: fields.length })),
    properties: comparedProperties.map((property) => {
      const values = sources.map((source) => valueOf(source, property))
      return { property, values, same: allEqual(values) }
    }),
    fields: compareFields(sources),
    joins: sources.flatMap((from, at) =>
      sources.slice(at + 1).flatMap((to, beyond) => joinsOf(from, to, at, at + 1 + beyond, relationships)),
    ),
  }
}

function valueOf(source: ComparableSource, property: ComparedProperty['property']): PropertyValue {
  switch (property) {
    case 'retired':
      return source.deprecated === true
    case 'fields':
      return source.fields.length
    case 'dimensions':
      return source.fields.filter(({ columnType }) => columnType === 'dimension').length
    case 'metrics':
      return source.fields.filter(({ columnType }) => columnType === 'metric').length
    case 'joinKeys':
    case 'tags':
      return source[property].toSorted()
    default:
      return source[property]
  }
}

function allEqual(values: readonly PropertyValue[]): boolean {
  const texts = values.map((value) => JSON.stringify(value))
  return texts.every((text) => text === texts[0])
}

/** All names of fields in alphabetical order, so that the same name stands in the same row. */
function compareFields(sources: readonly ComparableSource[]): ComparedField[] {
  const columns = sources.map(({ fields }) => new Map(fields.map((field) => [field.name, cellOf(field)])))
  const names = [...new Set(columns.flatMap((column) => [...column.keys()]))].toSorted()
  return names.map((name) => {
    const cells = columns.map((column) => column.get(name) ?? null)
    const conflicts = conflictsOf(cells.filter((cell) => cell !== null))
    return { name, subject: subjectOf(name), cells, conflicts, same: conflicts.length === 0 && !cells.includes(null) }
  })
}

function cellOf({ dataType, typeDetail, columnType, aggregationThreshold, unit }: ComparableField): FieldCell {
  return {
    dataType,
    typeDetail: typeDetail ?? null,
    role: columnType,
    threshold: aggregationThreshold,
    unit: unit ?? null,
  }
}

function conflictsOf(cells: readonly FieldCell[]): FieldConflict[] {
  const aspects = ['dataType', 'typeDetail', 'role', 'threshold', 'unit'] as const
  return aspects.filter((aspect) => {
    const values = new Set(cells.map((cell) => cell[aspect]))
    // Without a unit a number is something else than with one; without a type or class it is merely not known.
    if (aspect !== 'unit' && aspect !== 'typeDetail') values.delete(null)
    return values.size > 1
  })
}

function joinsOf(
  from: ComparableSource,
  to: ComparableSource,
  fromAt: number,
  toAt: number,
  relationships: readonly Relationship[],
): SharedJoin[] {
  const known = relationships.flatMap((relationship): SharedJoin[] => {
    const seen = seenFrom(from.name, relationship)
    if (seen?.to !== to.name) return []
    const { on, cardinality, meaning, caveat } = seen
    return [{ from: fromAt, to: toAt, on, known: { cardinality, meaning, caveat } }]
  })
  const used = new Set(known.flatMap(({ on }) => (on.length === 1 ? on.map((pair) => pair.from) : [])))
  const shared = from.joinKeys.filter((key) => {
    const types = [from, to].map(({ fields }) => fields.find(({ name }) => name === key)?.dataType)
    const [one, other] = types
    if (one === undefined || one === null || other === undefined || other === null) return false
    return to.joinKeys.includes(key) && !used.has(key) && joinable(one, other)
  })
  return [...known, ...shared.map((key) => ({ from: fromAt, to: toAt, on: [{ from: key, to: key }], known: null }))]
}
