import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { bearerOf } from '../state/grants.store.ts'
import type { Bearer } from '../state/grants.store.ts'
import { personOf } from '../world/people.ts'
import type { Person } from '../world/person.ts'
import { refusalBody } from './token-answers.ts'

/** Who signed in, and what a token is good for (Login with Amazon, "Customer Profile" and "Verify access token"). */
export function profileRoutes(app: FastifyInstance, ctx: Context): void {
  app.get('/user/profile', { config: { operation: 'getCustomerProfile' } }, async (request, reply) => {
    const found = lookUp(ctx, request)
    if (found === null) return refuse(reply, 'invalid_token', 'The access token is malformed, expired or revoked')
    const { person, bearer } = found
    if (bearer.scopes.includes('profile')) return { user_id: person.userId, email: person.email, name: person.name }
    if (bearer.scopes.includes('profile:user_id')) return { user_id: person.userId }
    return refuse(reply, 'insufficient_scope', 'The access token lacks the scope profile')
  })

  app.get('/auth/o2/tokeninfo', { config: { operation: 'getTokenInfo' } }, async (request, reply) => {
    const found = lookUp(ctx, request)
    if (found === null) return refuse(reply, 'invalid_token', 'The access token is malformed, expired or revoked')
    const { person, bearer } = found
    return {
      iss: 'https://www.amazon.com',
      user_id: person.userId,
      aud: ctx.clientId,
      app_id: ctx.clientId.replace('application-oa2-client', 'application'),
      exp: Math.floor((bearer.expiresAt - ctx.now().getTime()) / 1000),
      iat: Math.floor(bearer.issuedAt / 1000),
    }
  })
}

/** The token comes as a query parameter, as a bearer, or in a header of Amazon's own. */
function lookUp(ctx: Context, request: FastifyRequest): { bearer: Bearer; person: Person } | null {
  const query = new URL(request.url, 'http://localhost').searchParams.get('access_token')
  const header = request.headers['x-amz-access-token']
  const token = query ?? (typeof header === 'string' ? header : request.headers.authorization?.replace(/^Bearer /i, ''))
  const bearer = bearerOf(ctx.db, token?.trim() ?? '', ctx.now())
  const person = bearer === null ? null : personOf(bearer.person)
  return bearer === null || person === null ? null : { bearer, person }
}

function refuse(reply: FastifyReply, error: string, description: string) {
  return reply.code(400).send(refusalBody(error, description))
}
