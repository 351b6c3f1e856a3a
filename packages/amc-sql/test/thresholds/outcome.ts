import type { Class, Relation, Row, Value } from './reference.ts'

/** A value of class NONE is shown in every row, also in one of nobody known. */
const needs: Record<Class, number> = { NONE: 0, LOW: 2, HIGH: 100, VERY_HIGH: Infinity }

/** A row of a result; its reason is one of several where several are equally good. */
export interface OutcomeRow {
  values: Value[]
  filtered: boolean
  count: number | null
  reasons: (string | null)[]
}

interface Check {
  count: number
  words: string
}

/** What comes out of a relation: rows below their threshold dropped, or without the values that missed theirs and merged. */
export function outcome(relation: Omit<Relation, 'from'>, behavior: 'REMOVE_ROWS' | 'REMOVE_VALUES'): OutcomeRow[] {
  const needed = Math.max(1, ...relation.columns.map((column) => needs[column.class]))
  const isChecked = relation.paths.length > 0
  const judged = relation.rows.map((row) => judge(relation, row, needed))
  if (!isChecked || needed === 1)
    return judged.map(({ row, least }) => ({
      values: [...row.values],
      filtered: false,
      count: isChecked ? least : null,
      reasons: [null],
    }))
  if (behavior === 'REMOVE_ROWS')
    return judged
      .filter(({ least }) => least >= needed)
      .map(({ row, least }) => ({ values: [...row.values], filtered: false, count: least, reasons: [null] }))
  const whole = judged
    .filter(({ least }) => least >= needed)
    .map(({ row, least }): OutcomeRow => ({ values: [...row.values], filtered: false, count: least, reasons: [null] }))
  const measures = new Set(relation.columns.flatMap(({ metric }, at) => (metric ? [at] : [])))
  const merged = new Map<string, OutcomeRow>()
  for (const { row, least, reasons } of judged.filter((one) => one.least < needed)) {
    const values = row.values.map((value, at) => (least < needs[relation.columns[at]?.class ?? 'NONE'] ? null : value))
    const key = JSON.stringify(values.filter((_, at) => !measures.has(at)))
    const same = merged.get(key)
    if (same === undefined) {
      merged.set(key, { values, filtered: true, count: least, reasons })
      continue
    }
    same.values = values.map((value, at) => (measures.has(at) ? add(same.values[at] ?? null, value) : value))
    if (same.count === null || least < same.count) [same.count, same.reasons] = [least, reasons]
    else if (least === same.count) same.reasons = [...same.reasons, ...reasons]
  }
  return [...whole, ...merged.values()]
}

function add(a: Value, b: Value): Value {
  if (a === null || b === null) return a ?? b
  return Number(a) + Number(b)
}

function judge(
  relation: Omit<Relation, 'from'>,
  row: Row,
  needed: number,
): { row: Row; least: number; reasons: string[] } {
  const cap = needed <= 2 ? 2 : 100
  const plain = relation.paths.map((_, path): Check => ({
    count: Math.min(cap, row.users[path]?.size ?? 0),
    words: words(relation.paths, path, 'users', needed),
  }))
  const effective = row.totals.flat().flatMap((total) =>
    [...total].map(([path, users]): Check => ({
      count: Math.min(cap, users.size),
      words: words(relation.paths, path, 'effective users', needed),
    })),
  )
  const least = leastOf([...plain, ...effective])
  if (least === 0) return { row, least, reasons: [`0${plain[0]?.words}`] }
  const standard = leastOf(plain)
  const checks =
    standard > 0 && standard < needed
      ? plain.filter(({ count }) => count === standard)
      : effective.filter(({ count }) => count === least)
  return { row, least, reasons: checks.map((check) => `${check.count}${check.words}`) }
}

/** A path or a measure without any user says nothing about the row. */
function leastOf(checks: readonly Check[]): number {
  const counts = checks.map(({ count }) => count).filter((count) => count > 0)
  return counts.length === 0 ? 0 : Math.min(...counts)
}

function words(paths: readonly string[], path: number, kind: string, needed: number): string {
  const source = paths[path] ?? ''
  const same = [...paths.keys()].filter((other) => paths[other] === source)
  const which = same.length > 1 ? ` (path ${same.indexOf(path) + 1} of ${same.length})` : ''
  return ` '${source}'${which} ${kind} < ${needed} required`
}
