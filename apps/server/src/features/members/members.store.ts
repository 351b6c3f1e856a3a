import {
  Problem,
  type QueryOf,
  type ReplyOf,
  type Role,
  UserId,
  type WorkspaceMember,
  type listMembers,
} from '@recomamp/contracts'
import type { WorkspaceId } from '@recomamp/contracts'
import { type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import type { Db, Tx } from '#platform/db/tables.ts'
import type { Member } from '#platform/http/app-types.ts'
import { cutPage, readCursor } from '#platform/http/cursor.ts'

const Place = z.tuple([z.iso.datetime(), UserId])

/** A page of the members, who came first first. */
export async function pageOfMembers(
  db: Db,
  workspaceId: WorkspaceId,
  { limit, cursor }: QueryOf<typeof listMembers>,
): Promise<ReplyOf<typeof listMembers>> {
  const after = readCursor(cursor, Place)
  const rows = await members(db, workspaceId)
    .$if(after !== null, (some) =>
      some.where(
        sql<SqlBool>`(date_trunc('milliseconds', member.created_at), member.user_id) > (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`,
      ),
    )
    .orderBy(sql`date_trunc('milliseconds', member.created_at)`)
    .orderBy('member.user_id')
    .limit(limit + 1)
    .execute()
  const { total } = await db
    .selectFrom('workspace_members')
    .where('workspace_id', '=', workspaceId)
    .select((eb) => eb.fn.countAll<string>().as('total'))
    .executeTakeFirstOrThrow()
  const page = cutPage(rows, limit, (row) => [row.created_at.toISOString(), row.user_id])
  return { items: page.rows.map(toMember), total: Number(total), nextCursor: page.nextCursor }
}

/** One member; a Problem member-not-found. */
export async function requireMember(db: Db, workspaceId: WorkspaceId, userId: UserId): Promise<WorkspaceMember> {
  const row = await members(db, workspaceId).where('member.user_id', '=', userId).executeTakeFirst()
  if (row === undefined) throw new Problem('member-not-found')
  return toMember(row)
}

/** Holds the workspace, so that two owners who step down at one moment take turns and one of them stays. */
export async function holdWorkspace(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await tx.selectFrom('workspaces').where('id', '=', workspaceId).select('id').forUpdate().execute()
}

/** A Problem last-owner where nobody else owns the workspace. To be asked while it is held. */
export async function requireOtherOwner(tx: Tx, workspaceId: WorkspaceId, userId: UserId): Promise<void> {
  const other = await tx
    .selectFrom('workspace_members')
    .where('workspace_id', '=', workspaceId)
    .where('role', '=', 'owner')
    .where('user_id', '!=', userId)
    .select('user_id')
    .executeTakeFirst()
  if (other === undefined)
    throw new Problem('last-owner', 'Make another member an owner first, or hand the workspace over')
}

export async function setRole(tx: Tx, workspaceId: WorkspaceId, userId: UserId, role: Role): Promise<void> {
  await tx
    .updateTable('workspace_members')
    .where('workspace_id', '=', workspaceId)
    .where('user_id', '=', userId)
    .set({ role })
    .execute()
}

/** Ends a membership with the sessions and access tokens that live by it; what the person wrote and consented to stays. */
export async function deleteMember(tx: Tx, workspaceId: WorkspaceId, userId: UserId, now: Date): Promise<void> {
  await tx
    .deleteFrom('workspace_members')
    .where('workspace_id', '=', workspaceId)
    .where('user_id', '=', userId)
    .execute()
  const whose = { workspaceId, userId, but: null }
  await endSessions(tx, whose, now)
  await revokeTokens(tx, whose, now)
}

/** Ways into a workspace: one member's, or everybody's where `userId` is null. */
interface Whose {
  readonly workspaceId: WorkspaceId
  readonly userId: UserId | null
  /** The session or access token that stays. */
  readonly but: Member['via'] | null
}

/** Ends the sessions that live and answers how many. */
export async function endSessions(tx: Tx, { workspaceId, userId, but }: Whose, now: Date): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('sessions')
    .where('workspace_id', '=', workspaceId)
    .$if(userId !== null, (all) => all.where('user_id', '=', userId))
    .where('id', 'is distinct from', but?.kind === 'session' ? but.id : null)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .set({ ended_at: now })
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

/** Ends the access tokens that live and answers how many. */
export async function revokeTokens(tx: Tx, { workspaceId, userId, but }: Whose, now: Date): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('personal_tokens')
    .where('workspace_id', '=', workspaceId)
    .$if(userId !== null, (all) => all.where('user_id', '=', userId))
    .where('id', 'is distinct from', but?.kind === 'token' ? but.id : null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .set({ revoked_at: now })
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

function members(db: Db, workspaceId: WorkspaceId) {
  return db
    .selectFrom('workspace_members as member')
    .innerJoin('users', 'users.id', 'member.user_id')
    .where('member.workspace_id', '=', workspaceId)
    .select(['member.user_id', 'member.role', 'member.created_at', 'users.name', 'users.email'])
    .select((eb) => [
      eb
        .selectFrom('connections')
        .whereRef('connections.user_id', '=', 'member.user_id')
        .where('connections.workspace_id', '=', workspaceId)
        .where('reconnect_reason', 'is distinct from', 'disconnected')
        .select(eb.fn.countAll<string>().as('count'))
        .as('connections'),
      sql<Date | null>`(
        select max(used) from (
          select last_used_at as used from sessions
            where workspace_id = ${workspaceId} and user_id = member.user_id
          union all
          select last_used_at from personal_tokens where workspace_id = ${workspaceId} and user_id = member.user_id
        ) uses)`.as('last_seen_at'),
    ])
}

function toMember(row: {
  user_id: UserId
  role: Role
  created_at: Date
  name: string | null
  email: string | null
  connections: string | null
  last_seen_at: Date | null
}): WorkspaceMember {
  return {
    id: row.user_id,
    name: row.name,
    email: row.email,
    role: row.role,
    joinedAt: row.created_at.toISOString(),
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
    connections: Number(row.connections ?? 0),
  }
}
