import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { requireProvenance, requireResult, ResultGone, type ResultStore } from '#features/executions/index.ts'
import { inWorkspace } from '#platform/db/scope.ts'
import type { Job } from '#platform/jobs/job.ts'
import { inLanes } from '#platform/jobs/lanes.ts'
import { hours, later, seconds } from '#platform/time.ts'
import { exportFiles } from './export-files.ts'
import { ExportImpossible } from './formats/export-impossible.ts'
import { writeExport } from './formats/write-export.ts'
import { makeExportsJobName } from './job-names.ts'
import { claimExport, endExport, type HeldExport, type MadeFile, renewExport, retryExport } from './making.store.ts'

const lease = seconds(8)
const renewEvery = seconds(2)
const retryAfter = seconds(5)
/** What fails three times over for a reason that nobody foresaw will not work. */
const tries = 3
/** How long a file is kept; it can be made again from the stored result. */
const fileLife = hours(24)

/** Writes the files that were asked for, one after the other. */
export function makeExportsJob(results: ResultStore): Job {
  return {
    name: makeExportsJobName,
    everyMs: seconds(1),
    run: (ctx, signal, beat) =>
      inLanes(signal, {
        beat,
        lanes: 1,
        everyMs: seconds(1),
        claim: () => claimExport(ctx.db, ctx.now(), lease),
        work: (held) => inWorkspace(held.workspaceId, () => makeExport(ctx, results, held)),
        onFault: (error) => ctx.log.error({ err: error }, 'work on an export failed'),
      }),
  }
}

async function makeExport(ctx: Ctx, results: ResultStore, held: HeldExport): Promise<void> {
  const renewal = setInterval(() => {
    renewExport(ctx.db, held, later(ctx.now(), lease)).catch((error: unknown) =>
      ctx.log.warn({ err: error, exportId: held.id }, 'the lease of an export was not renewed'),
    )
  }, renewEvery)
  try {
    // Begun so often means that the process died each time.
    if (held.attempt > tries) return await end(ctx, held, { failure: `It was begun ${tries} times and never finished` })
    await end(ctx, held, await writeFile(ctx, results, held))
  } catch (error) {
    await keepFault(ctx, held, error)
  } finally {
    clearInterval(renewal)
  }
}

async function writeFile(ctx: Ctx, results: ResultStore, held: HeldExport): Promise<MadeFile> {
  const files = exportFiles(ctx.files.exports)
  const room = await files.makeRoom(held.id, held.attempt)
  try {
    const result = await requireResult(ctx.db, held.workspaceId, held.executionId)
    const provenance = JSON.stringify(await requireProvenance(ctx.db, held.workspaceId, held.executionId))
    const unfinished = join(room, 'file')
    await results.readWhole(result, room, (duck, from) =>
      writeExport(duck, { from, layout: result.layout, target: unfinished, provenance, ...held }),
    )
    return { rowCount: result.rowCount, ...(await files.keep(held.id, held.attempt, unfinished)) }
  } finally {
    await rm(room, { recursive: true, force: true })
  }
}

async function end(ctx: Ctx, held: HeldExport, how: MadeFile | { failure: string }): Promise<void> {
  const now = ctx.now()
  const ended = await endExport(ctx.db, held, how, { now, expiresAt: later(now, fileLife) })
  if (!ended) return
  const { id: exportId, executionId, format } = held
  if ('failure' in how) ctx.log.warn({ exportId, executionId, format, failure: how.failure }, 'an export failed')
  else ctx.log.info({ exportId, executionId, format, ...how }, 'an export was made')
}

async function keepFault(ctx: Ctx, held: HeldExport, error: unknown): Promise<void> {
  if (error instanceof ExportImpossible) return end(ctx, held, { failure: error.message })
  if (error instanceof Problem && error.type === 'results-past-retention')
    return end(ctx, held, { failure: error.message })
  if (error instanceof ResultGone)
    return end(ctx, held, { failure: 'The file of this result is gone from the server; run the query again' })
  ctx.log.error({ err: error, exportId: held.id, attempt: held.attempt }, 'an export could not be written')
  const now = ctx.now()
  if (held.attempt < tries) return retryExport(ctx.db, held, later(now, retryAfter), now)
  return end(ctx, held, { failure: `The file could not be written in ${tries} tries; the log of the server says why` })
}
