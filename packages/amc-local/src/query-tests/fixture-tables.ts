import type { QueryTest, TestRows } from '@recomamp/amc-catalogue/model'
import type { Table } from '@recomamp/amc-catalogue/schema'
import { duckType } from '../generate/duck-type.ts'

/** A fixture that no table of AMC could hold. */
export class FixtureFault extends Error {}

/** The statements that make the tables which a query reads, with the rows of a test in them. */
export function fixtureStatements(
  tables: readonly Table[],
  given: QueryTest['given'],
  windowStart: string,
): { table: string; statement: string }[] {
  return tables.flatMap((table) => {
    const columns = table.columns.map((column) => `"${column.name}" ${typeOf(column)}`)
    const create = {
      table: table.name,
      statement: `CREATE TABLE synthetic.main."${table.name}" (${columns.join(', ')})`,
    }
    const rows = given[table.name]
    if (rows === undefined || rows.rows.length === 0) return [create]
    return [create, { table: table.name, statement: insertion(table, rows, windowStart) }]
  })
}

/** People have texts for ids in AMC; the synthetic data's numbers are a matter of speed. */
function typeOf(column: Table['columns'][number]): string {
  return column.name === 'user_id' ? 'VARCHAR' : duckType(column)
}

function insertion(table: Table, { columns, rows }: TestRows, windowStart: string): string {
  const known = new Set(table.columns.map(({ name }) => name))
  const unknown = columns.find((name) => !known.has(name))
  if (unknown !== undefined) throw new FixtureFault(`${table.name} has no column ${unknown}`)
  const { timeColumn } = table
  const needsTime = timeColumn !== null && !columns.includes(timeColumn)
  const names = needsTime ? [...columns, timeColumn] : columns
  const lines = rows.map((row) => `(${[...row, ...(needsTime ? [windowStart] : [])].map(literal).join(', ')})`)
  return `INSERT INTO synthetic.main."${table.name}" (${names.map((name) => `"${name}"`).join(', ')}) VALUES ${lines.join(', ')}`
}

/** Texts throughout: the table's own type decides what they become. */
function literal(value: TestRows['rows'][number][number]): string {
  if (value === null) return 'NULL'
  return Array.isArray(value) ? `[${value.map(literal).join(', ')}]` : `'${String(value).replaceAll("'", "''")}'`
}
