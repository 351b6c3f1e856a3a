import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Context } from '../context.ts'
import { addCount } from '../state/counts.store.ts'
import { addGrant, grantStands, issueAccessToken, takeCode } from '../state/grants.store.ts'
import { bodyFields } from './body-fields.ts'
import { verifierFits } from './pkce.ts'
import { refusalBody, tokenBody, tokenRefusals } from './token-answers.ts'

/** Trades codes and refresh tokens; the body may be a form or JSON whatever its content type says. */
export function tokenRoutes(app: FastifyInstance, ctx: Context): void {
  app.post('/auth/o2/token', { config: { operation: 'createToken' } }, async (request, reply) => {
    const fields = bodyFields(request.body)
    const missing = missingField(fields)
    if (missing !== null)
      return reply
        .code(400)
        .send(refusalBody('invalid_request', `The request is missing a required parameter : ${missing}`))
    if (fields['client_id'] !== ctx.clientId || fields['client_secret'] !== ctx.clientSecret)
      return refuse(reply, 'client')
    if (fields['grant_type'] === 'authorization_code') return exchangeCode(ctx, fields, reply)
    if (fields['grant_type'] === 'refresh_token') return refresh(ctx, fields['refresh_token'] ?? '', reply)
    return refuse(reply, 'grantType')
  })
}

const demanded: Record<string, readonly string[]> = {
  authorization_code: ['code', 'redirect_uri'],
  refresh_token: ['refresh_token'],
}

function missingField(fields: Record<string, string>): string | null {
  const names = ['grant_type', ...(demanded[fields['grant_type'] ?? ''] ?? []), 'client_id', 'client_secret']
  return names.find((name) => (fields[name] ?? '') === '') ?? null
}

function exchangeCode(ctx: Context, fields: Record<string, string>, reply: FastifyReply) {
  const consent = takeCode(ctx.db, fields['code'] ?? '', ctx.now())
  const fits =
    consent !== null &&
    consent.redirectUri === fields['redirect_uri'] &&
    verifierFits(consent.challenge, consent.challengeMethod, fields['code_verifier'])
  if (!fits) return refuse(reply, 'code')
  addCount(ctx.db, 'authorization_code', consent.person)
  const refreshToken = addGrant(ctx.db, consent.person, consent.scope, ctx.now())
  return succeed(ctx, refreshToken, reply)
}

function refresh(ctx: Context, refreshToken: string, reply: FastifyReply) {
  if (!grantStands(ctx.db, refreshToken, ctx.now())) return refuse(reply, 'refreshToken')
  addCount(ctx.db, 'refresh_token', '')
  return succeed(ctx, refreshToken, reply)
}

function succeed(ctx: Context, refreshToken: string, reply: FastifyReply) {
  const seconds = ctx.settings.accessTokenSeconds
  const accessToken = issueAccessToken(ctx.db, refreshToken, seconds, ctx.now())
  return reply.header('cache-control', 'no-store').send(tokenBody(accessToken, refreshToken, seconds))
}

function refuse(reply: FastifyReply, why: keyof typeof tokenRefusals) {
  const [status, error, description] = tokenRefusals[why]
  return reply.code(status).send(refusalBody(error, description))
}
