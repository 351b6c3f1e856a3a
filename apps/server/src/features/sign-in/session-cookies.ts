import type { CookieSerializeOptions } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '#config.ts'
import { hashOf } from '#platform/crypto/random-secret.ts'
import { seconds } from '#platform/time.ts'
import { signInLife } from './begin-sign-in.ts'
import { sessionIdleLife } from './sessions.ts'

const callbackPath = '/api/auth/callback'

/** The cookies of sign-in and session: HttpOnly, of the narrowest path, Secure and so named wherever HTTPS is. */
export interface SessionCookies {
  readSession(request: FastifyRequest): string | null
  setSession(reply: FastifyReply, refreshToken: string): void
  clearSession(reply: FastifyReply): void
  readBrowserSecret(request: FastifyRequest, state: string): string | null
  setBrowserSecret(reply: FastifyReply, state: string, secret: string): void
  clearBrowserSecret(reply: FastifyReply, state: string): void
}

export function createSessionCookies(config: Config): SessionCookies {
  const secure = config.publicUrl?.startsWith('https://') === true
  // `__Host-` would demand the path `/`, and with it every request would carry the cookie.
  const prefix = secure ? '__Secure-' : ''
  const sessionName = `${prefix}recomamp-session`
  // Named by its state, so that sign-ins in two tabs do not overwrite each other.
  const stateName = (state: string) => `${prefix}recomamp-sign-in-${hashOf(state).slice(0, 12)}`
  const session: CookieSerializeOptions = { path: '/api/auth', httpOnly: true, secure, sameSite: 'strict' }
  // Lax, since the browser brings it along on the way back from Amazon.
  const browser: CookieSerializeOptions = { path: callbackPath, httpOnly: true, secure, sameSite: 'lax' }
  return {
    readSession: (request) => request.cookies[sessionName] ?? null,
    setSession: (reply, refreshToken) =>
      void reply.setCookie(sessionName, refreshToken, { ...session, maxAge: sessionIdleLife / seconds(1) }),
    clearSession: (reply) => void reply.clearCookie(sessionName, session),
    readBrowserSecret: (request, state) => request.cookies[stateName(state)] ?? null,
    setBrowserSecret: (reply, state, secret) =>
      void reply.setCookie(stateName(state), secret, { ...browser, maxAge: signInLife / seconds(1) }),
    clearBrowserSecret: (reply, state) => void reply.clearCookie(stateName(state), browser),
  }
}
