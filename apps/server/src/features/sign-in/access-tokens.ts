import { SessionId, UserId, WorkspaceId } from '@recomamp/contracts'
import { SignJWT, errors, jwtVerify } from 'jose'
import { z } from 'zod'
import { later, minutes } from '#platform/time.ts'
import type { SessionClaims } from './sessions.ts'

/** How long an access token lives; the web app renews it before. */
export const accessTokenLife = minutes(15)

const issuer = 'recomamp'
/** What signs with the same key for another purpose would name another one. */
const audience = 'recomamp api'
const Claims = z.object({ sub: UserId, wid: WorkspaceId, sid: SessionId, exp: z.number() })

/** Makes and reads the short-lived tokens that API calls carry. */
export interface AccessTokens {
  sign(claims: SessionClaims, now: Date): Promise<string>
  /** Whom a token names, or null when it is forged or too old. Whether the session still lives is another question. */
  verify(token: string, now: Date): SessionClaims | null | Promise<SessionClaims | null>
}

/** HS256 under JWT_SECRET_KEY; verified tokens are remembered until they expire. */
export function createAccessTokens(jwtSecretKey: string): AccessTokens {
  const key = new TextEncoder().encode(jwtSecretKey)
  const verified = new Map<string, { claims: SessionClaims; expiresAt: number }>()

  async function verifyOnce(token: string, now: Date): Promise<SessionClaims | null> {
    try {
      const { payload } = await jwtVerify(token, key, { issuer, audience, algorithms: ['HS256'], currentDate: now })
      const { sub, wid, sid, exp } = Claims.parse(payload)
      const claims = { userId: sub, workspaceId: wid, sessionId: sid }
      if (verified.size >= 10_000) verified.clear()
      verified.set(token, { claims, expiresAt: exp * 1000 })
      return claims
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) return null
      throw error
    }
  }

  return {
    sign: ({ userId, workspaceId, sessionId }, now) =>
      new SignJWT({ wid: workspaceId, sid: sessionId })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(userId)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(now)
        .setExpirationTime(later(now, accessTokenLife))
        .sign(key),
    verify(token, now) {
      const known = verified.get(token)
      if (known === undefined) return verifyOnce(token, now)
      if (known.expiresAt > now.getTime()) return known.claims
      verified.delete(token)
      return null
    },
  }
}
