import { SessionId, UserId, WorkspaceId } from '@recomamp/contracts'
import { SignJWT, errors, jwtVerify } from 'jose'
import { z } from 'zod'
import type { Member } from '#platform/http/app-types.ts'
import { later, minutes } from '#platform/time.ts'

/** How long an access token lives; the web app renews it before. */
export const accessTokenLife = minutes(15)

const issuer = 'recomamp'
const Claims = z.object({ sub: UserId, wid: WorkspaceId, sid: SessionId, exp: z.number() })

/** Makes and reads the short-lived tokens that API calls carry. */
export interface AccessTokens {
  sign(member: Member, now: Date): Promise<string>
  /** Whom a token names, or null when it is forged or too old. Whether the session still lives is another question. */
  verify(token: string, now: Date): Member | null | Promise<Member | null>
}

/** HS256 under JWT_SECRET_KEY; verified tokens are remembered until they expire. */
export function createAccessTokens(jwtSecretKey: string): AccessTokens {
  const key = new TextEncoder().encode(jwtSecretKey)
  const verified = new Map<string, { member: Member; expiresAt: number }>()

  async function verifyOnce(token: string, now: Date): Promise<Member | null> {
    try {
      const { payload } = await jwtVerify(token, key, { issuer, algorithms: ['HS256'], currentDate: now })
      const claims = Claims.parse(payload)
      const member = { userId: claims.sub, workspaceId: claims.wid, sessionId: claims.sid }
      if (verified.size >= 10_000) verified.clear()
      verified.set(token, { member, expiresAt: claims.exp * 1000 })
      return member
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) return null
      throw error
    }
  }

  return {
    sign: (member, now) =>
      new SignJWT({ wid: member.workspaceId, sid: member.sessionId })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(member.userId)
        .setIssuer(issuer)
        .setIssuedAt(now)
        .setExpirationTime(later(now, accessTokenLife))
        .sign(key),
    verify(token, now) {
      const known = verified.get(token)
      if (known === undefined) return verifyOnce(token, now)
      if (known.expiresAt > now.getTime()) return known.member
      verified.delete(token)
      return null
    },
  }
}
