import { pathColumns, totalColumns } from '../privacy/hidden-columns.ts'
import { isOfSameUser } from '../privacy/inner-queries.ts'
import type { TrackedRelation } from '../privacy/tracked.ts'
import { distinct } from '../privacy/tracking.ts'
import type { UserSets } from '../privacy/user-sets.ts'
import type { ResolvedQuery } from '../resolve/resolution.ts'
import { types } from '../resolve/types.ts'
import type { Exists, Expression, InSubquery, Range, SubqueryExpression } from '../tree.ts'
import type { Lowering } from './lowering.ts'
import { comparable, operandOf } from './operands.ts'
import { lowerDistinct } from './selects.ts'
import { quoteName } from './text.ts'

/*
 * A query inside an expression decides about rows, so that it must not tell of a few people either. It is held to the threshold by
 * itself: rows behind which fewer people stand are not there for IN, their value is NULL, and of too few people none EXISTS. What
 * a row's own user did needs no such care, since that user is counted with the row.
 */

/** `a IN (SELECT …)`, also for rows of several values. */
export function lowerInSubquery(l: Lowering, node: InSubquery): string {
  const query = l.resolution.queries.get(node.query)
  if (query === undefined) return l.fail(node, 'The query inside is incomplete')
  const operands = node.operand.kind === 'row' ? node.operand.items : [node.operand]
  const inner = shownRows(l, query, operands)
  const columns = l.columnNames(query.relation).map((name) => quoteName(name))
  const left: string[] = []
  const right: string[] = []
  for (const [at, operand] of operands.entries()) {
    const column = { sql: `"in".${columns[at] ?? 'NULL'}`, type: query.relation.columns[at]?.type ?? types.unknown }
    const [a, b] = comparable([operandOf(l, operand), column])
    left.push(a ?? 'NULL')
    right.push(b ?? 'NULL')
  }
  const tuple = left.length === 1 ? left.join('') : `(${left.join(', ')})`
  const values = right.length === 1 ? right.join('') : `(${right.join(', ')})`
  return `(${tuple} ${node.negated ? 'NOT ' : ''}IN (SELECT ${values} FROM (${inner}) AS "in"))`
}

/** The rows of a query behind IN that enough people stand behind. */
function shownRows(l: Lowering, query: ResolvedQuery, operands: readonly Expression[]): string {
  const tracked = l.tracking.query(query)
  if (!isGuarded(l, query, tracked)) return l.query(query, false)
  if (l.correlated.isIn(query)) return correlated(l, query)
  const own = new Set<number>()
  for (const [at, operand] of operands.entries()) {
    const { type } = l.facts(operand)
    if (type.kind === 'STRING' && type.userId === true)
      for (const path of tracked.columns[at]?.identity ?? []) own.add(path)
  }
  const sets = usedSets(l)
  const rows = lowerDistinct(l, query.relation, l.query(query, true), tracked, true)
  const counts = countsOf(distinct(tracked), sets, (path) => own.has(path))
  const columns = l.columnNames(query.relation).map(quoteName).join(', ')
  return `SELECT ${columns} FROM (${rows}) AS "rows"${counts.length === 0 ? '' : ` WHERE ${least(counts)} >= ${sets.cap}`}`
}

/** `EXISTS (SELECT …)`. */
export function lowerExists(l: Lowering, node: Exists): string {
  const query = l.resolution.queries.get(node.query)
  if (query === undefined) return l.fail(node, 'The query inside is incomplete')
  const tracked = l.tracking.query(query)
  if (!isGuarded(l, query, tracked)) return `EXISTS (${l.query(query, false)})`
  if (l.correlated.isIn(query)) return `EXISTS (${correlated(l, query)})`
  const sets = usedSets(l)
  const counts = tracked.paths.map(({ form }, path) => {
    const columns = quoted(pathColumns(tracked, path, sets))
    return sets.count(form === 'one' ? sets.collect(columns[0] ?? 'NULL') : sets.merge([columns], null))
  })
  return `(SELECT ${least(counts)} >= ${sets.cap} FROM (${l.query(query, true)}) AS "rows")`
}

/** A query as one value. */
export function lowerScalarSubquery(l: Lowering, node: SubqueryExpression): string {
  const query = l.resolution.queries.get(node.query)
  if (query === undefined) return l.fail(node, 'The query inside is incomplete')
  const tracked = l.tracking.query(query)
  if (!isGuarded(l, query, tracked)) return `(${l.query(query, false)})`
  if (l.correlated.isIn(query)) return `(${correlated(l, query)})`
  const sets = usedSets(l)
  const value = quoteName(l.columnNames(query.relation)[0] ?? '')
  const enough = `${least(countsOf(tracked, sets, () => false))} >= ${sets.cap}`
  return `(SELECT CASE WHEN ${enough} THEN ${value} END FROM (${l.query(query, true)}) AS "rows")`
}

/** Whether a query inside an expression could tell of people whom nobody counts. */
function isGuarded(l: Lowering, query: ResolvedQuery, tracked: TrackedRelation): boolean {
  return l.guarded && tracked.paths.length > 0 && !(l.correlated.isIn(query) && isOfSameUser(l.tracking, query))
}

function correlated(l: Lowering, { node }: { node: Range }): string {
  return l.fail(
    node,
    'The people behind a query inside that reads columns of the query around it cannot be counted',
    'Tie it by user_id = user_id, or write it as a WITH part and join it',
  )
}

/** Where a threshold has to be checked, users are carried. */
function usedSets(l: Lowering): UserSets {
  if (l.sets === null) throw new Error('a guarded query without sets of users')
  return l.sets
}

/** The counts of users of a row, for each path that is not skipped and for each total along it. */
function countsOf(tracked: TrackedRelation, sets: UserSets, isSkipped: (path: number) => boolean): string[] {
  const counts: string[] = []
  for (const [path, { form }] of tracked.paths.entries()) {
    if (isSkipped(path)) continue
    const set = quoted(pathColumns(tracked, path, sets))
    counts.push(form === 'one' ? `CASE WHEN ${set[0]} IS NULL THEN 0 ELSE 1 END` : sets.count(set))
  }
  for (const [total, { paths }] of tracked.totals.entries())
    for (const path of paths) if (!isSkipped(path)) counts.push(sets.count(quoted(totalColumns(total, path, sets))))
  return counts
}

function quoted(columns: readonly { name: string }[]): string[] {
  return columns.map(({ name }) => quoteName(name))
}

/** The least of counts; one without any user says nothing. */
function least(counts: readonly string[]): string {
  return `coalesce(least(${counts.map((count) => `nullif(${count}, 0)`).join(', ')}), 0)`
}
