import { subjectOf } from '../fields/subjects.ts'
import type { ColumnType, Threshold, Unit } from '../schema.ts'
import { membersOf, type FieldTest, type FilterCondition, type SourceFilter } from './filter.ts'

/** What a filter looks at; a data source of the catalogue is one, and so is a table that was read live. */
export interface FilterableSource {
  name: string
  title: string
  category: string
  tags: readonly string[]
  /** null here and below: nobody says. */
  kind: 'fact' | 'dimension' | null
  audienceVariant: string | null
  deprecated?: boolean
  fields: readonly {
    name: string
    dataType: ColumnType | null
    columnType: 'dimension' | 'metric' | null
    aggregationThreshold: Threshold | null
    unit?: Unit
  }[]
}

export interface FilterContext {
  /** The tables of the chosen instance; null when none is chosen or its list was not read: then conditions on it restrict nothing. */
  available: ReadonlySet<string> | null
}

/** Whether a source passes; a filter that says nothing lets everything pass. */
export function matchesFilter(filter: SourceFilter, source: FilterableSource, context: FilterContext): boolean {
  return verdict(filter, source, context) ?? true
}

/** null where nothing is said: an empty group, or the availability that nobody knows. */
function verdict(filter: SourceFilter, source: FilterableSource, context: FilterContext): boolean | null {
  const group = membersOf(filter)
  if (group === null) return holds(filter as FilterCondition, source, context)
  const verdicts = group.members.map((member) => verdict(member, source, context)).filter((one) => one !== null)
  if (verdicts.length === 0) return null
  return group.word === 'all' ? verdicts.every(Boolean) : verdicts.some(Boolean)
}

function holds(condition: FilterCondition, source: FilterableSource, { available }: FilterContext): boolean | null {
  switch (condition.property) {
    case 'name': {
      const found = contains(source.name, condition.text) || contains(source.title, condition.text)
      return found === (condition.is === 'containing')
    }
    case 'category':
      return condition.values.includes(source.category) === (condition.is === 'one-of')
    case 'tag':
      return source.tags.some((tag) => condition.values.includes(tag)) === (condition.is === 'one-of')
    case 'kind':
      return (source.kind !== null && condition.values.includes(source.kind)) === (condition.is === 'one-of')
    case 'audience-variant':
      return (source.audienceVariant !== null) === condition.value
    case 'retired':
      return (source.deprecated === true) === condition.value
    case 'available':
      return available === null ? null : available.has(source.name) === condition.value
    case 'field-count': {
      const { role } = condition
      const count = source.fields.filter(({ columnType }) => role === undefined || columnType === role).length
      return condition.is === 'at-least' ? count >= condition.count : count <= condition.count
    }
    case 'field':
      return source.fields.some((field) => fits(field, condition.with)) === (condition.is === 'there')
  }
}

function fits(field: FilterableSource['fields'][number], test: FieldTest): boolean {
  return (
    (test.name === undefined ||
      (test.name.is === 'equal' ? field.name === test.name.text : contains(field.name, test.name.text))) &&
    (test.dataType === undefined || isOneOf(field.dataType, test.dataType)) &&
    (test.role === undefined || test.role === field.columnType) &&
    (test.threshold === undefined || isOneOf(field.aggregationThreshold, test.threshold)) &&
    (test.unit === undefined || isOneOf(field.unit ?? null, test.unit)) &&
    (test.subject === undefined || test.subject.includes(subjectOf(field.name)))
  )
}

function isOneOf<T>(value: T | null, values: readonly T[]): boolean {
  return value !== null && values.includes(value)
}

function contains(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase())
}
