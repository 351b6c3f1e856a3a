import { LwaError, type LwaProfile, type LwaTokens } from '@recomamp/amc-client'
import {
  ConnectionId,
  type Provider,
  type Region,
  type Role,
  type SessionId,
  UserId,
  WorkspaceId,
} from '@recomamp/contracts'
import { sql } from 'kysely'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { recordEvent } from '#features/events/index.ts'
import { hashOf } from '#platform/crypto/random-secret.ts'
import { PlainToken, decryptToken, encryptToken } from '#platform/crypto/tokens.ts'
import type { Tx } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member, Origin } from '#platform/http/app-types.ts'
import { later, seconds } from '#platform/time.ts'
import type { Providers } from './providers.ts'
import type { RefreshClaim } from './refresh-tokens.ts'
import { beginSession } from './sessions.ts'

/** Why a sign-in did not succeed: the word in the address of the sign-in page. */
export type SignInFailure =
  | 'refused'
  | 'state-unknown'
  | 'state-expired'
  | 'other-browser'
  | 'code-refused'
  | 'not-configured'
  | 'amazon-unavailable'

export type SignInOutcome =
  | { ok: true; claim: RefreshClaim; returnTo: string }
  | { ok: false; reason: SignInFailure; returnTo: string | null }

/** Completes a sign-in by what Amazon sent back: the person is who Amazon's profile says, never an e-mail address (F-38). */
export async function completeSignIn(
  ctx: Ctx,
  providers: Providers,
  answer: { state: string; code: string | null; browserSecret: string | null; from: Origin },
): Promise<SignInOutcome> {
  const begun = await takeState(ctx, answer.state, answer.browserSecret)
  if ('reason' in begun) return { ok: false, reason: begun.reason, returnTo: null }
  const failed = (reason: SignInFailure): SignInOutcome => ({ ok: false, reason, returnTo: begun.return_to })
  if (answer.code === null) return failed('refused')
  const lwa = providers.lwa(begun.provider, begun.region)
  if (lwa === null) return failed('not-configured')
  try {
    const tokens = await lwa.exchangeCode({
      code: answer.code,
      redirectUri: begun.redirect_uri,
      codeVerifier: decryptToken(begun.code_verifier_encrypted, ctx.secrets.fernetKeys),
    })
    const profile = await lwa.profile(tokens.accessToken)
    const claim = await admit(ctx, begun, tokens, profile, answer.from)
    ctx.wake('discover-instances')
    return { ok: true, claim, returnTo: begun.return_to }
  } catch (error) {
    if (!(error instanceof LwaError)) throw error
    ctx.log.warn({ err: error, provider: begun.provider }, 'a sign-in was not completed')
    return failed(error.kind === 'invalid-grant' || error.kind === 'profile-refused' ? 'code-refused' : reasonOf(error))
  }
}

function reasonOf(error: LwaError): SignInFailure {
  return error.kind === 'invalid-client' ? 'not-configured' : 'amazon-unavailable'
}

/** Uses up the state: it works once, within ten minutes, in the browser that began. */
async function takeState(ctx: Ctx, state: string, browserSecret: string | null) {
  const now = ctx.now()
  const found = await ctx.db
    .selectFrom('sign_in_states')
    .where('state_hash', '=', hashOf(state))
    .select(['browser_hash', 'expires_at', 'used_at'])
    .executeTakeFirst()
  if (found === undefined || found.used_at !== null) return { reason: 'state-unknown' as const }
  // Checked before it is used up, so that a stranger who learnt the state cannot spoil the sign-in.
  if (browserSecret === null || found.browser_hash !== hashOf(browserSecret))
    return { reason: 'other-browser' as const }
  if (found.expires_at <= now) return { reason: 'state-expired' as const }
  const taken = await ctx.db
    .updateTable('sign_in_states')
    .where('state_hash', '=', hashOf(state))
    .where('used_at', 'is', null)
    .set({ used_at: now })
    .returning(['provider', 'region', 'return_to', 'redirect_uri', 'code_verifier_encrypted', 'connects'])
    .returning('replaces_session')
    .executeTakeFirst()
  return taken ?? { reason: 'state-unknown' as const }
}

async function admit(
  ctx: Ctx,
  begun: { provider: Provider; region: Region; connects: boolean; replaces_session: SessionId | null },
  tokens: LwaTokens,
  profile: LwaProfile,
  from: Origin,
): Promise<RefreshClaim> {
  const now = ctx.now()
  return inTransaction(ctx.db, async (tx) => {
    const userId = await upsertUser(tx, begun.provider, profile, now)
    const { workspaceId, role } = await workspaceOf(tx, userId, profile, now)
    const claim = await beginSession(tx, { userId, workspaceId, from, replaces: begun.replaces_session }, now)
    const who: Member = { userId, workspaceId, role, via: { kind: 'session', id: claim.sessionId }, from }
    const { provider, region } = begun
    const session = { kind: 'session', id: claim.sessionId } as const
    await recordAudit(tx, who, { action: 'signed-in', object: session, detail: { provider, region } }, now)
    const owner = { provider, region, userId, workspaceId }
    if (await isWanted(tx, owner, role, begun.connects)) {
      const connectionId = await upsertConnection(tx, owner, tokens, ctx.secrets.fernetKeys, now)
      const connection = { kind: 'connection', id: connectionId, name: `${provider} ${region}` } as const
      await recordAudit(tx, who, { action: 'connection-made', object: connection }, now)
      await recordEvent(tx, workspaceId, { type: 'connection-changed', connectionId }, now)
    }
    return claim
  })
}

/** Whether the workspace works with this consent: it did before, it is the person's alone, or an owner asked for it. Else the tokens of
 *  the sign-in are dropped, since nobody's instances belong to others unasked. */
async function isWanted(
  tx: Tx,
  owner: { provider: Provider; region: Region; userId: UserId; workspaceId: WorkspaceId },
  role: Role,
  connects: boolean,
): Promise<boolean> {
  const known = await tx
    .selectFrom('connections')
    .where('workspace_id', '=', owner.workspaceId)
    .where('user_id', '=', owner.userId)
    .where('provider', '=', owner.provider)
    .where('region', '=', owner.region)
    .select('id')
    .executeTakeFirst()
  if (known !== undefined) return true
  if (role !== 'owner') return false
  if (connects) return true
  const other = await tx
    .selectFrom('workspace_members')
    .where('workspace_id', '=', owner.workspaceId)
    .where('user_id', '!=', owner.userId)
    .select('user_id')
    .executeTakeFirst()
  return other === undefined
}

async function upsertUser(tx: Tx, provider: Provider, profile: LwaProfile, now: Date): Promise<UserId> {
  // An e-mail that another identity holds stays there: it is data, and must not keep anybody from signing in.
  const email = profile.email === null ? null : await freeEmail(tx, provider, profile.userId, profile.email)
  const { id } = await tx
    .insertInto('users')
    .values({
      id: UserId.parse(crypto.randomUUID()),
      provider,
      amazon_user_id: profile.userId,
      email,
      name: profile.name,
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) =>
      conflict.columns(['provider', 'amazon_user_id']).doUpdateSet({ email, name: profile.name, updated_at: now }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

async function freeEmail(tx: Tx, provider: Provider, amazonUserId: string, email: string): Promise<string | null> {
  const holder = await tx
    .selectFrom('users')
    .where(sql<string>`lower(email)`, '=', email.toLowerCase())
    .where((eb) => eb.or([eb('provider', '!=', provider), eb('amazon_user_id', '!=', amazonUserId)]))
    .select('id')
    .executeTakeFirst()
  return holder === undefined ? email : null
}

/** The workspace that the person was in last, else the one joined first; who has none gets one. */
async function workspaceOf(
  tx: Tx,
  userId: UserId,
  profile: LwaProfile,
  now: Date,
): Promise<{ workspaceId: WorkspaceId; role: Role }> {
  // Two first sign-ins of one person at the same moment take turns here, so that they end up in one workspace.
  const { last_workspace_id: last } = await tx
    .selectFrom('users')
    .where('id', '=', userId)
    .select('last_workspace_id')
    .forUpdate()
    .executeTakeFirstOrThrow()
  const member = await tx
    .selectFrom('workspace_members')
    .where('user_id', '=', userId)
    .orderBy((eb) => eb.case().when('workspace_id', '=', last).then(0).else(1).end())
    .orderBy('created_at')
    .orderBy('workspace_id')
    .select(['workspace_id', 'role'])
    .executeTakeFirst()
  if (member !== undefined) return { workspaceId: member.workspace_id, role: member.role }
  const id = WorkspaceId.parse(crypto.randomUUID())
  const name = profile.name === null ? 'My workspace' : `Workspace of ${profile.name}`
  await tx.insertInto('workspaces').values({ id, name, created_at: now }).execute()
  await tx
    .insertInto('workspace_members')
    .values({ workspace_id: id, user_id: userId, role: 'owner', created_at: now })
    .execute()
  return { workspaceId: id, role: 'owner' }
}

async function upsertConnection(
  tx: Tx,
  owner: { provider: Provider; region: Region; userId: UserId; workspaceId: WorkspaceId },
  tokens: LwaTokens,
  keys: readonly string[],
  now: Date,
): Promise<ConnectionId> {
  if (tokens.refreshToken === null) throw new LwaError('unreadable', 'token', { description: 'no refresh token' })
  const consent = {
    access_token_encrypted: encryptToken(PlainToken.parse(tokens.accessToken), keys, now),
    refresh_token_encrypted: encryptToken(PlainToken.parse(tokens.refreshToken), keys, now),
    access_token_expires_at: later(now, seconds(tokens.expiresInSeconds)),
    consented_at: now,
    previous_refresh_token_encrypted: null,
    health: 'healthy' as const,
    reconnect_reason: null,
    checked_at: now,
    check_error: null,
    refresh_lease_until: null,
    discovery_requested_at: now,
    updated_at: now,
  }
  const { id } = await tx
    .insertInto('connections')
    .values({
      id: ConnectionId.parse(crypto.randomUUID()),
      workspace_id: owner.workspaceId,
      user_id: owner.userId,
      provider: owner.provider,
      region: owner.region,
      created_at: now,
      ...consent,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'user_id', 'provider', 'region']).doUpdateSet(consent))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
