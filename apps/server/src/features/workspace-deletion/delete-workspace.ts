import { Problem, type UserId, type WorkspaceId, finalStatuses } from '@recomamp/contracts'
import { sql } from 'kysely'
import type { Ctx } from '#context.ts'
import { tellEventsJobName } from '#features/events/index.ts'
import { disconnected } from '#features/sign-in/index.ts'
import type { Tx } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import { otherOwners } from './deletion-of.ts'
import { removeWorkspacesJobName } from './job-names.ts'

/**
 * Ends a workspace in one step: nobody is a member, nothing is due in its name and Amazon's tokens are gone; remove-workspaces.job.ts then
 * removes what is left of it. Its people go on in another workspace of theirs, where they have one. A Problem workspace-name-differs, or
 * other-owners while somebody else owns it too.
 */
export async function deleteWorkspace(ctx: Ctx, who: Member, name: string): Promise<void> {
  const now = ctx.now()
  const { workspaceId } = who
  await inTransaction(ctx.db, async (tx) => {
    // First, since who accepts one holds it while becoming a member.
    await tx.deleteFrom('invitations').where('workspace_id', '=', workspaceId).execute()
    const workspace = await tx
      .selectFrom('workspaces')
      .where('id', '=', workspaceId)
      .select('name')
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (workspace.name !== name.trim()) throw new Problem('workspace-name-differs', 'Type its name as it stands there')
    const others = await otherOwners(tx, who)
    if (others.length > 0)
      throw new Problem('other-owners', 'Only the last owner deletes it: the others step down or leave first')
    await endWork(tx, workspaceId, now)
    const people = await peopleOf(tx, workspaceId)
    await endAccess(tx, workspaceId)
    await tx
      .updateTable('workspaces')
      .where('id', '=', workspaceId)
      .set({ deleted_at: now, deleted_people: JSON.stringify(people) })
      .execute()
  })
  // Its own audit log goes with it, so that this line is what remains.
  ctx.log.warn({ workspaceId, userId: who.userId, address: who.from.address }, 'a workspace is deleted by its owner')
  ctx.wake(tellEventsJobName)
  ctx.wake(removeWorkspacesJobName)
}

/** Nothing of it is claimed by any background work from then on; what holds something finds it ended. */
async function endWork(tx: Tx, workspaceId: WorkspaceId, now: Date): Promise<void> {
  await tx
    .updateTable('workflow_executions')
    .where('workspace_id', '=', workspaceId)
    .where('status', 'not in', finalStatuses)
    .set({ status: 'cancelled', finished_at: now, lease_until: null, next_attempt_at: null })
    .execute()
  await tx
    .updateTable('workflow_executions')
    .where('workspace_id', '=', workspaceId)
    .where('cancel_next_at', 'is not', null)
    .set({ cancel_next_at: null })
    .execute()
  await tx
    .updateTable('exports')
    .where('workspace_id', '=', workspaceId)
    .where('status', 'in', ['queued', 'running'])
    .set({ status: 'failed', failure: 'The workspace is deleted', finished_at: now, expires_at: now })
    .execute()
  await tx
    .updateTable('amc_copies')
    .where('workspace_id', '=', workspaceId)
    .where('state', '=', 'waiting')
    .set({ state: 'settled' })
    .execute()
  await tx
    .updateTable('amc_instances')
    .where('workspace_id', '=', workspaceId)
    .set({ schema_next_read_at: null })
    .execute()
  await tx
    .updateTable('webhooks')
    .where('workspace_id', '=', workspaceId)
    .where('paused_at', 'is', null)
    .set({ paused_at: now, paused_reason: 'gone' })
    .execute()
  await tx.updateTable('connections').where('workspace_id', '=', workspaceId).set(disconnected).execute()
}

/** Its members, and who left queries or consents in it. */
async function peopleOf(tx: Tx, workspaceId: WorkspaceId): Promise<UserId[]> {
  const rows = await tx
    .selectFrom('workspace_members')
    .where('workspace_id', '=', workspaceId)
    .select('user_id')
    .union(tx.selectFrom('connections').where('workspace_id', '=', workspaceId).select('user_id'))
    .union(tx.selectFrom('workflows').where('workspace_id', '=', workspaceId).select('user_id'))
    .execute()
  return rows.map((row) => row.user_id)
}

async function endAccess(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  // The one joined first, as a sign-in would choose it.
  await sql`
    update sessions set workspace_id = other.workspace_id
    from (
      select distinct on (user_id) user_id, workspace_id from workspace_members
      where workspace_id <> ${workspaceId}
        and user_id in (select user_id from workspace_members where workspace_id = ${workspaceId})
      order by user_id, created_at, workspace_id
    ) other
    where sessions.workspace_id = ${workspaceId} and sessions.user_id = other.user_id and ended_at is null`.execute(tx)
  await tx.deleteFrom('sessions').where('workspace_id', '=', workspaceId).execute()
  await tx.deleteFrom('personal_tokens').where('workspace_id', '=', workspaceId).execute()
  await tx.updateTable('users').where('last_workspace_id', '=', workspaceId).set({ last_workspace_id: null }).execute()
  await tx.deleteFrom('workspace_members').where('workspace_id', '=', workspaceId).execute()
}
