import { Problem, type WorkspaceId } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { tellEventsJobName } from '#features/events/index.ts'
import { acrossWorkspaces } from '#platform/db/scope.ts'
import type { Tx } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'

/** Renames the workspace that the person is in. */
export async function renameWorkspace(ctx: Ctx, who: Member, name: string): Promise<{ id: WorkspaceId; name: string }> {
  await inTransaction(ctx.db, async (tx) => {
    await tx.updateTable('workspaces').where('id', '=', who.workspaceId).set({ name }).execute()
    const object = { kind: 'workspace', id: who.workspaceId, name } as const
    await recordAudit(tx, who, { action: 'workspace-renamed', object }, ctx.now())
  })
  return { id: who.workspaceId, name }
}

/** Leads the session into another workspace of the person; a Problem workspace-not-found. Streams of the old one end. */
export async function enterWorkspace(ctx: Ctx, who: Member, workspaceId: WorkspaceId): Promise<void> {
  const enter = async (tx: Tx) => {
    const member = await tx
      .selectFrom('workspace_members')
      .where('workspace_id', '=', workspaceId)
      .where('user_id', '=', who.userId)
      .select('user_id')
      .executeTakeFirst()
    if (member === undefined) throw new Problem('workspace-not-found')
    await leadInto(tx, who, workspaceId)
  }
  await acrossWorkspaces(() => inTransaction(ctx.db, enter))
  ctx.wake(tellEventsJobName)
}

/** Access tokens that name the workspace before are refused from then on, and every tab renews its own. */
export async function leadInto(tx: Tx, who: Member, workspaceId: WorkspaceId): Promise<void> {
  if (who.via.kind !== 'session') throw new Error('only a session can go into another workspace')
  await tx.updateTable('sessions').where('id', '=', who.via.id).set({ workspace_id: workspaceId }).execute()
  await tx.updateTable('users').where('id', '=', who.userId).set({ last_workspace_id: workspaceId }).execute()
}
