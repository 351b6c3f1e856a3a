/**
 * The syntax tree of AMC SQL (grammar: docs/amc-sql.md). Every node carries the half-open range [from, to) of its own text in
 * UTF-16 code units. The tree holds no comments and no white space: these live in the token list, which prints back to the text.
 * Where the text is broken, a `missing` expression or an empty name stands in, so that every field is always there.
 */
export interface Range {
  from: number
  to: number
}

export interface Name extends Range {
  /** As written, without the double quotes of a quoted identifier; '' where a name is missing. */
  text: string
  /** The text in lower case: names are compared without regard to case. */
  key: string
  quoted: boolean
}

export interface Query extends Range {
  kind: 'query'
  ctes: Cte[]
  body: SetExpression
  orderBy: OrderItem[]
  limit: Expression | null
  offset: Expression | null
}

export interface Cte extends Range {
  kind: 'cte'
  name: Name
  /** The column list of `t (a, b) AS (…)`, null where there is none. */
  columns: Name[] | null
  query: Query
}

export type SetExpression = Select | Values | Union | SubqueryBody

/** Two or more branches with the same operator between them; another operator begins a new union around this one. */
export interface Union extends Range {
  kind: 'union'
  branches: SetExpression[]
  all: boolean
}

/** A query in parentheses that stands where a SELECT could: `(SELECT …) UNION ALL (SELECT …)`. */
export interface SubqueryBody extends Range {
  kind: 'parenthesized'
  query: Query
}

export interface Values extends Range {
  kind: 'values'
  /** A row without parentheses, `VALUES 'a', 'b'`, is a row of one expression. */
  rows: ValuesRow[]
}

export interface ValuesRow extends Range {
  items: Expression[]
}

export interface Select extends Range {
  kind: 'select'
  distinct: boolean
  items: SelectItem[]
  /** The members of the FROM list, which a comma separates; empty for a SELECT without FROM. */
  tables: TableExpression[]
  where: Expression | null
  groupBy: Expression[]
  having: Expression | null
  windows: NamedWindow[]
}

export interface SelectItem extends Range {
  expression: Expression
  alias: Name | null
}

export interface NamedWindow extends Range {
  name: Name
  specification: WindowSpecification
}

export type TableExpression = TableName | ExtendedWindow | DerivedTable | Join

export interface TableName extends Range {
  kind: 'table'
  /** The parts of a dotted name, outermost first. */
  parts: Name[]
  alias: Name | null
  columns: Name[] | null
}

/** `TABLE(EXTEND_TIME_WINDOW('t', 'P28D', 'P0D'))`, or the bare call. */
export interface ExtendedWindow extends Range {
  kind: 'extended-window'
  arguments: Expression[]
  alias: Name | null
  columns: Name[] | null
}

export interface DerivedTable extends Range {
  kind: 'derived'
  query: Query
  alias: Name | null
  columns: Name[] | null
}

export type JoinType = 'inner' | 'left' | 'right' | 'full' | 'cross'

export interface Join extends Range {
  kind: 'join'
  type: JoinType
  left: TableExpression
  right: TableExpression
  on: Expression | null
  using: Name[] | null
  /** The words of the join operator, for messages: `LEFT OUTER JOIN`. */
  operator: Range
}

export interface OrderItem extends Range {
  expression: Expression
  descending: boolean
  /** NULLS FIRST or NULLS LAST as written. */
  nulls: 'first' | 'last' | null
}

export interface WindowSpecification extends Range {
  /** The name of a base window, `OVER w` or `OVER (w …)`. */
  base: Name | null
  partitionBy: Expression[]
  orderBy: OrderItem[]
  /** The frame clause as written; AMC documents none. */
  frame: Range | null
}

export type Expression =
  | ColumnReference
  | Star
  | Literal
  | Parameter
  | Call
  | Cast
  | Case
  | Unary
  | Binary
  | Chain
  | Between
  | InList
  | InSubquery
  | Like
  | IsNull
  | Interval
  | Extract
  | ArrayLiteral
  | RowLiteral
  | SubqueryExpression
  | Exists
  | Subscript
  | Missing

export interface ColumnReference extends Range {
  kind: 'column'
  /** `campaign` or `i.campaign`: qualifiers first, the column last. */
  parts: Name[]
}

/** `*` or `t.*`; also the argument of COUNT(*). */
export interface Star extends Range {
  kind: 'star'
  qualifier: Name | null
}

export interface Literal extends Range {
  kind: 'literal'
  type: 'string' | 'integer' | 'decimal' | 'double' | 'boolean' | 'null' | 'date' | 'timestamp'
  /** A string without quotes and with `''` undone; a number as written; TRUE, FALSE and NULL as upper case. */
  value: string
  /** `{{name}}` uses inside a string literal, in order. */
  parameters: ParameterUse[]
}

/** A `{{name}}` placeholder where an expression stands (also the whole of an IN list, a VALUES list or a condition). */
export interface Parameter extends Range {
  kind: 'parameter'
  name: string
}

export interface ParameterUse extends Range {
  name: string
}

export interface Call extends Range {
  kind: 'call'
  name: Name
  arguments: Expression[]
  distinct: boolean
  /** FILTER (WHERE …). */
  filter: Expression | null
  over: WindowSpecification | null
  /** The keywords between arguments of calls with a syntax of their own, upper case: TRIM(BOTH x FROM y), SUBSTRING(x FROM 1 FOR 2), POSITION(a IN b). */
  keywords: string[]
}

export interface Cast extends Range {
  kind: 'cast'
  operand: Expression
  type: TypeName
}

export interface TypeName extends Range {
  /** Upper case: DECIMAL, TIMESTAMP, … */
  name: string
  arguments: number[]
}

export interface Case extends Range {
  kind: 'case'
  operand: Expression | null
  branches: { when: Expression; then: Expression }[]
  otherwise: Expression | null
}

export interface Unary extends Range {
  kind: 'unary'
  operator: 'NOT' | '-' | '+'
  operand: Expression
}

export type ComparisonOperator = '=' | '<>' | '!=' | '<' | '<=' | '>' | '>='

export interface Binary extends Range {
  kind: 'binary'
  operator: ComparisonOperator
  left: Expression
  right: Expression
}

export type ChainOperator = 'OR' | 'AND' | '+' | '-' | '*' | '/' | '%' | '||'

/**
 * Operands joined by operators of one precedence, read from left to right: a list, so that 100,000 conditions make no deep tree.
 * `operators[i]` stands between `operands[i]` and `operands[i + 1]`.
 */
export interface Chain extends Range {
  kind: 'chain'
  operands: Expression[]
  operators: ChainOperator[]
}

export interface Between extends Range {
  kind: 'between'
  negated: boolean
  operand: Expression
  low: Expression
  high: Expression
}

export interface InList extends Range {
  kind: 'in-list'
  negated: boolean
  operand: Expression
  /** `IN {{x}}` and `IN ({{x}})` both hold one Parameter. */
  items: Expression[]
}

export interface InSubquery extends Range {
  kind: 'in-subquery'
  negated: boolean
  operand: Expression
  query: Query
}

export interface Like extends Range {
  kind: 'like'
  operator: 'LIKE' | 'SIMILAR TO'
  negated: boolean
  operand: Expression
  pattern: Expression
  escape: Expression | null
}

export interface IsNull extends Range {
  kind: 'is'
  negated: boolean
  operand: Expression
  test: 'NULL' | 'TRUE' | 'FALSE'
}

export interface Interval extends Range {
  kind: 'interval'
  value: Expression
  unit: string
}

export interface Extract extends Range {
  kind: 'extract'
  /** Upper case: DAY, DOW, … */
  unit: string
  unitRange: Range
  operand: Expression
}

export interface ArrayLiteral extends Range {
  kind: 'array'
  items: Expression[]
}

/** `(a, b)`: a row value, as in `(a, b) IN (VALUES …)`. */
export interface RowLiteral extends Range {
  kind: 'row'
  items: Expression[]
}

export interface SubqueryExpression extends Range {
  kind: 'subquery'
  query: Query
}

export interface Exists extends Range {
  kind: 'exists'
  query: Query
}

export interface Subscript extends Range {
  kind: 'subscript'
  operand: Expression
  index: Expression
}

/** Stands where the text lacks an expression, so that every field of the tree is filled. */
export interface Missing extends Range {
  kind: 'missing'
}
