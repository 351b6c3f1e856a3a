import { LwaError, type LwaProfile, type LwaTokens } from '@recomamp/amc-client'
import { ConnectionId, type Provider, type Region, UserId, WorkspaceId } from '@recomamp/contracts'
import { sql } from 'kysely'
import type { Ctx } from '#context.ts'
import { recordEvent } from '#features/events/index.ts'
import { PlainToken, decryptToken, encryptToken } from '#platform/crypto/tokens.ts'
import type { Tx } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import { later, seconds } from '#platform/time.ts'
import { hashOf } from './begin-sign-in.ts'
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
  answer: { state: string; code: string | null; browserSecret: string | null; userAgent: string | null },
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
    const claim = await admit(ctx, begun, tokens, profile, answer.userAgent)
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
    .returning(['provider', 'region', 'return_to', 'redirect_uri', 'code_verifier_encrypted'])
    .executeTakeFirst()
  return taken ?? { reason: 'state-unknown' as const }
}

async function admit(
  ctx: Ctx,
  begun: { provider: Provider; region: Region },
  tokens: LwaTokens,
  profile: LwaProfile,
  userAgent: string | null,
): Promise<RefreshClaim> {
  const now = ctx.now()
  return inTransaction(ctx.db, async (tx) => {
    const userId = await upsertUser(tx, begun.provider, profile, now)
    const workspaceId = await workspaceOf(tx, userId, profile, now)
    const connectionId = await upsertConnection(
      tx,
      { ...begun, userId, workspaceId },
      tokens,
      ctx.secrets.fernetKeys,
      now,
    )
    await recordEvent(tx, workspaceId, { type: 'connection-changed', connectionId }, now)
    return beginSession(tx, { userId, workspaceId, userAgent }, now)
  })
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

async function workspaceOf(tx: Tx, userId: UserId, profile: LwaProfile, now: Date): Promise<WorkspaceId> {
  // Two first sign-ins of one person at the same moment take turns here, so that they end up in one workspace.
  await tx.selectFrom('users').where('id', '=', userId).select('id').forUpdate().execute()
  const member = await tx
    .selectFrom('workspace_members')
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .orderBy('workspace_id')
    .select('workspace_id')
    .executeTakeFirst()
  if (member !== undefined) return member.workspace_id
  const id = WorkspaceId.parse(crypto.randomUUID())
  const name = profile.name === null ? 'My workspace' : `Workspace of ${profile.name}`
  await tx.insertInto('workspaces').values({ id, name, created_at: now }).execute()
  await tx
    .insertInto('workspace_members')
    .values({ workspace_id: id, user_id: userId, role: 'owner', created_at: now })
    .execute()
  return id
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
    .onConflict((conflict) => conflict.columns(['user_id', 'provider', 'region']).doUpdateSet(consent))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
