import { setTimeout as wait } from 'node:timers/promises'
import { amcDialect } from '@recomamp/amc-local'
import type { OutputColumn as CompiledColumn } from '@recomamp/amc-sql'
import { formatExecution } from '../amc/format-execution.ts'
import type { Context } from '../context.ts'
import { changeExecution, findExecution } from '../state/executions.store.ts'
import type { Change, ExecutionRow, OutputColumn } from '../state/executions.store.ts'
import { locateInstance } from '../state/instances.store.ts'
import type { Instance } from '../world/instance.ts'
import { compile, reasonOf, schemaOf } from './compile.ts'
import type { Compiled } from './compile.ts'
import { writeResult } from './result-files.ts'
import { utcWindow } from './window.ts'

/** Takes one execution to its end. An abort leaves the row as it is; a row that was cancelled meanwhile stays cancelled. */
export async function carryOut(ctx: Context, instanceId: string, id: string, signal: AbortSignal): Promise<void> {
  const row = findExecution(ctx.db, instanceId, id)
  const instance = locateInstance(ctx.db, instanceId, ctx.now())?.instance
  if (row === null || instance === undefined) return
  const window = row.window ?? utcWindow(row.run.window, ctx.now())
  const compiled = compileRun(ctx, row, instance)
  if (!compiled.ok) return finish(ctx, row, { window, status: 'REJECTED', statusReason: compiled.reason })
  const begun = {
    status: 'RUNNING',
    window,
    validatedAt: row.validatedAt ?? ctx.now().getTime(),
    outputColumns: compiled.output.map(outputColumn),
  } as const
  if (!changeExecution(ctx.db, id, ['PENDING', 'RUNNING'], begun, ctx.now())) return
  const started = performance.now()
  const [end] = await Promise.all([
    outcomeOf(ctx, { ...row, window }, compiled, signal),
    wait(ctx.settings.runningMs, undefined, { signal }),
  ])
  signal.throwIfAborted()
  finish(ctx, row, { ...end, executionSeconds: Math.ceil((performance.now() - started) / 1000) })
}

function finish(ctx: Context, row: ExecutionRow, change: Change): void {
  changeExecution(ctx.db, row.id, ['PENDING', 'RUNNING'], change, ctx.now())
}

/** Compilation of an execution: the SQL, and what a sandbox demands. Both are found out only after the 200 (guide amc-sandbox). */
function compileRun(ctx: Context, row: ExecutionRow, instance: Instance): Compiled {
  const { run } = row
  if (ctx.settings.rejectExecutions !== null) return { ok: false, reason: ctx.settings.rejectExecutions }
  if (instance.type === 'SANDBOX' && !run.requireSyntheticData)
    return { ok: false, reason: 'Executions in a sandbox instance must set requireSyntheticData to true.' }
  if (instance.type === 'STANDARD' && run.requireSyntheticData)
    return { ok: false, reason: 'requireSyntheticData is only available in sandbox instances.' }
  if (run.disableAggregationControls && !run.requireSyntheticData)
    return { ok: false, reason: 'disableAggregationControls is only available with synthetic data.' }
  return compile(run.definition, schemaOf(ctx.schema, instance), {
    parameterValues: run.parameterValues,
    aggregationControls: !run.disableAggregationControls,
  })
}

/** What the run itself comes to. Errors of the engine are FAILED with its text; a refusal of the query is REJECTED. */
async function outcomeOf(
  ctx: Context,
  row: ExecutionRow & { window: NonNullable<ExecutionRow['window']> },
  compiled: Compiled & { ok: true },
  signal: AbortSignal,
): Promise<Change> {
  const { run } = row
  if (run.dryRun) return { status: 'SUCCEEDED' }
  try {
    const result = await ctx.engine.run(
      { ...compiled.query, window: row.window },
      { signal, timeLimitMs: run.timeoutSeconds * 1000 },
    )
    if (!result.ok) return { status: 'REJECTED', statusReason: reasonOf(compiled.query.sql, result.diagnostics) }
    const outputColumns = result.columns.map(outputColumn)
    const parts = await writeResult(
      ctx.dataDir,
      row.id,
      {
        names: result.columns.map((column) => column.name),
        batches: run.emptyResult ? withoutRows(result.batches) : result.batches,
      },
      {
        dialect: dialectOf(row),
        partBytes: ctx.settings.partBytes,
        metadata: JSON.stringify(formatExecution({ ...row, outputColumns }, true)),
        signal,
      },
    )
    return { status: 'SUCCEEDED', outputColumns, ...(run.skipPublish ? {} : { parts }) }
  } catch (error) {
    signal.throwIfAborted()
    return { status: 'FAILED', statusReason: error instanceof Error ? error.message : String(error) }
  }
}

/** Reads to the end, so that the engine is left as after any run. */
async function* withoutRows<Row>(batches: AsyncIterable<Row[]>): AsyncGenerator<Row[]> {
  for await (const batch of batches) yield batch.slice(0, 0)
}

function dialectOf({ run }: ExecutionRow) {
  const asked = run.definition.outputFormat
  return {
    separator: asked?.separatorCharacter ?? amcDialect.separator,
    quote: asked?.quoteCharacter ?? amcDialect.quote,
    escape: asked?.escapeCharacter ?? amcDialect.escape,
  }
}

function outputColumn({ name, type, elementType, role, precision, scale }: CompiledColumn): OutputColumn {
  return {
    columnType: role,
    dataType:
      elementType === undefined ? type : { type: 'ARRAY', elementDataType: elementType, elementNullable: false },
    name,
    ...(precision === undefined ? {} : { precision }),
    ...(scale === undefined ? {} : { scale }),
  }
}
