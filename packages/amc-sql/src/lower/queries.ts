import { hiddenNames, lowerDistinct, lowerSelect, type SortKey } from './selects.ts'
import { pathColumns, totalColumns } from '../privacy/hidden-columns.ts'
import type { ResolvedBody, ResolvedQuery, ResolvedUnion, ResolvedValues } from '../resolve/resolution.ts'
import { types } from '../resolve/types.ts'
import { convert } from './duck-types.ts'
import { lowerOrderItem } from './windows.ts'
import type { Lowering } from './lowering.ts'
import { howKept } from './sampled.ts'
import { quoteName } from './text.ts'

/** A query as it stands inside another one; with `carry` its rows bring their users along. */
export function lowerQuery(l: Lowering, query: ResolvedQuery, carry: boolean): string {
  const ctes = lowerCtes(l, query)
  const limit = lowerLimit(l, query)
  const head = ctes.length === 0 ? '' : `WITH ${ctes.join(', ')} `
  // An order without a limit has no effect inside another query.
  if (limit === '') return `${head}${lowerBody(l, query.body, carry)}`
  const { body, orderBy } = lowerOrdered(l, query, carry)
  const columns = [...l.columnNames(query.relation), ...(carry ? hiddenNames(l, l.tracking.query(query)) : [])]
  return `${head}SELECT ${columns.map(quoteName).join(', ')} FROM (${body}) AS "rows"${orderBy}${limit}`
}

/** The definitions of the WITH parts of a query. */
export function lowerCtes(l: Lowering, query: ResolvedQuery): string[] {
  return query.ctes.map((cte) => {
    const name = quoteName(l.cteName(cte))
    return `${name} AS ${howKept(l, cte.query)}(${lowerQuery(l, cte.query, l.sets !== null)})`
  })
}

/** The body of a query with what its ORDER BY needs, and the ORDER BY over it. */
export function lowerOrdered(l: Lowering, query: ResolvedQuery, carry: boolean): { body: string; orderBy: string } {
  const names = l.columnNames(query.relation)
  const keys: SortKey[] = []
  const order = query.orderBy.map(({ node, column }, at) => {
    const known = column === null ? undefined : names[column]
    if (known !== undefined) return lowerOrderItem(quoteName(known), node)
    const name = `#sort${at}`
    keys.push({ name, expression: node.expression })
    return lowerOrderItem(quoteName(name), node)
  })
  const [first] = keys
  if (first !== undefined && (query.body.kind !== 'select' || query.body.node.distinct))
    l.fail(first.expression, 'ORDER BY can name output columns only here', 'Add the expression to the SELECT')
  const body = query.body.kind === 'select' ? lowerSelect(l, query.body, carry, keys) : lowerBody(l, query.body, carry)
  return { body, orderBy: order.length === 0 ? '' : ` ORDER BY ${order.join(', ')}` }
}

/** LIMIT and OFFSET, which take whole numbers. */
export function lowerLimit(l: Lowering, { node }: ResolvedQuery): string {
  let sql = ''
  for (const [word, count] of [
    ['LIMIT', node.limit],
    ['OFFSET', node.offset],
  ] as const) {
    if (count === null) continue
    if (count.kind === 'literal' && count.type === 'integer') sql += ` ${word} ${BigInt(count.value)}`
    else l.fail(count, `${word} takes a whole number`)
  }
  return sql
}

function lowerBody(l: Lowering, body: ResolvedBody, carry: boolean): string {
  switch (body.kind) {
    case 'select':
      return lowerSelect(l, body, carry, [])
    case 'values':
      return lowerValues(l, body)
    case 'parenthesized':
      return `SELECT * FROM (${lowerQuery(l, body.query, carry)}) AS "rows"`
    case 'union':
      return lowerUnion(l, body, carry)
  }
}

function lowerValues(l: Lowering, body: ResolvedValues): string {
  const { columns } = body.relation
  const rows = body.node.rows.map((row) => {
    const items = row.items.map((item, at) =>
      convert(l.expression(item), l.facts(item).type, columns[at]?.type ?? types.unknown),
    )
    return `(${items.join(', ')})`
  })
  const names = l.columnNames(body.relation).map(quoteName)
  return `SELECT * FROM (VALUES ${rows.join(', ')}) AS "rows"(${names.join(', ')})`
}

function lowerUnion(l: Lowering, body: ResolvedUnion, carry: boolean): string {
  const tracked = l.tracking.unionAll(body)
  let [pathOffset, totalOffset] = [0, 0]
  const sql = body.branches.map((branch) => {
    const lowered = lowerBranch(l, body, branch, carry, { pathOffset, totalOffset })
    const { paths, totals } = l.tracking.body(branch)
    pathOffset += paths.length
    totalOffset += totals.length
    return lowered
  })
  const all = sql.join(' UNION ALL ')
  return body.node.all ? all : lowerDistinct(l, body.relation, all, tracked, carry)
}

/** A branch with the columns of the whole union; the users of the other branches are NULL in it. */
function lowerBranch(
  l: Lowering,
  union: ResolvedUnion,
  branch: ResolvedBody,
  carry: boolean,
  offset: { pathOffset: number; totalOffset: number },
): string {
  const own = l.columnNames(branch.relation)
  const columns = l.columnNames(union.relation).map((name, at) => {
    const from = branch.relation.columns[at]?.type ?? types.unknown
    const value = convert(`"branch".${quoteName(own[at] ?? '')}`, from, union.relation.columns[at]?.type ?? from)
    return `${value} AS ${quoteName(name)}`
  })
  if (carry && l.sets !== null) {
    const { sets } = l
    const all = l.tracking.unionAll(union)
    const mine = l.tracking.body(branch)
    const fill = (name: string, type: string, from: string | undefined): void => {
      const value = from === undefined ? `CAST(NULL AS ${type})` : `"branch".${quoteName(from)}`
      columns.push(`${value} AS ${quoteName(name)}`)
    }
    for (const path of all.paths.keys()) {
      const at = path - offset.pathOffset
      const from = mine.paths[at] === undefined ? [] : pathColumns(mine, at, sets)
      for (const { name, type, part } of pathColumns(all, path, sets)) fill(name, type, from[part]?.name)
    }
    for (const [total, { paths }] of all.totals.entries()) {
      const at = total - offset.totalOffset
      for (const path of paths) {
        const from = mine.totals[at] === undefined ? [] : totalColumns(at, path - offset.pathOffset, sets)
        for (const { name, type, part } of totalColumns(total, path, sets)) fill(name, type, from[part]?.name)
      }
    }
  }
  return `SELECT ${columns.join(', ')} FROM (${lowerBody(l, branch, carry)}) AS "branch"`
}
