import { loadSchema, type Table } from '@recomamp/amc-catalogue/schema'
import { duckType } from './duck-type.ts'

/** How a table's columns are made of stored ones: an expression for each column that is not stored under its own name. */
export interface ViewPlan {
  /** The stored table that holds a row for each row of the view. */
  from: string
  /** Instead of the stored table itself. */
  events?: string
  /** Small stored tables that the events point to, each with its key. */
  joins?: Readonly<Record<string, string>>
  where?: string
  expressions: Readonly<Record<string, string>>
  /** Measures that the events store and that are never 0; a fixed number in `expressions` needs no word. */
  neverZero?: readonly string[]
}

/** Each table of a file with its parts; more than one part makes a union. */
export type ViewPlans = Readonly<Record<string, readonly ViewPlan[]>>

/** Rows that a twin does not show (audience guide). */
const shownInTwin: Readonly<Record<string, string>> = { dsp_impressions: 'deal_id IS NULL' }

/**
 * The tables that queries see: views over the stored ones, in the catalogue's columns and types, each with its twin for audiences.
 * Whatever follows from another column (parts of a time, text keys, metrics of a credited conversion) is computed when it is read.
 */
export function viewStatements(plans: ViewPlans, stored: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const tables = new Map(loadSchema().tables.map((table) => [table.name, table]))
  return Object.entries(plans).flatMap(([name, parts]) => {
    const table = required(tables, name)
    for (const column of table.columns)
      if (!parts.some((plan) => source(column.name, plan, stored) !== null))
        throw new Error(`${name}.${column.name} stands in the catalogue, but nothing generates it`)
    const body = parts.map((plan) => select(table, plan, stored)).join(' UNION ALL ')
    const view = `CREATE VIEW main.${name} AS ${body}`
    const twin = tables.get(`${name}_for_audiences`)
    if (twin === undefined) return [view]
    const twinColumns = twin.columns.map((column) => `"${column.name}"`).join(', ')
    return [
      view,
      `CREATE VIEW main.${twin.name} AS SELECT ${twinColumns} FROM main.${name}${filter(shownInTwin[name])}`,
    ]
  })
}

function required<T>(all: ReadonlyMap<string, T>, name: string): T {
  const found = all.get(name)
  if (found === undefined) throw new Error(`The catalogue or the generator lacks ${name}`)
  return found
}

function select(table: Table, plan: ViewPlan, stored: ReadonlyMap<string, ReadonlySet<string>>): string {
  const items = table.columns.map(
    (column) => `CAST(${source(column.name, plan, stored) ?? 'NULL'} AS ${duckType(column)}) AS "${column.name}"`,
  )
  const joins = Object.entries(plan.joins ?? {}).map(([name, key]) => ` JOIN store.${name} USING (${key})`)
  return `SELECT ${items.join(', ')} FROM ${plan.events ?? `store.${plan.from}`}${joins.join('')}${filter(plan.where)}`
}

function filter(condition: string | undefined): string {
  return condition === undefined ? '' : ` WHERE ${condition}`
}

/** What a column is made of in one part of a view; null where the part has nothing for it. */
function source(column: string, plan: ViewPlan, stored: ReadonlyMap<string, ReadonlySet<string>>): string | null {
  const tables = [plan.from, ...Object.keys(plan.joins ?? {})]
  const isStored = tables.some((name) => required(stored, name).has(column))
  return plan.expressions[column] ?? (isStored ? column : null)
}
