import { loadSchema } from '@recomamp/amc-catalogue/schema'
import { cellText, type LocalValue } from '@recomamp/amc-local'
import { coarserGroupings } from '@recomamp/amc-sql/editing'
import { type OutputColumn, usersNeeded } from '@recomamp/amc-sql'
import {
  addDays,
  type LocalRunRequest,
  PrivacyPreview,
  type PrivacyPreviewRequest,
  Problem,
  TimeWindow,
} from '@recomamp/contracts'
import type { z } from 'zod'
import type { Ctx } from '#context.ts'
import type { Member } from '#platform/http/app-types.ts'
import { seconds } from '#platform/time.ts'
import { compileLocally, type LocalQueryOf } from './compile-locally.ts'
import { execute, onceForAll } from './run-locally.ts'

/** What is asked beside the query itself is given up after this, and what is known by then is answered. */
const variantsWithinMs = seconds(15)
const mostVariants = 8

/** What the thresholds would do to a query: a local run without them, each of its rows then judged as AMC would. */
export async function previewPrivacy(
  ctx: Ctx,
  who: Member,
  asked: PrivacyPreviewRequest,
  signal: AbortSignal,
): Promise<PrivacyPreview> {
  const started = performance.now()
  const compiled = compileLocally(asked, 'REMOVE_VALUES', ctx.now())
  if (compiled.query.privacy === null)
    throw new Problem(
      'local-run-failed',
      'An audience has no rows that AMC would show, so that nothing of it is filtered',
    )
  const judged = await judge(ctx, who, asked.sqlQuery, compiled, signal)
  const groupings: PrivacyPreview['groupings'] = []
  if (judged.wholeCount < judged.rowCount)
    for (const variant of variantsOf(asked, compiled)) {
      if (performance.now() - started > variantsWithinMs) break
      const { parts, ...grouping } = variant
      const whole = await judgeVariant(ctx, who, { ...asked, ...parts }, signal)
      if (whole !== null) groupings.push({ ...grouping, ...whole })
    }
  groupings.sort((a, b) => b.wholeShare - a.wholeShare || b.rowCount - a.rowCount)
  return { ...judged, groupings, tookMs: Math.round(performance.now() - started), window: compiled.window }
}

interface Variant extends Pick<
  PrivacyPreview['groupings'][number],
  'kind' | 'column' | 'instead' | 'sqlQuery' | 'window'
> {
  parts: Partial<LocalRunRequest>
}

function variantsOf({ sqlQuery }: PrivacyPreviewRequest, { window }: LocalQueryOf): Variant[] {
  const coarser = coarserGroupings(sqlQuery, loadSchema()).map(({ column, instead, text }): Variant => {
    const kind = instead === null ? 'without' : 'instead'
    return { kind, column, instead, sqlQuery: text, window: null, parts: { sqlQuery: text } }
  })
  const longer = fourTimes(window)
  const variants = coarser.slice(0, mostVariants - 1)
  if (longer === null) return variants
  return [
    ...variants,
    { kind: 'longer-window', column: null, instead: null, sqlQuery, window: longer, parts: { window: longer } },
  ]
}

/** The same end and four times as many days; null for windows that are long already or hold parts of days. */
function fourTimes(window: TimeWindow): TimeWindow | null {
  const [first, last] = [window.start.slice(0, 10), window.end.slice(0, 10)]
  const days = Math.round((Date.parse(last) - Date.parse(first)) / 86_400_000)
  if (!window.start.endsWith('T00:00:00') || !window.end.endsWith('T00:00:00') || days > 31) return null
  return TimeWindow.parse({ ...window, start: `${addDays(last, -4 * days)}T00:00:00` })
}

async function judgeVariant(ctx: Ctx, who: Member, asked: PrivacyPreviewRequest, signal: AbortSignal) {
  try {
    const compiled = compileLocally(asked, 'REMOVE_VALUES', ctx.now())
    const { rowCount, wholeCount, metrics } = await judge(ctx, who, asked.sqlQuery, compiled, signal)
    const wholeShare = rowCount === 0 ? 0 : wholeCount / rowCount
    return { rowCount, wholeShare, metricShare: metrics[0]?.keptShare ?? null }
  } catch (error) {
    // A variant that does not run is no advice; the preview itself stands without it.
    if (error instanceof Problem && !signal.aborted) return null
    throw error
  }
}

const Judged = PrivacyPreview.omit({ groupings: true, tookMs: true, window: true })
type Judged = z.infer<typeof Judged>

const shownOfAKind = 60

/** Runs a query with every row kept and told how many people it holds, and counts what falls below. */
function judge(ctx: Ctx, who: Member, template: string, compiled: LocalQueryOf, signal: AbortSignal): Promise<Judged> {
  return onceForAll(ctx, who, ['privacy', compiled.query], Judged, () => judgeAll(ctx, template, compiled, signal))
}

async function judgeAll(ctx: Ctx, template: string, compiled: LocalQueryOf, signal: AbortSignal): Promise<Judged> {
  const { query } = compiled
  // What is left out or blanked at AMC is told about here.
  const kept = { ...query.privacy, behavior: 'KEEP' as const }
  const result = await execute(ctx, template, { ...compiled, query: { ...query, privacy: kept } }, signal)
  const hidden = new Set([kept.discriminatorColumn, kept.userCountColumn, kept.reasonColumn])
  const own = result.columns.flatMap((column, at) => (hidden.has(column.name) ? [] : [{ column, at }]))
  const users = result.columns.findIndex(({ name }) => name === kept.userCountColumn)
  const judgement = new Judgement(own)
  for await (const batch of result.batches) for (const row of batch) judgement.add(row, countOf(row[users]))
  return judgement.answer()
}

function countOf(value: LocalValue | undefined): number | null {
  return typeof value === 'bigint' || typeof value === 'number' ? Number(value) : null
}

interface Group {
  cells: (string | null)[]
  rows: number
  users: number
  blanked: string[]
}

/** The rows of a result as AMC would leave them: whole ones as they are, others without the values that need more people, and merged. */
class Judgement {
  readonly #columns: { column: OutputColumn; at: number; needed: number }[]
  readonly #needed: number
  readonly #blanked = new Map<string, number>()
  readonly #sums = new Map<string, { all: number; whole: number }>()
  readonly #groups = new Map<string, Group>()
  readonly #whole: Group[] = []
  #rows = 0
  #wholeRows = 0

  constructor(columns: readonly { column: OutputColumn; at: number }[]) {
    this.#columns = columns.map((one) => ({ ...one, needed: usersNeeded[one.column.threshold] }))
    this.#needed = Math.max(1, ...this.#columns.map(({ needed }) => needed))
    for (const { column } of columns) if (isMeasure(column)) this.#sums.set(column.name, { all: 0, whole: 0 })
  }

  /** `users` is null where nothing that is counted by people is read. */
  add(row: readonly LocalValue[], users: number | null): void {
    this.#rows += 1
    const isWhole = users === null || users >= this.#needed
    for (const { column, at } of this.#columns) {
      const sum = this.#sums.get(column.name)
      const value = Number(row[at] ?? 0)
      if (sum === undefined || !Number.isFinite(value)) continue
      sum.all += value
      if (isWhole) sum.whole += value
    }
    if (isWhole) {
      this.#wholeRows += 1
      if (this.#whole.length < shownOfAKind)
        this.#whole.push({
          cells: this.#columns.map(({ at }) => cellOf(row[at])),
          rows: 1,
          users: users ?? 0,
          blanked: [],
        })
    } else this.#addFiltered(row, users)
  }

  #addFiltered(row: readonly LocalValue[], users: number): void {
    const blanked: string[] = []
    const cells = this.#columns.map(({ column, at, needed }) => {
      if (users >= needed) return cellOf(row[at])
      blanked.push(column.name)
      this.#blanked.set(column.name, (this.#blanked.get(column.name) ?? 0) + 1)
      return null
    })
    const key = JSON.stringify(cells.filter((_, at) => !isMeasure(this.#columns[at]?.column)))
    const group = this.#groups.get(`${blanked.length} ${key}`)
    if (group === undefined) this.#groups.set(`${blanked.length} ${key}`, { cells, rows: 1, users, blanked })
    else {
      group.rows += 1
      group.users = Math.min(group.users, users)
      for (const [at, { column }] of this.#columns.entries())
        if (isMeasure(column)) group.cells[at] = added(group.cells[at], cells[at])
    }
  }

  answer(): Judged {
    const groups = [...this.#groups.values()]
    return {
      rowCount: this.#rows,
      wholeCount: this.#wholeRows,
      mergedCount: groups.length,
      usersNeeded: this.#needed,
      metrics: [...this.#sums].map(([name, { all, whole }]) => ({ name, keptShare: all === 0 ? 1 : whole / all })),
      causes: this.#columns
        .filter(({ needed }) => needed > 1)
        .map(({ column, needed }) => ({
          name: column.name,
          dataType: column.type,
          columnType: column.role,
          threshold: column.threshold,
          usersNeeded: needed,
          blankedRows: this.#blanked.get(column.name) ?? 0,
        }))
        .toSorted((a, b) => b.blankedRows - a.blankedRows),
      columns: this.#columns.map(({ column }) => ({
        name: column.name,
        dataType: column.type,
        columnType: column.role,
      })),
      filtered: groups.toSorted((a, b) => b.rows - a.rows).slice(0, shownOfAKind),
      whole: this.#whole,
    }
  }
}

const numbers = new Set(['BYTE', 'SHORT', 'INTEGER', 'LONG', 'FLOAT', 'DOUBLE', 'DECIMAL'])

/** A column that AMC adds up where rows become one. */
function isMeasure(column: OutputColumn | undefined): boolean {
  return column?.role === 'METRIC' && numbers.has(column.type)
}

function added(a: string | null | undefined, b: string | null | undefined): string | null {
  if (a === null || a === undefined) return b ?? null
  if (b === null || b === undefined) return a
  // Whole numbers stay exact; the figures of a preview need no more of the others.
  const isWhole = /^-?\d+$/.test(a) && /^-?\d+$/.test(b)
  return isWhole ? String(BigInt(a) + BigInt(b)) : String(Number((Number(a) + Number(b)).toPrecision(12)))
}

function cellOf(value: LocalValue | undefined): string | null {
  return value === undefined || value === null ? null : cellText(value)
}
