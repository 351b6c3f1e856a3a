import { functions } from '../../functions/catalogue.ts'
import type { Accepts } from '../../functions/entry.ts'
import type { RelationColumn, Source } from '../../resolve/resolution.ts'
import { outputName } from '../../resolve/scope.ts'
import { forbidsLiterals, neverShown } from '../../resolve/thresholds.ts'
import { isNumber, isTime } from '../../resolve/types.ts'
import type { Schema } from '../../schema.ts'
import { plainItem, type CompletionItem } from '../completion.ts'
import { thresholdName, typeText } from '../describe.ts'
import { isPlainName, spelled } from '../names.ts'
import { catalogueColumnOf } from '../origin.ts'
import { argumentAt, wordBefore } from '../place.ts'
import type { Asked } from './asked.ts'

/** The columns behind `alias.`, and nothing else. */
export function columnsOf(asked: Asked, qualifier: string): CompletionItem[] {
  const wanted = qualifier.toLowerCase()
  return asked.sources
    .filter((source) => source.alias.toLowerCase() === wanted)
    .flatMap((source) => columnItems(asked, source, () => null))
}

/** The columns of all members of FROM; one that several of them have comes with its qualifier. */
export function columnsInScope(asked: Asked): CompletionItem[] {
  const times = new Map<string, number>()
  for (const source of asked.sources)
    for (const name of source.relation.index.keys()) times.set(name, (times.get(name) ?? 0) + 1)
  const several = (name: string): boolean => (times.get(name.toLowerCase()) ?? 0) > 1
  return asked.sources.flatMap((source) =>
    columnItems(asked, source, (name) => (several(name) && source.alias !== '' ? source.alias : null)),
  )
}

function columnItems(asked: Asked, source: Source, qualifierOf: (name: string) => string | null): CompletionItem[] {
  const fit = fitOf(asked)
  return source.relation.columns.flatMap((column, index) => {
    if (column.name === '' || column.name.startsWith('EXPR$')) return []
    const qualifier = qualifierOf(column.name)
    const origin = catalogueColumnOf(asked.place.reading.resolution, source, index)
    const name = spelled(column.name)
    const threshold = origin?.column.threshold === null ? '' : thresholdName(column.threshold)
    const facts = [typeText(column.type), threshold, origin?.column.unit, whence(source)]
    const item = plainItem('column', column.name, fit(column), {
      insert: qualifier === null ? name : `${spelled(qualifier)}.${name}`,
      detail: facts.filter((fact) => fact !== undefined && fact !== '').join(' · '),
      documentation: origin?.column.description ?? '',
    })
    return [item]
  })
}

/** The table of a member of FROM, with its alias where it has another one. */
function whence(source: Source): string {
  const table =
    source.from.kind === 'table' ? source.from.table.name : source.from.kind === 'cte' ? source.from.cte.name : ''
  if (table === '' || table.toLowerCase() === source.alias.toLowerCase()) return source.alias
  return source.alias === '' ? table : `${table} ${source.alias}`
}

/** How well a column suits the place: what the call takes goes first, what AMC would refuse goes last. */
function fitOf(asked: Asked): (column: RelationColumn) => number {
  const { place, select } = asked
  const call = place.frame.kind === 'call' ? place.frame : null
  if (call?.name.word === 'COUNT')
    return (column) => (column.name.toLowerCase() === 'user_id' ? 95 : column.metric ? 85 : 90)
  const accepts = call === null ? undefined : argumentOf(call.name.word, argumentAt(place))
  const { clause } = place.query
  const final = select !== null && select.query === place.reading.resolution.query
  return (column) => {
    if (accepts !== undefined && fits(column, accepts)) return forbidsLiterals(column.threshold) ? 91 : 93
    if (clause === 'select' && final && neverShown(column.threshold)) return 72
    if (clause === 'group') return column.metric || (final && neverShown(column.threshold)) ? 75 : 90
    if (clause === 'where' && forbidsLiterals(column.threshold) && wordBefore(place) !== '(') return 80
    return 90
  }
}

function argumentOf(name: string, at: number): Accepts | undefined {
  const accepts = functions.get(name)?.accepts
  return accepts?.[Math.min(at, accepts.length - 1)]
}

function fits(column: RelationColumn, accepts: Accepts): boolean {
  switch (accepts) {
    case 'number':
      return isNumber(column.type) && column.metric
    case 'time':
      return isTime(column.type)
    case 'array':
      return column.type.kind === 'ARRAY'
    case 'boolean':
      return column.type.kind === 'BOOLEAN'
    case 'text':
      return column.type.kind === 'STRING'
    default:
      return false
  }
}

/** The aliases of the select list, where AMC reads them: GROUP BY, HAVING and ORDER BY. */
export function aliasesInScope(asked: Asked): CompletionItem[] {
  const { select, place } = asked
  const { clause } = place.query
  if (select === null || (clause !== 'group' && clause !== 'having' && clause !== 'order')) return []
  const { expressions } = place.reading.resolution
  return select.select.items.flatMap((item) => {
    const facts = expressions.get(item.expression)
    if (item.alias === null || item.alias.text === '') return []
    // GROUP BY takes no aggregate, and HAVING seldom wants anything else.
    if (clause === 'group' && (facts?.aggregate === true || facts?.window === true)) return []
    const detail = facts === undefined ? '' : typeText(facts.type)
    return [
      plainItem('alias', item.alias.text, clause === 'group' ? 92 : 94, { insert: spelled(item.alias.text), detail }),
    ]
  })
}

/** The output columns of a query, for the ORDER BY at its end. */
export function outputsInScope(asked: Asked): CompletionItem[] {
  const { select } = asked
  if (select === null) return []
  return select.query.relation.columns.flatMap((column) =>
    column.name.startsWith('EXPR$')
      ? []
      : [plainItem('alias', column.name, 95, { insert: spelled(column.name), detail: typeText(column.type) })],
  )
}

/** What columns can be qualified with. */
export function relationsInScope(asked: Asked): CompletionItem[] {
  return asked.sources.flatMap((source) =>
    source.alias === ''
      ? []
      : [plainItem('relation', source.alias, 74, { insert: spelled(source.alias), detail: whence(source) })],
  )
}

/** All that the select list shows without an aggregate, as GROUP BY wants it. */
export function wholeGrouping(asked: Asked): CompletionItem[] {
  const { select, place } = asked
  if (select === null || wordBefore(place) !== 'BY') return []
  const { resolution, text } = place.reading
  const keys = select.select.node.items.flatMap((item, at) => {
    const facts = resolution.expressions.get(item.expression)
    if (facts === undefined || facts.aggregate || facts.window || facts.constant) return []
    const name = outputName(item, at)
    return [
      isPlainName(name) && item.alias !== null ? spelled(name) : text.slice(item.expression.from, item.expression.to),
    ]
  })
  if (keys.length < 2 && select.select.node.groupBy.some((key) => key.kind !== 'missing')) return []
  const label = keys.join(', ')
  if (keys.length < 2 || label.length > 1000) return []
  return [plainItem('snippet', label, 96, { detail: 'all that is not aggregated' })]
}

const everyColumn = new WeakMap<Schema, CompletionItem[]>()

/** Every column of the schema once, for a SELECT whose FROM is still to come. */
export function columnsOutOfScope(schema: Schema): CompletionItem[] {
  const known = everyColumn.get(schema)
  if (known !== undefined) return known
  const byName = new Map<string, { item: CompletionItem; tables: number }>()
  for (const table of schema.tables) {
    if (table.audience) continue
    for (const column of table.columns) {
      const found = byName.get(column.name)
      if (found === undefined) {
        const item = plainItem('column', column.name, 10, {
          insert: spelled(column.name),
          detail: `${column.type} · ${table.name}`,
          documentation: column.description,
        })
        byName.set(column.name, { item, tables: 1 })
      } else {
        found.tables += 1
        found.item.detail = `${column.type} · ${found.tables} tables`
      }
    }
  }
  const items = [...byName.values()].map(({ item }) => item)
  everyColumn.set(schema, items)
  return items
}
