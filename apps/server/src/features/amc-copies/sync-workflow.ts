import { AmcWorkflowId } from '@recomamp/amc-wire'
import { type AmcCopy, type BodyOf, CopyId, type WorkflowId, type syncWorkflow as endpoint } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { recordEvent } from '#features/events/index.ts'
import { requireInstance } from '#features/instances/index.ts'
import { requireOutOfTrash, requireVersion } from '#features/workflows/index.ts'
import type { Tx } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import { compileDefinition, copyImpossible } from './compile-definition.ts'
import { requireCopy } from './copies.rows.ts'
import { syncJobName } from './job-names.ts'

/** Keeps the wish that AMC has a version of a query; a job carries it out. Nothing is asked of AMC when it has that text already. */
export async function syncWorkflow(
  ctx: Ctx,
  who: Member,
  workflowId: WorkflowId,
  wish: BodyOf<typeof endpoint>,
): Promise<AmcCopy> {
  const { instanceId, privacyFilteringBehavior } = wish
  await requireOutOfTrash(ctx.db, who.workspaceId, workflowId)
  const version = await requireVersion(ctx.db, who.workspaceId, workflowId, wish.version)
  await requireInstance(ctx.db, who.workspaceId, instanceId)
  const compiled = compileDefinition({ ...version, parameters: [...version.parameters] }, privacyFilteringBehavior)
  if (!compiled.ok) throw copyImpossible(version.sqlQuery, compiled.diagnostics)
  const { definition, hash } = compiled
  await inTransaction(ctx.db, (tx) => keepWish(tx, who, workflowId, { ...wish, definition, hash }, ctx.now()))
  ctx.wake(syncJobName)
  return requireCopy(ctx.db, who.workspaceId, workflowId, instanceId)
}

async function keepWish(
  tx: Tx,
  who: Member,
  workflowId: WorkflowId,
  wish: BodyOf<typeof endpoint> & { definition: unknown; hash: string },
  now: Date,
): Promise<void> {
  const { instanceId, version, hash } = wish
  const known = await tx
    .selectFrom('amc_copies')
    .where('workspace_id', '=', who.workspaceId)
    .where('workflow_id', '=', workflowId)
    .where('instance_id', '=', instanceId)
    .forUpdate()
    .select(['id', 'wanted', 'state', 'stored_hash', 'privacy_filtering_behavior'])
    .executeTakeFirst()
  const wanted = {
    wanted: 'stored',
    version,
    privacy_filtering_behavior: wish.privacyFilteringBehavior,
    definition: JSON.stringify(wish.definition),
    hash,
    updated_at: now,
  } as const
  const waits = { state: 'waiting', failure: null, next_attempt_at: now, attempts: 0 } as const
  if (known === undefined)
    await tx
      .insertInto('amc_copies')
      .values({
        id: CopyId.parse(crypto.randomUUID()),
        workspace_id: who.workspaceId,
        workflow_id: workflowId,
        instance_id: instanceId,
        amc_workflow_id: amcWorkflowIdOf(workflowId),
        ...wanted,
        ...waits,
      })
      // Two wishes at one moment: the other one's row stands, and is carried out.
      .onConflict((conflict) => conflict.columns(['workflow_id', 'instance_id']).doNothing())
      .execute()
  else {
    const isThere = known.wanted === 'stored' && known.state === 'settled' && known.stored_hash === hash
    await tx
      .updateTable('amc_copies')
      .where('id', '=', known.id)
      .set({ ...wanted, ...(isThere ? { stored_version: version } : waits) })
      .execute()
  }
  const detail = { instanceId, version }
  await recordAudit(tx, who, { action: 'copy-asked-for', object: { kind: 'query', id: workflowId }, detail }, now)
  await recordEvent(tx, who.workspaceId, { type: 'copy-changed', workflowId, instanceId }, now)
}

/** The copy's id at AMC follows from ours alone, so that a new name or a lost answer never makes a second copy. */
function amcWorkflowIdOf(workflowId: WorkflowId): AmcWorkflowId {
  return AmcWorkflowId.parse(`recomamp-query-${workflowId}`)
}
