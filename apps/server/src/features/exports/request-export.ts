import {
  type BodyOf,
  type createExport,
  type ExecutionId,
  type Export,
  Problem,
  xlsxRowLimit,
} from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { requireExecution, requireResult } from '#features/executions/index.ts'
import type { Member } from '#platform/http/app-types.ts'
import { findOrInsertExport } from './exports.store.ts'
import { makeExportsJobName } from './job-names.ts'

/** Records that a file of a result is wanted; make-exports.job.ts writes it. The file of the same kind that there is, or that is
 *  being made, is answered instead: a stored result never changes. */
export async function requestExport(
  ctx: Ctx,
  who: Member,
  executionId: ExecutionId,
  { format, keepsFormulas }: BodyOf<typeof createExport>,
): Promise<Export> {
  const { rowCount } = await requireResult(ctx.db, who.workspaceId, executionId)
  if (format === 'xlsx' && rowCount > xlsxRowLimit)
    throw new Problem(
      'export-not-possible',
      `A sheet of Excel holds ${xlsxRowLimit} rows and this result has ${rowCount}; CSV and Parquet hold all of them`,
    )
  const { workflow, requestedAt } = await requireExecution(ctx.db, who.workspaceId, executionId)
  const wanted = {
    executionId,
    format,
    keepsFormulas: keepsFormulas && format === 'csv',
    fileName: `${fileNameOf(workflow.name)}-${requestedAt.slice(0, 10)}.${format}`,
  }
  const found = await findOrInsertExport(ctx.db, who, wanted, ctx.now())
  if (found.status === 'queued') ctx.wake(makeExportsJobName)
  return found
}

/** A name that every file system takes; letters of any script stay. */
function fileNameOf(name: string): string {
  const plain = name
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
  return plain.slice(0, 60) || 'result'
}
