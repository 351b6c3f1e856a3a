import { createPkcePair } from '@recomamp/amc-client'
import { type LoginRequest, Problem, type SessionId } from '@recomamp/contracts'
import type { z } from 'zod'
import { hashOf, randomSecret } from '#platform/crypto/random-secret.ts'
import { PlainToken, encryptToken } from '#platform/crypto/tokens.ts'
import type { Ctx } from '#context.ts'
import { later, minutes } from '#platform/time.ts'
import type { Providers } from './providers.ts'

/** How long a person may stay on Amazon's consent page. */
export const signInLife = minutes(10)

/** `profile` tells who signed in, the other lets us call AMC. */
const scopes = ['profile', 'advertising::campaign_management']

/** Records a sign-in and answers the address to send the browser to, and the secret that binds it to this browser.
 *  `session` is the one that the browser has, which the sign-in replaces. The database keeps hashes only; another process, or this one
 *  after a restart, can complete it (F-50). */
export async function beginSignIn(
  ctx: Ctx,
  providers: Providers,
  request: z.infer<typeof LoginRequest>,
  { redirectUri, session }: { redirectUri: string; session: SessionId | null },
): Promise<{ authorizationUrl: string; state: string; browserSecret: string }> {
  const provider = request.provider ?? (providers.addresses('sandbox', 'na') === null ? 'amazon' : 'sandbox')
  const region = request.region ?? 'na'
  const lwa = providers.lwa(provider, region)
  if (lwa === null)
    throw new Problem(
      'provider-not-configured',
      provider === 'amazon'
        ? 'Set AMAZON_CLIENT_ID and AMAZON_CLIENT_SECRET to sign in with Amazon'
        : 'Set EMULATOR=on to sign in to the sandbox',
    )
  const state = randomSecret('')
  const browserSecret = randomSecret('')
  const { codeVerifier, codeChallenge } = createPkcePair()
  const now = ctx.now()
  await ctx.db.deleteFrom('sign_in_states').where('expires_at', '<', now).execute()
  await ctx.db
    .insertInto('sign_in_states')
    .values({
      state_hash: hashOf(state),
      browser_hash: hashOf(browserSecret),
      provider,
      region,
      code_verifier_encrypted: encryptToken(PlainToken.parse(codeVerifier), ctx.secrets.fernetKeys, now),
      return_to: request.returnTo ?? '/',
      redirect_uri: redirectUri,
      connects: request.connects,
      replaces_session: session,
      created_at: now,
      expires_at: later(now, signInLife),
    })
    .execute()
  return { authorizationUrl: lwa.authorizationUrl({ state, redirectUri, codeChallenge, scopes }), state, browserSecret }
}
