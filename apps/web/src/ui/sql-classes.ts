import { type Token, scan } from '@recomamp/amc-sql'

export type SqlClass =
  | 'keyword'
  | 'function'
  | 'string'
  | 'number'
  | 'comment'
  | 'table'
  | 'column'
  | 'operator'
  | 'parameter'

export interface ClassedRange {
  from: number
  to: number
  kind: SqlClass
}

/** The pieces of a query that have a colour, in order; `tables` are the table names of the schema in lower case. */
export function classifySql(text: string, tables: ReadonlySet<string>): ClassedRange[] {
  return classifyTokens(text, scan(text), tables, text.length)
}

/** The same for tokens of a text that begin before an offset; what follows them tells whether a name is called. */
export function classifyTokens(
  text: string,
  tokens: readonly Token[],
  tables: ReadonlySet<string>,
  to: number,
): ClassedRange[] {
  const ranges: ClassedRange[] = []
  for (const [index, token] of tokens.entries()) {
    if (token.from >= to) break
    if (token.kind === 'string' && token.parameters.length > 0) ranges.push(...stringWithParameters(token))
    else {
      const kind = classOf(token, () => callFollows(tokens, index), text, tables)
      if (kind !== null) ranges.push({ from: token.from, to: token.to, kind })
    }
  }
  return ranges
}

function classOf(token: Token, isCalled: () => boolean, text: string, tables: ReadonlySet<string>): SqlClass | null {
  switch (token.kind) {
    case 'space':
    case 'unknown':
      return null
    case 'punctuation':
      return withoutColour.has(token.word) ? null : 'operator'
    case 'keyword':
      return token.word === 'IF' && isCalled() ? 'function' : 'keyword'
    case 'name':
      if (isCalled()) return 'function'
      return tables.has(text.slice(token.from, token.to).toLowerCase()) ? 'table' : 'column'
    case 'quoted-name':
      return 'column'
    default:
      return token.kind
  }
}

/** Half of a query's marks. In the colour of the text they need no element of their own, which every key in the editor would pay for. */
const withoutColour: ReadonlySet<string> = new Set(['.', ',', '(', ')'])

/** Whether an opening parenthesis comes next, with nothing but space between. */
function callFollows(tokens: readonly Token[], index: number): boolean {
  let next = index + 1
  while (tokens[next]?.kind === 'space') next += 1
  return tokens[next]?.word === '('
}

function stringWithParameters(token: Token): ClassedRange[] {
  const ranges: ClassedRange[] = []
  let at = token.from
  for (const use of token.parameters) {
    if (use.from > at) ranges.push({ from: at, to: use.from, kind: 'string' })
    ranges.push({ from: use.from, to: use.to, kind: 'parameter' })
    at = use.to
  }
  if (at < token.to) ranges.push({ from: at, to: token.to, kind: 'string' })
  return ranges
}
