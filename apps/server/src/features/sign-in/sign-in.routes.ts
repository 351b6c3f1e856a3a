import {
  Problem,
  checkConnection,
  getCurrentUser,
  getCurrentUserAsMe,
  getProviders,
  login,
  logout,
  refreshSession,
} from '@recomamp/contracts'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { isLoopbackHost } from '#config.ts'
import type { Ctx } from '#context.ts'
import { tellEventsJobName } from '#features/events/index.ts'
import type { App } from '#platform/http/app-types.ts'
import { serve } from '#platform/http/serve.ts'
import { seconds } from '#platform/time.ts'
import { accessTokenLife } from './access-tokens.ts'
import { beginSignIn } from './begin-sign-in.ts'
import { requestCheck } from './check-connections.job.ts'
import { completeSignIn } from './complete-sign-in.ts'
import { currentUser } from './current-user.ts'
import { createSessionCookies } from './session-cookies.ts'
import { endSession, renewSession } from './sessions.ts'
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

  serve(
    app,
    login,
    async ({ body, request, reply }) => {
      const { authorizationUrl, browserSecret, state } = await beginSignIn(
        ctx,
        signIn.providers,
        body,
        `${publicOrigin(ctx, request)}/api/auth/callback`,
      )
      cookies.setBrowserSecret(reply, state, browserSecret)
      return { authorizationUrl }
    },
    { limit: 'sign-in' },
  )

  app.get('/api/auth/callback', async (request, reply) => {
    const query = CallbackQuery.safeParse(request.query)
    if (!query.success) return reply.redirect('/sign-in?reason=state-unknown', 303)
    const { state, code, error } = query.data
    const outcome = await completeSignIn(ctx, signIn.providers, {
      state,
      code: error === undefined ? (code ?? null) : null,
      browserSecret: cookies.readBrowserSecret(request, state),
      userAgent: request.headers['user-agent'] ?? null,
    })
    reply.header('cache-control', 'no-store')
    if (outcome.ok) {
      cookies.clearBrowserSecret(reply, state)
      cookies.setSession(reply, signIn.refreshTokens.issue(outcome.claim))
      // The page that follows needs no cookie itself; it asks /api/auth/refresh, a same-site request that carries the Strict cookie.
      return reply.redirect(inHeader(outcome.returnTo), 303)
    }
    const back = new URLSearchParams({ reason: outcome.reason })
    if (outcome.returnTo !== null) back.set('returnTo', outcome.returnTo)
    return reply.redirect(`/sign-in?${back.toString()}`, 303)
  })

  serve(
    app,
    refreshSession,
    async ({ request, reply }) => {
      reply.header('cache-control', 'no-store')
      const token = cookies.readSession(request)
      if (token === null) throw new Problem('not-signed-in', 'There is no session in this browser; sign in')
      const claim = signIn.refreshTokens.read(token)
      const renewed = claim === null ? null : await renewSession(ctx.db, claim, ctx.now())
      if (renewed === null) {
        if (claim !== null) signIn.liveSessions.forget(claim.sessionId)
        cookies.clearSession(reply)
        throw new Problem('session-ended', 'The session has ended; sign in again')
      }
      cookies.setSession(reply, signIn.refreshTokens.issue(renewed.claim))
      const member = {
        userId: renewed.userId,
        workspaceId: renewed.workspaceId,
        sessionId: renewed.claim.sessionId,
      }
      return {
        accessToken: await signIn.accessTokens.sign(member, ctx.now()),
        expiresIn: accessTokenLife / seconds(1),
      }
    },
    { limit: 'sign-in' },
  )

  serve(app, logout, async ({ request, reply }) => {
    const token = cookies.readSession(request)
    const claim = token === null ? null : signIn.refreshTokens.read(token)
    const ended = [claim?.sessionId, typeof request.caller === 'string' ? undefined : request.caller.sessionId]
    for (const sessionId of new Set(ended)) {
      if (sessionId === undefined) continue
      await endSession(ctx.db, sessionId, ctx.now())
      signIn.liveSessions.forget(sessionId)
    }
    cookies.clearSession(reply)
    // The streams of the session end with it.
    ctx.wake(tellEventsJobName)
    return undefined
  })

  serve(app, getCurrentUser, ({ who }) => currentUser(ctx.db, ctx.config, who))
  serve(app, getCurrentUserAsMe, ({ who }) => currentUser(ctx.db, ctx.config, who))
  serve(app, checkConnection, ({ who, params }) => requestCheck(ctx, who, params.connectionId))
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
