import type { ParameterDeclaration, ParameterType } from '../parameters.ts'
import { parse } from '../parse.ts'
import type { ColumnType, Schema } from '../schema.ts'
import type { Expression, Query, SetExpression, TableExpression } from '../tree.ts'
import { type Placement, placementsOf } from './placements.ts'

/**
 * A declaration for each `{{name}}` of a text, in the order of first use, for a person to confirm. Lists come from where the
 * placeholder stands; the type from what it is compared with, never from its name (F-07): a cast, a literal, or a column, whose
 * type is looked up in the tables of the query when a schema is given. STRING where nothing tells.
 */
export function inferDeclarations(text: string, schema?: Schema): ParameterDeclaration[] {
  const { query, parameterUses } = parse(text)
  const placements = query === null ? [] : placementsOf(query)
  placements.sort((a, b) => a.use.from - b.use.from)
  const columns = schema === undefined || query === null ? new Map<string, ParameterType>() : columnTypes(query, schema)
  const declarations = new Map<string, ParameterDeclaration>()
  const certain = new Set<string>()
  for (const { name } of parameterUses)
    declarations.set(name, { name, type: 'STRING', list: false, whenEmpty: 'error' })
  for (const placement of placements) {
    const declaration = declarations.get(placement.use.name)
    if (declaration === undefined) continue
    if (placement.place.kind === 'list' || placement.place.kind === 'rows') declaration.list = true
    const type = typeOf(placement, columns)
    if (type === null || certain.has(declaration.name)) continue
    declaration.type = type
    certain.add(declaration.name)
  }
  return [...declarations.values()]
}

function typeOf(placement: Placement, columns: ReadonlyMap<string, ParameterType>): ParameterType | null {
  const { evidence } = placement
  if (evidence === null) return null
  return evidence.kind === 'type' ? evidence.type : typeOfExpression(evidence.with, columns)
}

const castTypes: ReadonlyMap<string, ParameterType> = new Map([
  ['DATE', 'DATE'],
  ['TIMESTAMP', 'TIMESTAMP'],
  ['INT', 'INTEGER'],
  ['INTEGER', 'INTEGER'],
  ['TINYINT', 'INTEGER'],
  ['SMALLINT', 'INTEGER'],
  ['BIGINT', 'LONG'],
  ['DECIMAL', 'DECIMAL'],
  ['DOUBLE', 'DOUBLE'],
  ['FLOAT', 'DOUBLE'],
  ['REAL', 'DOUBLE'],
  ['BOOLEAN', 'BOOLEAN'],
])

/** Functions whose result has one type whatever their arguments. */
const callTypes: ReadonlyMap<string, ParameterType> = new Map([
  ['COUNT', 'LONG'],
  ['RANK', 'LONG'],
  ['DENSE_RANK', 'LONG'],
  ['ROW_NUMBER', 'LONG'],
  ['SECONDS_BETWEEN', 'LONG'],
  ['LENGTH', 'INTEGER'],
  ['DATE_TRUNC', 'TIMESTAMP'],
  ['CURRENT_DATE', 'DATE'],
  ['CURRENT_TIMESTAMP', 'TIMESTAMP'],
  ['BUILT_IN_PARAMETER', 'TIMESTAMP'],
  ['AVG', 'DOUBLE'],
])

/** Functions whose result has the type of their first argument. */
const transparentCalls: ReadonlySet<string> = new Set([
  'SUM',
  'MIN',
  'MAX',
  'ABS',
  'COALESCE',
  'NULLIF',
  'IFNULL',
  'NVL',
])

function typeOfExpression(expression: Expression, columns: ReadonlyMap<string, ParameterType>): ParameterType | null {
  switch (expression.kind) {
    case 'column':
      return columns.get(expression.parts.at(-1)?.text.toLowerCase() ?? '') ?? null
    case 'cast':
      return castTypes.get(expression.type.name) ?? null
    case 'extract':
      return 'INTEGER'
    case 'literal':
      return literalTypes[expression.type]
    case 'call': {
      const name = expression.name.text.toUpperCase()
      const [first] = expression.arguments
      if (transparentCalls.has(name) && first !== undefined) return typeOfExpression(first, columns)
      return callTypes.get(name) ?? null
    }
    case 'binary':
      if (expression.operator === '/') return 'DECIMAL'
      return typeOfExpression(expression.left, columns) ?? typeOfExpression(expression.right, columns)
    case 'unary':
      return typeOfExpression(expression.operand, columns)
    default:
      return null
  }
}

const literalTypes = {
  string: null,
  integer: 'LONG',
  decimal: 'DECIMAL',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  null: null,
  date: 'DATE',
  timestamp: 'TIMESTAMP',
} as const

const parameterTypes: Record<ColumnType, ParameterType | null> = {
  STRING: 'STRING',
  INTEGER: 'INTEGER',
  LONG: 'LONG',
  DECIMAL: 'DECIMAL',
  DOUBLE: 'DOUBLE',
  FLOAT: 'DOUBLE',
  BOOLEAN: 'BOOLEAN',
  DATE: 'DATE',
  TIMESTAMP: 'TIMESTAMP',
  ARRAY: null,
}

/** The types of the columns of all tables that the query reads; a name on which two tables disagree tells nothing. */
function columnTypes(query: Query, schema: Schema): Map<string, ParameterType> {
  const names = new Set<string>()
  collectTables(query, names)
  const types = new Map<string, ParameterType>()
  const torn = new Set<string>()
  for (const table of schema.tables) {
    if (!names.has(table.name.toLowerCase())) continue
    for (const column of table.columns) {
      const name = column.name.toLowerCase()
      const type = parameterTypes[column.type]
      const known = types.get(name)
      if (type === null || (known !== undefined && known !== type)) torn.add(name)
      else types.set(name, type)
    }
  }
  for (const name of torn) types.delete(name)
  return types
}

function collectTables(query: Query, names: Set<string>): void {
  for (const cte of query.ctes) collectTables(cte.query, names)
  collectFromBody(query.body, names)
}

function collectFromBody(body: SetExpression, names: Set<string>): void {
  if (body.kind === 'select') for (const table of body.tables) collectFromTable(table, names)
  else if (body.kind === 'parenthesized') collectTables(body.query, names)
  else if (body.kind === 'union') {
    collectFromBody(body.left, names)
    collectFromBody(body.right, names)
  }
}

function collectFromTable(table: TableExpression, names: Set<string>): void {
  switch (table.kind) {
    case 'table':
      names.add(table.parts.at(-1)?.text.toLowerCase() ?? '')
      return
    case 'extended-window': {
      const [name] = table.arguments
      if (name?.kind === 'literal') names.add(name.value.toLowerCase())
      return
    }
    case 'derived':
      return collectTables(table.query, names)
    case 'join':
      collectFromTable(table.left, names)
      collectFromTable(table.right, names)
  }
}
