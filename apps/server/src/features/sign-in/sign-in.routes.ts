import {
  Problem,
  checkConnection,
  disconnect,
  getCurrentUser,
  getCurrentUserAsMe,
  getDisconnection,
  getProviders,
  login,
  logout,
  listSessions,
  refreshSession,
  revokeOtherSessions,
  revokeSession,
} from '@recomamp/contracts'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { isLoopbackHost } from '#config.ts'
import type { Ctx } from '#context.ts'
import { tellEventsJobName } from '#features/events/index.ts'
import { acrossWorkspaces } from '#platform/db/scope.ts'
import type { App } from '#platform/http/app-types.ts'
import { originOf } from '#platform/http/access.ts'
import { serve } from '#platform/http/serve.ts'
import { seconds } from '#platform/time.ts'
import { accessTokenLife } from './access-tokens.ts'
import { beginSignIn } from './begin-sign-in.ts'
import { requestCheck } from './check-connections.job.ts'
import { completeSignIn } from './complete-sign-in.ts'
import { currentUser } from './current-user.ts'
import { disconnectionOf, endConnection } from './end-connection.ts'
import { createSessionCookies } from './session-cookies.ts'
import { endOtherSessions, endOwnSession, pageOfSessions, signOut } from './own-sessions.ts'
import { renewSession } from './sessions.ts'
import type { SignIn } from './sign-in.ts'

/** What Amazon's redirect carries; other parameters are ignored. */
const CallbackQuery = z.object({
  state: z.string().max(200),
  code: z.string().max(4000).optional(),
  error: z.string().max(200).optional(),
})

export function signInRoutes(
  app: App,
  ctx: Ctx,
  signIn: SignIn,
  about: { version: string; isSandboxReady(): boolean },
): void {
  const cookies = createSessionCookies(ctx.config)
  /** A page of the web app, wherever that is served. */
  const pageAt = (path: string) => `${ctx.config.webUrl ?? ''}${inHeader(path)}`

  const sessionIn = (request: FastifyRequest) => {
    const token = cookies.readSession(request)
    return token === null ? null : (signIn.refreshTokens.read(token)?.sessionId ?? null)
  }

  serve(app, login, async ({ body, request, reply }) => {
    const from = { redirectUri: `${publicOrigin(ctx, request)}/api/auth/callback`, session: sessionIn(request) }
    const { authorizationUrl, browserSecret, state } = await beginSignIn(ctx, signIn.providers, body, from)
    cookies.setBrowserSecret(reply, state, browserSecret)
    return { authorizationUrl }
  })

  app.get('/api/auth/callback', async (request, reply) => {
    const query = CallbackQuery.safeParse(request.query)
    if (!query.success) return reply.redirect(pageAt('/sign-in?reason=state-unknown'), 303)
    const { state, code, error } = query.data
    const answer = {
      state,
      code: error === undefined ? (code ?? null) : null,
      browserSecret: cookies.readBrowserSecret(request, state),
      from: originOf(request),
    }
    const outcome = await acrossWorkspaces(() => completeSignIn(ctx, signIn.providers, answer))
    reply.header('cache-control', 'no-store')
    if (outcome.ok) {
      cookies.clearBrowserSecret(reply, state)
      cookies.setSession(reply, signIn.refreshTokens.issue(outcome.claim))
      // The page that follows needs no cookie itself; it asks /api/auth/refresh, a same-site request that carries the Strict cookie.
      return reply.redirect(pageAt(outcome.returnTo), 303)
    }
    const back = new URLSearchParams({ reason: outcome.reason })
    if (outcome.returnTo !== null) back.set('returnTo', outcome.returnTo)
    return reply.redirect(pageAt(`/sign-in?${back.toString()}`), 303)
  })

  serve(app, refreshSession, async ({ headers, request, reply }) => {
    reply.header('cache-control', 'no-store')
    const token = cookies.readSession(request)
    if (token === null) throw new Problem('not-signed-in', 'There is no session in this browser; sign in')
    const claim = signIn.refreshTokens.read(token)
    const renewal = { key: headers['idempotency-key'] ?? null, from: originOf(request) }
    const renewed = claim === null ? null : await renewSession(ctx.db, { claim, ...renewal }, ctx.now())
    if (claim !== null && renewed?.endedSession !== false) await signIn.liveSessions.forget()
    if (renewed === null) {
      cookies.clearSession(reply)
      throw new Problem('session-ended', 'The session has ended; sign in again')
    }
    cookies.setSession(reply, signIn.refreshTokens.issue(renewed.claim))
    const { userId, workspaceId } = renewed
    const claims = { userId, workspaceId, sessionId: renewed.claim.sessionId }
    return {
      accessToken: await signIn.accessTokens.sign(claims, ctx.now()),
      expiresIn: accessTokenLife / seconds(1),
      workspaceId,
    }
  })

  serve(app, logout, async ({ request, reply }) => {
    const { caller } = request
    const bySession = typeof caller !== 'string' && caller.via.kind === 'session' ? caller.via.id : null
    for (const sessionId of new Set([sessionIn(request), bySession]))
      if (sessionId !== null) await signOut(ctx, sessionId, originOf(request))
    await signIn.liveSessions.forget()
    cookies.clearSession(reply)
    // The streams of the session end with it.
    ctx.wake(tellEventsJobName)
    return undefined
  })

  serve(app, getCurrentUser, ({ who }) => currentUser(ctx.db, ctx.config, who))
  serve(app, getCurrentUserAsMe, ({ who }) => currentUser(ctx.db, ctx.config, who))
  serve(app, checkConnection, ({ who, params }) => requestCheck(ctx, who, params.connectionId))
  serve(app, getDisconnection, ({ who, params }) => disconnectionOf(ctx.db, who, params.connectionId))
  serve(app, disconnect, ({ who, params }) => endConnection(ctx, who, params.connectionId))
  serve(app, listSessions, ({ who, query }) => acrossWorkspaces(() => pageOfSessions(ctx.db, who, query, ctx.now())))
  serve(app, revokeSession, async ({ who, params }) => {
    await acrossWorkspaces(() => endOwnSession(ctx, who, params.sessionId))
    await signIn.liveSessions.forget()
    return undefined
  })
  serve(app, revokeOtherSessions, async ({ who }) => {
    const ended = await acrossWorkspaces(() => endOtherSessions(ctx, who))
    await signIn.liveSessions.forget()
    return { ended }
  })
  serve(app, getProviders, () => ({
    sandbox: { offered: signIn.providers.addresses('sandbox', 'na') !== null, ready: about.isSandboxReady() },
    amazon: { offered: signIn.providers.addresses('amazon', 'na') !== null },
    version: about.version,
  }))
}

/** A path as a header can carry it: what is not printable ASCII is percent-encoded, the rest stays as it is. */
function inHeader(path: string): string {
  return path.toWellFormed().replaceAll(/[^!-~]/gu, encodeURIComponent)
}

/** The origin that the browser comes back to. Without PUBLIC_URL, which production demands, it is the loopback address that
 *  the browser itself used, so that the cookies of `localhost` and `127.0.0.1` are not mixed; any other host is refused. */
function publicOrigin(ctx: Ctx, request: FastifyRequest): string {
  if (ctx.config.publicUrl !== null) return ctx.config.publicUrl
  if (isLoopbackHost(request.host)) return `http://${request.host}`
  throw new Problem('input-invalid', `Set PUBLIC_URL to sign in at ${request.host}`)
}
