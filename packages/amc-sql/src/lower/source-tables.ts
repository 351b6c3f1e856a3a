import type { Duration } from '../resolve/duration.ts'
import type { Binding, FromItem, Resolution, ResolvedBody, Source } from '../resolve/resolution.ts'
import { sourcesOf } from '../resolve/scope.ts'
import type { Table } from '../schema.ts'
import { quoteName, quoteText, type UniqueNames } from './text.ts'

type TableSource = Extract<Source['from'], { kind: 'table' }>

interface Read {
  name: string
  table: Table
  widened: TableSource['widened']
  columns: Set<string>
}

/** The windowed reads of source tables: one per table and window, shared by all its uses. */
export class SourceTables {
  readonly #reads = new Map<string, Read>()
  readonly #window: { start: string; end: string }
  readonly #names: UniqueNames
  readonly #databaseOf: (table: string) => string
  readonly #used = new Map<Source, Set<string>>()

  constructor(
    resolution: Resolution,
    window: { start: string; end: string },
    names: UniqueNames,
    databaseOf: (table: string) => string,
  ) {
    this.#window = window
    this.#names = names
    this.#databaseOf = databaseOf
    for (const binding of resolution.bindings.values()) this.use(binding)
    for (const { body } of resolution.queries.values()) for (const binding of usingBindings(body)) this.use(binding)
  }

  /** Notes the columns that a name reads. */
  use(binding: Binding): void {
    for (const { source, index } of sourcesOf(binding)) {
      if (source.from.kind !== 'table') continue
      const name = source.from.table.columns[index]?.name
      if (name === undefined) continue
      const names = this.#used.get(source)
      if (names === undefined) this.#used.set(source, new Set([name]))
      else names.add(name)
    }
  }

  /** The quoted name of the read that a source needs. */
  read(source: Source, from: TableSource, withUser: boolean): string {
    const key = `${from.table.name} ${JSON.stringify(from.widened)}`
    let read = this.#reads.get(key)
    if (read === undefined) {
      const { table, widened } = from
      read = { name: this.#names.make(table.name), table, widened, columns: new Set() }
      this.#reads.set(key, read)
    }
    for (const name of this.#used.get(source) ?? []) read.columns.add(name)
    const user = withUser ? userColumn(from.table) : undefined
    if (user !== undefined) read.columns.add(user)
    return quoteName(read.name)
  }

  /** The reads as members of WITH; they are inlined, so that DuckDB reads no column and no row too much. */
  definitions(): string[] {
    return [...this.#reads.values()].map((read) => {
      const columns = [...read.columns].map(quoteName)
      const where = this.#condition(read)
      return (
        `${quoteName(read.name)} AS NOT MATERIALIZED (SELECT ${columns.length === 0 ? '1 AS "#"' : columns.join(', ')} ` +
        `FROM ${quoteName(this.#databaseOf(read.table.name))}."main".${quoteName(read.table.name)}${where === '' ? '' : ` WHERE ${where}`})`
      )
    })
  }

  #condition({ table, widened }: Read): string {
    if (table.kind === 'dimension' || table.timeColumn === null) return ''
    const column = quoteName(table.timeColumn)
    const start = timestamp(this.#window.start) + (widened === null ? '' : shift(' - ', widened.back))
    const end = timestamp(this.#window.end) + (widened === null ? '' : shift(' + ', widened.ahead))
    return `${column} >= ${start} AND ${column} < ${end}`
  }
}

/** The columns that USING compares, which no expression need name. */
function* usingBindings(body: ResolvedBody): Iterable<Binding> {
  if (body.kind === 'union') for (const branch of body.branches) yield* usingBindings(branch)
  else if (body.kind === 'select') for (const item of body.from) yield* joinBindings(item)
}

function* joinBindings(item: FromItem): Iterable<Binding> {
  for (let at = item; at.kind === 'join'; at = at.left) {
    for (const { left, right } of at.using) yield* [left, right]
    yield* joinBindings(at.right)
  }
}

/** The column that names the user, where the table has one. */
export function userColumn(table: Table): string | undefined {
  return table.columns.find((column) => column.name.toLowerCase() === 'user_id')?.name
}

/** A time of the window as a literal. */
export function timestamp(time: string): string {
  return `CAST(${quoteText(time.replace('T', ' '))} AS TIMESTAMP)`
}

function shift(sign: string, duration: Duration): string {
  return Object.entries(duration)
    .filter(([, count]) => Number(count) > 0)
    .map(([unit, count]) => `${sign}INTERVAL ${quoteText(`${count} ${unit}`)}`)
    .join('')
}
