import type { Column, Table } from '../../src/index.ts'

export type Kind = 'text' | 'whole' | 'number' | 'truth' | 'date' | 'time' | 'texts'

export interface ScopeColumn {
  /** As it is written in an expression, with its qualifier where it has one. */
  text: string
  kind: Kind
}

/** What the expressions of one SELECT can name. */
export interface Scope {
  columns: readonly ScopeColumn[]
  /** How the user ids are written; empty where the rows belong to nobody. */
  users: readonly string[]
}

/** A relation under its name: a source table or a WITH part. */
export interface Relation {
  name: string
  table: boolean
  columns: readonly { name: string; kind: Kind }[]
  /** Its column with the user id, if it has one. */
  user: string | null
  /** One row per user and group at most, so that joins multiply little. */
  grouped: boolean
}

const kinds: Readonly<Partial<Record<NonNullable<Column['type']>, Kind>>> = {
  STRING: 'text',
  INTEGER: 'whole',
  LONG: 'whole',
  DECIMAL: 'number',
  DOUBLE: 'number',
  FLOAT: 'number',
  BOOLEAN: 'truth',
  DATE: 'date',
  TIMESTAMP: 'time',
}

/** A table with the columns that may be shown and compared with fixed values. */
export function relationOf(table: Table): Relation {
  const columns = table.columns.flatMap((column) => {
    const kind = column.type === null ? undefined : kinds[column.type]
    const free = column.threshold === 'NONE' || column.threshold === 'LOW' || column.threshold === 'MEDIUM'
    return kind === undefined || !free ? [] : [{ name: column.name, kind }]
  })
  const user = table.columns.find((column) => column.name === 'user_id')?.name ?? null
  return { name: table.name, table: true, columns, user, grouped: false }
}

/** The columns of relations under their aliases. */
export function scopeOf(members: readonly { relation: Relation; alias: string }[], qualified: boolean): Scope {
  return {
    columns: members.flatMap(({ relation, alias }) =>
      relation.columns.map(({ name, kind }) => ({ text: qualified ? `${alias}.${name}` : name, kind })),
    ),
    users: members.flatMap(({ relation, alias }) =>
      relation.user === null ? [] : [qualified ? `${alias}.${relation.user}` : relation.user],
    ),
  }
}
