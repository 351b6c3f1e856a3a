import { Role, SessionId, type UserId, type WorkspaceId } from '@recomamp/contracts'
import { acrossWorkspaces } from '#platform/db/scope.ts'
import type { Db, Tx } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import { hours, later, seconds } from '#platform/time.ts'
import type { Identity, Origin } from '#platform/http/app-types.ts'
import type { SharedCache } from '#platform/redis/shared-cache.ts'
import type { RefreshClaim } from './refresh-tokens.ts'

/** A session ends after this time without use. */
export const sessionIdleLife = hours(24)
/** A session ends after this time however much it is used (30 days: NIST SP 800-63B for the lowest level). */
const sessionLife = hours(30 * 24)
/** Two tabs, or an answer that got lost, may present the token that was just replaced. */
export const replacedTokenGrace = seconds(30)

/** Begins a session; the generation of its first refresh token is 1. The one that it replaces ends with the first renewal: before it
 *  nobody knows whether the browser has got the new cookie. */
export async function beginSession(
  db: Db,
  session: { userId: UserId; workspaceId: WorkspaceId; from: Origin; replaces: SessionId | null },
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
      user_agent: session.from.userAgent,
      address: session.from.address,
      replaces_session: session.replaces,
    })
    .execute()
  return { sessionId: id, generation: 1 }
}

export interface RenewedSession {
  readonly claim: RefreshClaim
  readonly userId: UserId
  readonly workspaceId: WorkspaceId
  /** Whether the session that this one replaces has ended with it. */
  readonly endedSession: boolean
}

/** One renewal: the key is the browser's, the same for each try until it has got an answer. */
interface Renewal {
  readonly claim: RefreshClaim
  readonly key: string | null
  readonly from: Origin
}

/** Renews a session by a refresh token's claim: the current token is replaced by its successor. The one that was replaced is answered
 *  with that same successor for 30 s, and as long as it comes with the key that it was replaced under: its answer was lost. An older one
 *  ends the session, since somebody has a copy. Null = ended. */
export async function renewSession(db: Db, renewal: Renewal, now: Date): Promise<RenewedSession | null> {
  return inTransaction(
    db,
    async (tx) => (await renewByToken(tx, renewal, now)) ?? renewByReplacedToken(tx, renewal, now),
  )
}

async function renewByToken(tx: Tx, { claim, key, from }: Renewal, now: Date): Promise<RenewedSession | null> {
  const session = await tx
    .updateTable('sessions')
    .where('id', '=', claim.sessionId)
    .where('generation', '=', claim.generation)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .where('created_at', '>', later(now, -sessionLife))
    .set({
      generation: claim.generation + 1,
      rotated_at: now,
      last_used_at: now,
      expires_at: later(now, sessionIdleLife),
      address: from.address,
      user_agent: from.userAgent,
      renewal_key: key,
    })
    .returning(['user_id', 'workspace_id', 'replaces_session'])
    .executeTakeFirst()
  if (session === undefined) return null
  const replaced = session.replaces_session
  if (replaced !== null) {
    await endSession(tx, replaced, now)
    await tx.updateTable('sessions').where('id', '=', claim.sessionId).set({ replaces_session: null }).execute()
  }
  return {
    claim: { sessionId: claim.sessionId, generation: claim.generation + 1 },
    userId: session.user_id,
    workspaceId: session.workspace_id,
    endedSession: replaced !== null,
  }
}

async function renewByReplacedToken(tx: Tx, { claim, key }: Renewal, now: Date): Promise<RenewedSession | null> {
  const session = await tx
    .selectFrom('sessions')
    .where('id', '=', claim.sessionId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .where('created_at', '>', later(now, -sessionLife))
    .select(['user_id', 'workspace_id', 'generation', 'rotated_at', 'renewal_key'])
    .executeTakeFirst()
  if (session === undefined) return null
  const isRepeated = key !== null && session.renewal_key === key
  const isYoung = later(session.rotated_at, replacedTokenGrace) > now
  if (session.generation !== claim.generation + 1 || !(isYoung || isRepeated)) {
    await endSession(tx, claim.sessionId, now)
    return null
  }
  return {
    claim: { sessionId: claim.sessionId, generation: session.generation },
    userId: session.user_id,
    workspaceId: session.workspace_id,
    endedSession: false,
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

/** Whom access tokens of sessions stand for: asked is the session and the membership, so that an ended session, a new role and a removal
 *  count at once. Known answers are kept for a second, so that a busy session costs one look-up a second; what this process changes is
 *  known at once, what another one changes a second later. */
export interface LiveSessions {
  /** Null for a session that has ended or has gone on in another workspace, and for who is no member any more. */
  callerOf(claims: SessionClaims, now: Date): Identity | null | Promise<Identity | null>
  /** Forgets what was known, after this process has changed a session or a membership; where the processes share it, all of them have
   *  forgotten it when this resolves. */
  forget(): Promise<void>
}

/** What an access token says; only the database can say whether it is still so. */
export interface SessionClaims {
  readonly userId: UserId
  readonly workspaceId: WorkspaceId
  readonly sessionId: SessionId
}

const knownFor = seconds(1)

export function createLiveSessions(db: Db, shared: SharedCache | null): LiveSessions {
  const known = new Map<SessionId, { caller: Identity | null; workspaceId: WorkspaceId; until: number }>()

  async function look({ sessionId, workspaceId, userId }: SessionClaims, now: Date): Promise<Identity | null> {
    const row = await db
      .selectFrom('sessions')
      .innerJoin('workspace_members as member', (join) =>
        join
          .onRef('member.workspace_id', '=', 'sessions.workspace_id')
          .onRef('member.user_id', '=', 'sessions.user_id'),
      )
      .where('sessions.id', '=', sessionId)
      .where('sessions.user_id', '=', userId)
      .where('sessions.workspace_id', '=', workspaceId)
      .where('ended_at', 'is', null)
      .where('expires_at', '>', now)
      .select('member.role')
      .executeTakeFirst()
    const caller = row === undefined ? null : callerAs({ sessionId, workspaceId, userId }, row.role)
    if (known.size >= 10_000) known.clear()
    known.set(sessionId, { caller, workspaceId, until: now.getTime() + knownFor })
    return caller
  }

  function callerHere(claims: SessionClaims, now: Date): Identity | null | Promise<Identity | null> {
    const found = known.get(claims.sessionId)
    const holds = found !== undefined && found.until > now.getTime() && found.workspaceId === claims.workspaceId
    return holds ? found.caller : acrossWorkspaces(() => look(claims, now))
  }

  /** With the second of its own while nothing is shared. */
  async function callerByAll(cache: SharedCache, claims: SessionClaims, now: Date): Promise<Identity | null> {
    const { sessionId, workspaceId, userId } = claims
    const asked = await cache.permission(`session ${sessionId} ${workspaceId} ${userId}`, Role)
    if (asked === null) return callerHere(claims, now)
    if (asked.known !== null) return callerAs(claims, asked.known)
    const caller = await acrossWorkspaces(() => look(claims, now))
    if (caller !== null) asked.keep(caller.role)
    return caller
  }

  return {
    callerOf(claims, now) {
      return shared === null ? callerHere(claims, now) : callerByAll(shared, claims, now)
    },
    async forget() {
      known.clear()
      await shared?.forgetPermissions()
    },
  }
}

function callerAs({ sessionId, workspaceId, userId }: SessionClaims, role: Role): Identity {
  return { userId, workspaceId, role, via: { kind: 'session', id: sessionId } }
}
