import type { Table } from '../../schema.ts'
import { plainItem, type CompletionItem } from '../completion.ts'
import { spelled } from '../names.ts'
import { visibleParts } from '../selects.ts'
import { cased, type Asked } from './asked.ts'

/** What FROM and JOIN can read: WITH parts first, then the tables, and the ways to write a table. */
export function tableItems(asked: Asked): CompletionItem[] {
  const items = cteItems(asked)
  const audience = wantsAudience(asked)
  for (const table of asked.schema.tables)
    items.push(plainItem('table', table.name, table.audience === audience ? 80 : 71, describe(table)))
  items.push(
    plainItem('snippet', cased(asked, "TABLE(EXTEND_TIME_WINDOW('table', 'P28D', 'P0D'))"), 73, {
      insert: cased(asked, "TABLE(EXTEND_TIME_WINDOW('${1:table}', '${2:P28D}', '${3:P0D}'))"),
      snippet: true,
      detail: 'a wider time window',
      documentation:
        "Reads the table from 28 days before the start of the run's time window to 0 days after its end; the durations are ISO 8601.",
    }),
    plainItem('snippet', cased(asked, '(SELECT …)'), 70, {
      insert: cased(asked, '(\n  SELECT ${2:columns}\n  FROM ${1:table}\n) ${3:t}'),
      snippet: true,
      detail: 'subquery',
    }),
  )
  return items
}

function cteItems(asked: Asked): CompletionItem[] {
  const seen = new Set<string>()
  return (asked.select === null ? [] : visibleParts(asked.select.parts)).flatMap((cte) => {
    const key = cte.name.toLowerCase()
    if (key === '' || seen.has(key)) return []
    seen.add(key)
    const columns = cte.relation.columns.map((column) => column.name).join(', ')
    return [plainItem('cte', cte.name, 90, { insert: spelled(cte.name), detail: 'WITH part', documentation: columns })]
  })
}

/** Tables by name alone, as `EXTEND_TIME_WINDOW('…'` takes them; those without a time window are left out. */
export function windowedTables(asked: Asked): CompletionItem[] {
  const audience = wantsAudience(asked)
  return asked.schema.tables
    .filter((table) => table.kind === 'fact')
    .map((table) => plainItem('table', table.name, table.audience === audience ? 80 : 71, describe(table)))
}

function describe(table: Table): Partial<CompletionItem> {
  return { detail: table.title, documentation: table.description }
}

/** One table for audiences in the text makes the rest of the query read such tables too. */
function wantsAudience(asked: Asked): boolean {
  const { audience } = asked.options
  if (audience !== undefined) return audience
  const tables = [...asked.place.reading.resolution.tables.values()]
  return tables.length > 0 && tables.every((table) => table.audience)
}
