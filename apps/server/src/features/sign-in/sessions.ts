import { SessionId, type UserId, type WorkspaceId } from '@recomamp/contracts'
import type { Db } from '#platform/db/tables.ts'
import { hours, later, seconds } from '#platform/time.ts'
import type { RefreshClaim } from './refresh-tokens.ts'

/** A session ends after this time without use. */
export const sessionIdleLife = hours(24)
/** Two tabs, or an answer that got lost, may present the token that was just replaced. */
export const replacedTokenGrace = seconds(30)

/** Begins a session; the generation of its first refresh token is 1. */
export async function beginSession(
  db: Db,
  session: { userId: UserId; workspaceId: WorkspaceId; userAgent: string | null },
  now: Date,
): Promise<RefreshClaim> {
  const id = SessionId.parse(crypto.randomUUID())
  await db
    .insertInto('sessions')
    .values({
      id,
      user_id: session.userId,
      workspace_id: session.workspaceId,
      rotated_at: now,
      created_at: now,
      last_used_at: now,
      expires_at: later(now, sessionIdleLife),
      user_agent: session.userAgent?.slice(0, 300) ?? null,
    })
    .execute()
  return { sessionId: id, generation: 1 }
}

export interface RenewedSession {
  readonly claim: RefreshClaim
  readonly userId: UserId
  readonly workspaceId: WorkspaceId
}

/** Renews a session by a refresh token's claim: the current token is replaced by its successor, the one replaced less than
 *  30 s ago is answered with that same successor, an older one ends the session, since somebody has a copy. Null = ended. */
export async function renewSession(db: Db, claim: RefreshClaim, now: Date): Promise<RenewedSession | null> {
  const session = await db
    .updateTable('sessions')
    .where('id', '=', claim.sessionId)
    .where('generation', '=', claim.generation)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .set({
      generation: claim.generation + 1,
      rotated_at: now,
      last_used_at: now,
      expires_at: later(now, sessionIdleLife),
    })
    .returning(['user_id', 'workspace_id'])
    .executeTakeFirst()
  if (session !== undefined)
    return {
      claim: { sessionId: claim.sessionId, generation: claim.generation + 1 },
      userId: session.user_id,
      workspaceId: session.workspace_id,
    }
  return renewByReplacedToken(db, claim, now)
}

async function renewByReplacedToken(db: Db, claim: RefreshClaim, now: Date): Promise<RenewedSession | null> {
  const session = await db
    .selectFrom('sessions')
    .where('id', '=', claim.sessionId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .select(['user_id', 'workspace_id', 'generation', 'rotated_at'])
    .executeTakeFirst()
  if (session === undefined) return null
  const justReplaced =
    session.generation === claim.generation + 1 && later(session.rotated_at, replacedTokenGrace) > now
  if (!justReplaced) {
    await endSession(db, claim.sessionId, now)
    return null
  }
  return {
    claim: { sessionId: claim.sessionId, generation: session.generation },
    userId: session.user_id,
    workspaceId: session.workspace_id,
  }
}

export async function endSession(db: Db, sessionId: SessionId, now: Date): Promise<void> {
  await db
    .updateTable('sessions')
    .where('id', '=', sessionId)
    .where('ended_at', 'is', null)
    .set({ ended_at: now })
    .execute()
}

/** Whether sessions still live. Known answers are kept for a second, so that a busy session costs one look-up a second;
 *  what this process ends is known at once, what another one ends a second later. */
export interface LiveSessions {
  isLive(sessionId: SessionId, now: Date): boolean | Promise<boolean>
  /** Forgets what was known, after this process has ended the session. */
  forget(sessionId: SessionId): void
}

const knownFor = seconds(1)

export function createLiveSessions(db: Db): LiveSessions {
  const known = new Map<SessionId, { live: boolean; until: number }>()

  async function look(sessionId: SessionId, now: Date): Promise<boolean> {
    const row = await db
      .selectFrom('sessions')
      .where('id', '=', sessionId)
      .where('ended_at', 'is', null)
      .where('expires_at', '>', now)
      .select('id')
      .executeTakeFirst()
    if (known.size >= 10_000) known.clear()
    known.set(sessionId, { live: row !== undefined, until: now.getTime() + knownFor })
    return row !== undefined
  }

  return {
    isLive(sessionId, now) {
      const found = known.get(sessionId)
      return found !== undefined && found.until > now.getTime() ? found.live : look(sessionId, now)
    },
    forget(sessionId) {
      known.delete(sessionId)
    },
  }
}
