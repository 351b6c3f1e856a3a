import { type AmcWorkflowId, InlineWorkflowSent } from '@recomamp/amc-wire'
import type { CopyId, InstanceId, WorkflowId, WorkspaceId } from '@recomamp/contracts'
import { sql } from 'kysely'
import { recordEvent } from '#features/events/index.ts'
import { claimRows } from '#platform/db/leases.ts'
import type { CopyFailure, Db } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'

/** A copy that a worker brings to what is wanted. */
export interface HeldCopy {
  id: CopyId
  workspaceId: WorkspaceId
  workflowId: WorkflowId
  instanceId: InstanceId
  amcWorkflowId: AmcWorkflowId
  wanted: 'stored' | 'removed'
  version: number
  definition: InlineWorkflowSent
  hash: string
  /** What AMC had for certain before; null where that is not known. */
  before: { version: number; hash: string } | null
  /** AMC has confirmed a copy at some time. */
  wasStored: boolean
  attempts: number
}

/** Takes the copy that has waited longest; null when none is due. From the claim on no run is sent by it. */
export async function claimCopy(db: Db, now: Date, leaseMs: number): Promise<HeldCopy | null> {
  const [id] = await claimRows<CopyId>(db, {
    table: 'amc_copies',
    lease: 'lease_until',
    due: sql`state = 'waiting' and (next_attempt_at is null or next_attempt_at <= ${now})`,
    first: sql`next_attempt_at nulls first`,
    now,
    leaseMs,
    limit: 1,
  })
  if (id === undefined) return null
  const row = await db.selectFrom('amc_copies').where('id', '=', id).selectAll().executeTakeFirstOrThrow()
  const { stored_version: version, stored_hash: hash } = row
  return {
    id,
    workspaceId: row.workspace_id,
    workflowId: row.workflow_id,
    instanceId: row.instance_id,
    amcWorkflowId: row.amc_workflow_id,
    wanted: row.wanted,
    version: row.version,
    definition: InlineWorkflowSent.parse(row.definition),
    hash: row.hash,
    before: version === null || hash === null ? null : { version, hash },
    wasStored: row.synced_at !== null,
    attempts: row.attempts,
  }
}

/** Whether AMC may still have to read the copy for a run that was sent by it. */
export async function isNeededByRuns(db: Db, { instanceId, amcWorkflowId }: HeldCopy): Promise<boolean> {
  const row = await db
    .selectFrom('workflow_executions')
    .where('instance_id', '=', instanceId)
    .where('amc_workflow_id', '=', amcWorkflowId)
    .where('status', 'in', ['submitting', 'pending'])
    .select('id')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Keeps that nobody knows what AMC has: a change is about to be sent, whose answer may be lost. */
export async function forgetStored(db: Db, { id }: HeldCopy): Promise<void> {
  await db.updateTable('amc_copies').where('id', '=', id).set({ stored_version: null, stored_hash: null }).execute()
}

/** Keeps what AMC has confirmed. What was wished for meanwhile stays to be done. */
export async function keepStored(db: Db, held: HeldCopy, now: Date): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx
      .updateTable('amc_copies')
      .where('id', '=', held.id)
      .set((eb) => ({
        stored_version: held.version,
        stored_hash: held.hash,
        synced_at: now,
        state: eb
          .case()
          .when(eb.and([eb('wanted', '=', 'stored'), eb('hash', '=', held.hash)]))
          .then('settled' as const)
          .else('waiting' as const)
          .end(),
        failure: null,
        lease_until: null,
        attempts: 0,
        updated_at: now,
      }))
      .execute()
    await recordEvent(tx, held.workspaceId, eventOf(held), now)
  })
}

/** Ends a copy that AMC says it no longer has; one that is wanted again meanwhile is made anew. */
export async function keepRemoved(db: Db, held: HeldCopy, now: Date): Promise<void> {
  await inTransaction(db, async (tx) => {
    const gone = await tx
      .deleteFrom('amc_copies')
      .where('id', '=', held.id)
      .where('wanted', '=', 'removed')
      .returning('id')
      .executeTakeFirst()
    if (gone === undefined)
      await tx
        .updateTable('amc_copies')
        .where('id', '=', held.id)
        .set({ stored_version: null, stored_hash: null, synced_at: null, lease_until: null, updated_at: now })
        .execute()
    await recordEvent(tx, held.workspaceId, eventOf(held), now)
  })
}

/** Keeps why AMC does not have what is wanted, and when it is asked again; null ends the trying, and AMC has what it had. */
export async function keepFailure(
  db: Db,
  held: HeldCopy,
  failure: CopyFailure,
  again: Date | null,
  now: Date,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx
      .updateTable('amc_copies')
      .where('id', '=', held.id)
      .set((eb) => ({
        ...(again === null
          ? { stored_version: held.before?.version ?? null, stored_hash: held.before?.hash ?? null }
          : {}),
        // A wish that came meanwhile is still to be tried.
        state: eb
          .case()
          .when(eb.and([eb.val(again === null), eb('wanted', '=', held.wanted), eb('hash', '=', held.hash)]))
          .then('failed' as const)
          .else('waiting' as const)
          .end(),
        failure: JSON.stringify(failure),
        next_attempt_at: again,
        lease_until: null,
        attempts: eb('attempts', '+', 1),
        updated_at: now,
      }))
      .execute()
    // The same words again tell nothing new.
    if (again === null || held.attempts === 0) await recordEvent(tx, held.workspaceId, eventOf(held), now)
  })
}

function eventOf({ workflowId, instanceId }: HeldCopy) {
  return { type: 'copy-changed', workflowId, instanceId } as const
}
