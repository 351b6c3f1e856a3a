import type { Analysis } from '@recomamp/amc-sql'

type Body = NonNullable<Analysis['resolution']['query']>['body']
type From = Extract<Body, { kind: 'select' }>['sources'][number]['from']
type Duration = NonNullable<Extract<From, { kind: 'table' }>['widened']>['back']

/** One way in which a source table is read: by the window, by a wider one, or whole. */
export interface TableRead {
  name: string
  /** The column that the window filters; null for tables that are read whole. */
  timeColumn: string | null
  /** ISO 8601 durations by which EXTEND_TIME_WINDOW widens the window. */
  extended: { back: string; ahead: string } | null
}

/** The source tables of a query, each as often as it is read in another way. */
export function tableReads({ resolution }: Analysis): TableRead[] {
  const reads = new Map<string, TableRead>()
  for (const { body } of resolution.queries.values())
    for (const from of sourcesOf(body)) {
      if (from.kind !== 'table') continue
      const { table, widened } = from
      const read: TableRead = {
        name: table.name,
        timeColumn: table.kind === 'dimension' ? null : table.timeColumn,
        extended: widened === null ? null : { back: iso(widened.back), ahead: iso(widened.ahead) },
      }
      reads.set(JSON.stringify(read), read)
    }
  return [...reads.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Queries in parentheses are visited by themselves. */
function sourcesOf(body: Body): From[] {
  if (body.kind === 'select') return body.sources.map(({ from }) => from)
  return body.kind === 'union' ? body.branches.flatMap(sourcesOf) : []
}

function iso({ years, months, days, hours, minutes, seconds }: Duration): string {
  const date = part(years, 'Y') + part(months, 'M') + part(days, 'D')
  const time = part(hours, 'H') + part(minutes, 'M') + part(seconds, 'S')
  return date === '' && time === '' ? 'P0D' : `P${date}${time === '' ? '' : `T${time}`}`
}

function part(count: number, unit: string): string {
  return count === 0 ? '' : `${count}${unit}`
}
