import { loadSchema } from '@recomamp/amc-catalogue/schema'
import { cellText, LocalQueryError, type LocalResult, type LocalValue } from '@recomamp/amc-local'
import { moneyColumns } from '@recomamp/amc-sql/money-columns'
import { LocalRun, type LocalRunRequest, localRowLimit, Problem } from '@recomamp/contracts'
import type { z } from 'zod'
import type { Ctx } from '#context.ts'
import { queryRefused } from '#features/executions/index.ts'
import type { Member } from '#platform/http/app-types.ts'
import { minutes, seconds } from '#platform/time.ts'
import { compileLocally, inTemplate, type LocalQueryOf } from './compile-locally.ts'

/** Below the time that a browser waits for an answer. */
const timeLimitMs = seconds(25)

/** Runs a text on the synthetic data; AMC is not asked. The same text has the same rows, which the processes may share for a while. */
export async function runLocally(ctx: Ctx, who: Member, run: LocalRunRequest, signal: AbortSignal): Promise<LocalRun> {
  const started = performance.now()
  const compiled = compileLocally(run, run.privacy, ctx.now())
  const answer = await onceForAll(ctx, who, ['rows', compiled.query], Answer, async () =>
    readAll(await execute(ctx, run.sqlQuery, compiled, signal), compiled),
  )
  const money = moneyColumns(run.sqlQuery, loadSchema())
  return { ...answer, money, tookMs: Math.round(performance.now() - started), window: compiled.window }
}

/** What a query finds in the synthetic data, which is the same until its last day changes: computed where no process of the installation
 *  has done so for this workspace. */
export function onceForAll<T>(
  { shared, synthetic }: Ctx,
  who: Member,
  asked: readonly unknown[],
  schema: z.ZodType<T>,
  compute: () => Promise<T>,
): Promise<T> {
  if (shared === null) return compute()
  const name = JSON.stringify(['local-run', who.workspaceId, synthetic().endDay, ...asked])
  return shared.fact(name, minutes(10), schema, compute)
}

/** Starts a query; a Problem query-refused at the places of the user's text, or local-run-failed. */
export async function execute(
  ctx: Ctx,
  template: string,
  compiled: LocalQueryOf,
  signal: AbortSignal,
): Promise<LocalResult & { ok: true }> {
  const result = await told(ctx.synthetic().run(compiled.query, { signal, timeLimitMs }))
  if (!result.ok) throw queryRefused(template, inTemplate(compiled.sourceMap, result.diagnostics))
  return { ...result, batches: toldEach(result.batches) }
}

async function told<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw problemOf(error)
  }
}

async function* toldEach<T>(batches: AsyncIterable<T>): AsyncIterable<T> {
  try {
    yield* batches
  } catch (error) {
    throw problemOf(error)
  }
}

function problemOf(error: unknown): unknown {
  if (!(error instanceof LocalQueryError)) return error
  const words =
    error.reason === 'time-limit'
      ? `It took longer than ${timeLimitMs / 1000} s on the synthetic data and was stopped. A shorter time window reads less`
      : error.message
  return new Problem('local-run-failed', words, { cause: error })
}

const Answer = LocalRun.pick({ columns: true, rows: true, marks: true, rowCount: true })
type Answer = z.infer<typeof Answer>

async function readAll({ columns, batches }: LocalResult & { ok: true }, { query }: LocalQueryOf): Promise<Answer> {
  const { discriminatorColumn, reasonColumn, userCountColumn } = query.privacy ?? {}
  const at = (name: string | undefined) => (name === undefined ? -1 : columns.findIndex((one) => one.name === name))
  const [filtered, reason, users] = [at(discriminatorColumn), at(reasonColumn), at(userCountColumn)]
  const own = columns.flatMap((_, index) => ([filtered, reason, users].includes(index) ? [] : [index]))
  const answer: Answer = { columns: [], rows: [], marks: [], rowCount: 0 }
  for (const index of own) {
    const column = columns[index]
    if (column !== undefined) answer.columns.push({ name: column.name, dataType: column.type, columnType: column.role })
  }
  for await (const batch of batches) {
    answer.rowCount += batch.length
    for (const row of batch.slice(0, localRowLimit - answer.rows.length)) {
      answer.rows.push(own.map((index) => cellOf(row[index])))
      if (filtered !== -1)
        answer.marks.push(row[filtered] === true ? { reason: cellOf(row[reason]), users: cellOf(row[users]) } : null)
    }
  }
  return answer
}

/** A value as the cells of stored results have it: its exact text, or null. */
function cellOf(value: LocalValue | undefined): string | null {
  return value === undefined || value === null ? null : cellText(value)
}
