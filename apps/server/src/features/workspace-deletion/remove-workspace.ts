import type { UserId, WorkspaceId } from '@recomamp/contracts'
import { sql } from 'kysely'
import type { Ctx } from '#context.ts'
import { removeEntries } from '#features/audit/index.ts'
import type { ResultStore } from '#features/executions/index.ts'
import { exportFiles } from '#features/exports/index.ts'
import type { Database, Db } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import { repeatParts } from '#platform/jobs/parts.ts'

const runsAtOnce = 100
const rowsAtOnce = 1000

/** Every table with rows of a workspace beside the runs, which have files, and the audit log, which is guarded: what refers to another
 *  one first. */
const tables = [
  'webhook_attempts',
  'webhook_deliveries',
  'webhooks',
  'workflow_drafts',
  'amc_copies',
  'workflow_versions',
  'workflows',
  'query_templates',
  'schema_snapshots',
  'live_schemas',
  'amc_instances',
  'amc_accounts',
  'connections',
  'events',
  'invitations',
  'personal_tokens',
  'sessions',
  'workspace_members',
] as const satisfies readonly (keyof Database)[]

/** Removes everything of a deleted workspace, files before their rows, and at last its own row; whatever stops it, it can be asked again.
 *  What background work was still writing at that moment is found by a later round: the row goes only once nothing refers to it. */
export async function removeWorkspace(
  ctx: Ctx,
  results: ResultStore,
  id: WorkspaceId,
  goesOn: () => boolean,
): Promise<void> {
  await repeatParts(goesOn, () => removeRuns(ctx, results, id))
  for (const table of tables) await repeatParts(goesOn, () => removeRows(ctx.db, table, id))
  // The database lets the log of a deleted workspace go.
  await repeatParts(goesOn, () =>
    removeEntries(ctx.db, (tx) =>
      tx.selectFrom('audit_log').where('workspace_id', '=', id).limit(rowsAtOnce).select('id'),
    ),
  )
  if (!goesOn()) return
  const { deleted_people: people } = await ctx.db
    .selectFrom('workspaces')
    .where('id', '=', id)
    .select('deleted_people')
    .executeTakeFirstOrThrow()
  for (const userId of people ?? []) await removePerson(ctx.db, userId)
  await ctx.db.updateTable('users').where('last_workspace_id', '=', id).set({ last_workspace_id: null }).execute()
  if (await unlessReferred(ctx.db.deleteFrom('workspaces').where('id', '=', id)))
    ctx.log.info({ workspaceId: id }, 'nothing is left of a deleted workspace')
  else
    ctx.log.info(
      { workspaceId: id },
      'something was written into a deleted workspace; it is removed with the next round',
    )
}

/** Runs with their files: results, exports, and what downloads have left behind. */
async function removeRuns({ db, files }: Ctx, results: ResultStore, workspaceId: WorkspaceId): Promise<number> {
  const runs = await db
    .selectFrom('workflow_executions')
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .limit(runsAtOnce)
    .select('id')
    .execute()
  if (runs.length === 0) return 0
  const ids = runs.map((run) => run.id)
  const exported = await db
    .selectFrom('exports')
    .where('workspace_id', '=', workspaceId)
    .where('execution_id', 'in', ids)
    .select('id')
    .execute()
  for (const { id } of exported) await exportFiles(files.exports).remove(id)
  for (const id of ids) await results.remove(id)
  await inTransaction(db, async (tx) => {
    await tx.deleteFrom('idempotency_keys').where('execution_id', 'in', ids).execute()
    await tx.deleteFrom('exports').where('execution_id', 'in', ids).execute()
    await tx.deleteFrom('workflow_executions').where('id', 'in', ids).execute()
  })
  return ids.length
}

async function removeRows(db: Db, table: (typeof tables)[number], workspaceId: WorkspaceId): Promise<number> {
  const name = sql.table(table)
  const { numAffectedRows } = await sql`
    delete from ${name} where workspace_id = ${workspaceId} and ctid = any (array(
      select ctid from ${name} where workspace_id = ${workspaceId} limit ${rowsAtOnce}))`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/** Somebody who belongs to no workspace any more and whom nothing names, in any workspace: the database knows. */
async function removePerson(db: Db, id: UserId): Promise<void> {
  await unlessReferred(db.deleteFrom('users').where('id', '=', id))
}

async function unlessReferred(deletion: { execute(): Promise<unknown> }): Promise<boolean> {
  try {
    await deletion.execute()
    return true
  } catch (error) {
    const isReferred = error instanceof Error && 'code' in error && error.code === '23503'
    if (!isReferred) throw error
    return false
  }
}
