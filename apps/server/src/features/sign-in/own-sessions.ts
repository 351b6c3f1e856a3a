import {
  Problem,
  type QueryOf,
  type ReplyOf,
  SessionId,
  freshSignInMinutes,
  type listSessions,
} from '@recomamp/contracts'
import { z } from 'zod'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { tellEventsJobName } from '#features/events/index.ts'
import type { Db } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member, Origin } from '#platform/http/app-types.ts'
import { cutPage, earlierThan, readCursor } from '#platform/http/cursor.ts'
import { later, minutes } from '#platform/time.ts'

const Place = z.tuple([z.iso.datetime(), SessionId])

/** A page of the person's sessions that live, the one used last first. */
export async function pageOfSessions(
  db: Db,
  who: Member,
  { limit, cursor }: QueryOf<typeof listSessions>,
  now: Date,
): Promise<ReplyOf<typeof listSessions>> {
  const after = readCursor(cursor, Place)
  const all = living(db, who, now)
  const rows = await all
    .innerJoin('workspaces', 'workspaces.id', 'sessions.workspace_id')
    .where(earlierThan('last_used_at', 'sessions.id', after))
    .orderBy('last_used_at', 'desc')
    .orderBy('sessions.id', 'desc')
    .limit(limit + 1)
    .select(['sessions.id', 'user_agent', 'address', 'sessions.created_at', 'last_used_at', 'expires_at'])
    .select('workspaces.name as workspace')
    .execute()
  const { total } = await all.select((eb) => eb.fn.countAll<string>().as('total')).executeTakeFirstOrThrow()
  const page = cutPage(rows, limit, (row) => [row.last_used_at.toISOString(), row.id])
  return {
    items: page.rows.map((row) => ({
      id: row.id,
      userAgent: row.user_agent,
      address: row.address,
      workspace: row.workspace,
      createdAt: row.created_at.toISOString(),
      lastUsedAt: row.last_used_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
      current: who.via.kind === 'session' && who.via.id === row.id,
    })),
    total: Number(total),
    nextCursor: page.nextCursor,
  }
}

/** Ends one of the person's own sessions; a Problem session-not-found, or sign-in-too-old where it is another one than that which asks. */
export async function endOwnSession(ctx: Ctx, who: Member, sessionId: SessionId): Promise<void> {
  const ended = await endLiving(ctx, who, (id) => id === sessionId)
  if (ended === 0) throw new Problem('session-not-found')
}

/** Ends all sessions of the person but the one that asks, and answers how many; a Problem sign-in-too-old. */
export function endOtherSessions(ctx: Ctx, who: Member): Promise<number> {
  return endLiving(ctx, who, (id) => id !== who.via.id)
}

async function endLiving(ctx: Ctx, who: Member, isMeant: (id: SessionId) => boolean): Promise<number> {
  const now = ctx.now()
  const ended = await inTransaction(ctx.db, async (tx) => {
    const rows = await living(tx, who, now).select(['id', 'created_at']).forUpdate().execute()
    const ids = rows.map(({ id }) => id).filter(isMeant)
    if (ids.length === 0) return 0
    const own = rows.find(({ id }) => id === who.via.id)
    if (ids.some((id) => id !== own?.id) && !isFresh(own, now))
      throw new Problem(
        'sign-in-too-old',
        `Other sessions can be ended for ${freshSignInMinutes} minutes after a sign-in`,
      )
    await tx.updateTable('sessions').where('id', 'in', ids).set({ ended_at: now }).execute()
    const deeds = ids.map((id) => ({ action: 'session-ended', object: { kind: 'session', id } }) as const)
    await recordAudit(tx, who, deeds, now)
    return ids.length
  })
  // The streams of the sessions end with them.
  ctx.wake(tellEventsJobName)
  return ended
}

function isFresh(own: { created_at: Date } | undefined, now: Date): boolean {
  return own !== undefined && later(own.created_at, minutes(freshSignInMinutes)) > now
}

/** Ends a session as its person asks, by its cookie or its token; one that is over already stays as it is. */
export async function signOut(ctx: Ctx, sessionId: SessionId, from: Origin): Promise<void> {
  const now = ctx.now()
  await inTransaction(ctx.db, async (tx) => {
    const session = await tx
      .updateTable('sessions')
      .where('id', '=', sessionId)
      .where('ended_at', 'is', null)
      .set({ ended_at: now })
      .returning(['user_id', 'workspace_id'])
      .executeTakeFirst()
    if (session === undefined) return
    const { user_id: userId, workspace_id: workspaceId } = session
    // What the person may do here is of no account for leaving.
    const who: Member = { userId, workspaceId, role: 'viewer', via: { kind: 'session', id: sessionId }, from }
    await recordAudit(tx, who, { action: 'signed-out', object: { kind: 'session', id: sessionId } }, now)
  })
}

function living(db: Db, { userId }: Member, now: Date) {
  return db
    .selectFrom('sessions')
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
}
