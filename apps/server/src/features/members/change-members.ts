import {
  type BodyOf,
  Problem,
  type ReplyOf,
  type Role,
  type UserId,
  type WorkspaceMember,
  type signEverybodyOut,
} from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { tellEventsJobName } from '#features/events/index.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import {
  deleteMember,
  endSessions,
  holdWorkspace,
  requireMember,
  requireOtherOwner,
  revokeTokens,
  setRole,
} from './members.store.ts'

/** Gives a member another role; a Problem member-not-found, or last-owner where nobody else would own the workspace. */
export async function changeRole(ctx: Ctx, who: Member, userId: UserId, role: Role): Promise<WorkspaceMember> {
  return inTransaction(ctx.db, async (tx) => {
    await holdWorkspace(tx, who.workspaceId)
    const member = await requireMember(tx, who.workspaceId, userId)
    if (member.role === role) return member
    if (member.role === 'owner') await requireOtherOwner(tx, who.workspaceId, userId)
    await setRole(tx, who.workspaceId, userId, role)
    const detail = { from: member.role, to: role }
    await recordAudit(tx, who, { action: 'role-changed', object: objectOf(member), detail }, ctx.now())
    return { ...member, role }
  })
}

/** Takes a member out of the workspace, or lets the person leave; a Problem member-not-found or last-owner. */
export async function removeMember(ctx: Ctx, who: Member, userId: UserId): Promise<void> {
  const now = ctx.now()
  await inTransaction(ctx.db, async (tx) => {
    await holdWorkspace(tx, who.workspaceId)
    const member = await requireMember(tx, who.workspaceId, userId)
    if (member.role === 'owner') await requireOtherOwner(tx, who.workspaceId, userId)
    await deleteMember(tx, who.workspaceId, userId, now)
    const action = userId === who.userId ? 'member-left' : 'member-removed'
    await recordAudit(tx, who, { action, object: objectOf(member), detail: { role: member.role } }, now)
  })
  // Their streams end with their sessions.
  ctx.wake(tellEventsJobName)
}

/** Ends a member's sessions in the workspace, or with null everybody's, but never the one that asks; access tokens likewise where that is
 *  asked for. A Problem member-not-found. */
export async function signOutMembers(
  ctx: Ctx,
  who: Member,
  userId: UserId | null,
  { accessTokens }: BodyOf<typeof signEverybodyOut>,
): Promise<ReplyOf<typeof signEverybodyOut>> {
  const now = ctx.now()
  const ended = await inTransaction(ctx.db, async (tx) => {
    const deed =
      userId === null
        ? ({ action: 'everybody-signed-out', object: { kind: 'workspace', id: who.workspaceId } } as const)
        : ({
            action: 'member-signed-out',
            object: objectOf(await requireMember(tx, who.workspaceId, userId)),
          } as const)
    const whose = { workspaceId: who.workspaceId, userId, but: who.via }
    const detail = {
      sessions: await endSessions(tx, whose, now),
      accessTokens: accessTokens ? await revokeTokens(tx, whose, now) : 0,
    }
    await recordAudit(tx, who, { ...deed, detail }, now)
    return detail
  })
  // Their streams end with their sessions.
  ctx.wake(tellEventsJobName)
  return ended
}

/** Makes another member an owner and the caller an analyst, in one step; a Problem member-not-found. */
export async function transferWorkspace(ctx: Ctx, who: Member, userId: UserId): Promise<WorkspaceMember> {
  return inTransaction(ctx.db, async (tx) => {
    await holdWorkspace(tx, who.workspaceId)
    const member = await requireMember(tx, who.workspaceId, userId)
    if (userId === who.userId) throw new Problem('member-not-found', 'Choose another member than yourself')
    await setRole(tx, who.workspaceId, userId, 'owner')
    await setRole(tx, who.workspaceId, who.userId, 'analyst')
    await recordAudit(tx, who, { action: 'workspace-transferred', object: objectOf(member) }, ctx.now())
    return { ...member, role: 'owner' }
  })
}

function objectOf({ id, name, email }: WorkspaceMember) {
  return { kind: 'member', id, name: name ?? email } as const
}
