import type { ResolvedCte, Source } from '../../resolve/resolution.ts'
import type { Schema, Table } from '../../schema.ts'
import { durationText } from '../describe.ts'
import { card, line, type CardBody, type HoverFact } from './card.ts'
import { columnList } from './columns.ts'

/** A table of the schema; `source` is its use in FROM, which may widen its time window. */
export function tableCard(table: Table, schema: Schema, source: Source | null): CardBody {
  const facts: HoverFact[] = [{ label: 'Time window', value: windowText(table) }]
  if (source?.from.kind === 'table' && source.from.widened !== null) {
    const { back, ahead } = source.from.widened
    facts.push({
      label: 'Widened here',
      value: `from ${durationText(back)} before the start of the window to ${durationText(ahead)} after its end`,
    })
  }
  const twin = twinOf(table, schema)
  if (twin !== null) facts.push({ label: table.audience ? 'For analysis' : 'For audiences', value: twin.name })
  facts.push({ label: 'Columns', value: String(table.columns.length) })
  return card('table', table.name, {
    detail: line(table.title, table.category),
    description: table.description,
    facts,
    columns: table.columns.map(({ name, type, threshold, role }) => ({
      name,
      type: type ?? '',
      threshold: threshold?.replace('_', ' ') ?? '',
      metric: role === 'metric',
    })),
  })
}

function windowText(table: Table): string {
  if (table.kind === null) return 'not known: Amazon does not say whether the window limits this table'
  if (table.kind === 'dimension') return "all rows, whatever the run's time window is"
  if (table.timeColumn === null) return "limited by the run's time window"
  return `limited by ${table.timeColumn} to the run's time window`
}

/** The same columns for the other kind of query; Amazon names the tables for audiences by their ending. */
function twinOf(table: Table, schema: Schema): Table | null {
  const ending = '_for_audiences'
  const name = table.audience ? table.name.slice(0, -ending.length) : table.name + ending
  return schema.tables.find((candidate) => candidate.name === name) ?? null
}

export function cteCard(cte: ResolvedCte): CardBody {
  const columns = columnList(cte.relation)
  const count = cte.relation.open
    ? 'its columns are not known'
    : `${columns.length} ${columns.length === 1 ? 'column' : 'columns'}`
  return card('cte', cte.name, { detail: line('WITH part', count), columns })
}

/** The alias of a member of FROM. */
export function relationCard(source: Source, schema: Schema): CardBody {
  const { from, alias } = source
  switch (from.kind) {
    case 'table':
      return {
        ...tableCard(from.table, schema, source),
        kind: 'relation',
        title: alias,
        detail: `alias of ${from.table.name}`,
      }
    case 'cte':
      return { ...cteCard(from.cte), kind: 'relation', title: alias, detail: `alias of ${from.cte.name}, a WITH part` }
    case 'query':
      return card('relation', alias, { detail: 'alias of a subquery', columns: columnList(source.relation) })
    case 'unknown':
      return card('relation', alias, { detail: 'alias of something unknown' })
  }
}
