import type { Relation, RelationColumn, Source } from '../../resolve/resolution.ts'
import type { Column, Table } from '../../schema.ts'
import type { Range, SelectItem } from '../../tree.ts'
import { thresholdMeaning, thresholdName, typeText, unitMeaning, zoneOf } from '../describe.ts'
import { catalogueColumnOf, originOf } from '../origin.ts'
import type { Reading } from '../reading.ts'
import { card, line, type CardBody, type HoverColumn, type HoverFact } from './card.ts'

/** A column of a member of FROM: what Amazon says of it, or how the query below makes it. */
export function columnCard(reading: Reading, source: Source, index: number): CardBody | null {
  const column = source.relation.columns[index]
  if (column === undefined) return null
  const amazons = catalogueColumnOf(reading.resolution, source, index)
  const facts = amazons === null ? [] : unitFacts(amazons.column)
  facts.push(amazons?.column.threshold === null ? unknownThreshold : thresholdFact(column))
  if (amazons !== null) facts.push(...catalogueFacts(amazons.table, amazons.column))
  facts.push(...madeFacts(reading, source, index, amazons !== null))
  return card('column', column.name, {
    detail: columnLine(column, amazons?.column),
    description: amazons?.column.description ?? '',
    facts,
  })
}

function columnLine(column: RelationColumn, amazons: Column | undefined): string {
  const threshold = amazons?.threshold === null ? null : thresholdName(column.threshold)
  const role = amazons?.role === null ? null : column.metric ? 'metric' : 'dimension'
  return line(typeText(column.type), amazons?.unit, threshold, role)
}

function unitFacts(column: Column): HoverFact[] {
  return column.unit === undefined ? [] : [{ label: 'Unit', value: unitMeaning[column.unit] }]
}

/** As of an upload: Amazon tells no class of its columns. */
const unknownThreshold: HoverFact = { label: 'Privacy', value: 'not known' }

function thresholdFact({ threshold }: { threshold: RelationColumn['threshold'] }): HoverFact {
  return { label: 'Privacy', value: `${thresholdName(threshold)}: ${thresholdMeaning[threshold]}` }
}

function catalogueFacts(table: Table, column: Column): HoverFact[] {
  const facts: HoverFact[] = []
  const zone = zoneOf(column, table)
  if (zone !== null) facts.push({ label: 'Time zone', value: zone })
  if (table.timeColumn === column.name)
    facts.push({ label: 'Time window', value: `the run's window limits ${table.name} by this column` })
  if (column.values !== undefined) facts.push({ label: 'Values', value: firstOf(column.values, 8) })
  facts.push({ label: 'Table', value: table.name })
  return facts
}

/** The first values of a list, and how many more there are. */
function firstOf(values: readonly string[], most: number): string {
  const rest = values.length - most
  return `${values.slice(0, most).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

function madeFacts(reading: Reading, source: Source, index: number, passed: boolean): HoverFact[] {
  const { from } = source
  if (from.kind === 'table' || from.kind === 'unknown') return []
  const part = from.kind === 'cte' ? from.cte.name : 'a subquery'
  const origin = originOf(source, index)
  const facts: HoverFact[] = [{ label: passed ? 'Passed on by' : 'Made in', value: part }]
  if (!passed && origin?.kind === 'item') facts.push({ label: 'As', value: shortened(reading, origin.item.expression) })
  return facts
}

/** An item of a select list, by its alias. */
export function itemCard(reading: Reading, item: SelectItem, title: string): CardBody {
  const facts = reading.resolution.expressions.get(item.expression)
  return card('alias', title, {
    detail: facts === undefined ? '' : line(typeText(facts.type), thresholdName(facts.threshold)),
    facts: [
      { label: 'Stands for', value: shortened(reading, item.expression) },
      ...(facts === undefined ? [] : [thresholdFact(facts)]),
    ],
  })
}

/** A name of a column list. */
export function listedCard(name: string, column: RelationColumn | undefined): CardBody {
  if (column === undefined) return card('alias', name)
  return card('alias', name, { detail: columnLine(column, undefined), facts: [thresholdFact(column)] })
}

/** The columns of a relation, for the list of a card. */
export function columnList(relation: Relation): HoverColumn[] {
  return relation.columns.map(({ name, type, threshold, metric }) => ({
    name: name.startsWith('EXPR$') ? '(no name)' : name,
    type: typeText(type),
    threshold: thresholdName(threshold),
    metric,
  }))
}

/** The text of a range on one line, cut where it is long. */
export function shortened(reading: Reading, range: Range): string {
  const text = reading.text.slice(range.from, range.to).replaceAll(/\s+/g, ' ')
  return text.length > 120 ? `${text.slice(0, 119)}…` : text
}
