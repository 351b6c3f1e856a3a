import { createHmac, timingSafeEqual } from 'node:crypto'
import { SessionId } from '@recomamp/contracts'

/** Which session, and the how-manieth renewal of it. */
export interface RefreshClaim {
  readonly sessionId: SessionId
  readonly generation: number
}

/** Refresh tokens are computed, never stored: a MAC over session and generation. */
export interface RefreshTokens {
  issue(claim: RefreshClaim): string
  /** What a token claims, or null when we did not make it. */
  read(token: string): RefreshClaim | null
}

export function createRefreshTokens(jwtSecretKey: string): RefreshTokens {
  // A key of its own, since JWT_SECRET_KEY itself signs access tokens.
  const key = createHmac('sha256', jwtSecretKey).update('recomamp refresh token').digest()
  const mac = (claim: string) => createHmac('sha256', key).update(claim).digest()
  return {
    issue({ sessionId, generation }) {
      const claim = `${sessionId}.${generation}`
      return `${claim}.${mac(claim).toString('base64url')}`
    },
    read(token) {
      const [id, generation, given] = token.split('.')
      const sessionId = SessionId.safeParse(id)
      if (!sessionId.success || given === undefined || generation === undefined || !/^\d{1,9}$/.test(generation))
        return null
      const expected = mac(`${sessionId.data}.${generation}`)
      const received = Buffer.from(given, 'base64url')
      if (received.length !== expected.length || !timingSafeEqual(received, expected)) return null
      return { sessionId: sessionId.data, generation: Number(generation) }
    },
  }
}
