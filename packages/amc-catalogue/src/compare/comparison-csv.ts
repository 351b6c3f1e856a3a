import { csvOf } from '../export/csv.ts'
import type { ComparedField, ComparedProperty, Comparison, FieldCell } from './compare-sources.ts'

/** A comparison as CSV: a row for each property, field and join, a column for each source; cells as `csvOf` writes them. */
export function toComparisonCsv({ sources, properties, fields, joins }: Comparison): string {
  const names = sources.map(({ name }) => name)
  return csvOf([
    ['what', 'name', 'same', 'conflicts', ...names],
    ...properties.map(propertyRow),
    ...fields.map(fieldRow),
    ...joins.map(({ from, to, on, known }) => [
      'join',
      `${names[from]} and ${names[to]}`,
      '',
      known === null ? 'keys in common' : known.cardinality,
      ...names.map((_, at) => on.flatMap((pair) => (at === from ? pair.from : at === to ? pair.to : [])).join('; ')),
    ]),
  ])
}

function propertyRow({ property, values, same }: ComparedProperty): string[] {
  const text = (value: (typeof values)[number]) => (Array.isArray(value) ? value.join('; ') : String(value ?? ''))
  return ['property', property, String(same), '', ...values.map(text)]
}

function fieldRow({ name, same, conflicts, cells }: ComparedField): string[] {
  return [
    'field',
    name,
    String(same),
    conflicts.join('; '),
    ...cells.map((cell) => (cell === null ? '' : cellText(cell))),
  ]
}

function cellText({ dataType, typeDetail, role, threshold, unit }: FieldCell): string {
  return [typeDetail ?? dataType, role, threshold, ...(unit === null ? [] : [unit])].join(' ')
}
