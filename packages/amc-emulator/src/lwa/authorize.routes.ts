import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Context } from '../context.ts'
import { issueCode } from '../state/grants.store.ts'
import { personOf } from '../world/people.ts'
import { bodyFields } from './body-fields.ts'
import { consentErrorPage, consentPage } from './consent-page.ts'

/** `GET` shows the page (or redirects at once with `auto_approve=<person>`), `POST` carries the choice. */
export function authorizeRoutes(app: FastifyInstance, ctx: Context): void {
  app.get<{ Querystring: Record<string, string> }>(
    '/ap/oa',
    { config: { operation: 'authorize' } },
    async (request, reply) => {
      const fields = Object.fromEntries(new URL(request.url, 'http://localhost').searchParams)
      const untrusted = reasonNotToTrust(ctx, fields)
      if (untrusted !== null) return sendPage(reply, 400, consentErrorPage(untrusted))
      const malformed = malformedParameter(fields)
      if (malformed !== null) return redirect(reply, fields, malformed)
      const approved = fields['auto_approve']
      return approved === undefined ? sendPage(reply, 200, consentPage(fields)) : approve(ctx, reply, fields, approved)
    },
  )
  app.post('/ap/oa', async (request, reply) => {
    const { approve: person, ...fields } = bodyFields(request.body)
    const untrusted = reasonNotToTrust(ctx, fields) ?? malformedParameter(fields)?.error_description ?? null
    if (untrusted !== null) return sendPage(reply, 400, consentErrorPage(untrusted))
    return approve(ctx, reply, fields, person ?? '')
  })
}

function approve(ctx: Context, reply: FastifyReply, fields: Record<string, string>, key: string) {
  if (key === '')
    return redirect(reply, fields, { error: 'access_denied', error_description: 'The person refused the consent' })
  if (personOf(key) === null) return sendPage(reply, 400, consentErrorPage(`Nobody here is called ${key}.`))
  const code = issueCode(
    ctx.db,
    {
      person: key,
      scope: fields['scope'] ?? '',
      redirectUri: fields['redirect_uri'] ?? '',
      challenge: fields['code_challenge'] ?? null,
      challengeMethod: fields['code_challenge_method'] ?? null,
    },
    ctx.now(),
  )
  return redirect(reply, fields, { code, scope: fields['scope'] ?? '' })
}

/** Unknown client or a return address that is not on the list: an error page, never a redirect. */
function reasonNotToTrust(ctx: Context, fields: Record<string, string>): string | null {
  if (fields['client_id'] !== ctx.clientId) return 'The client_id is unknown here.'
  const address = fields['redirect_uri'] ?? ''
  const url = URL.canParse(address) ? new URL(address) : null
  const allowed =
    url !== null && /^https?:$/.test(url.protocol) && /^(127\.0\.0\.1|([\w.-]+\.)?localhost)$/.test(url.hostname)
  return allowed
    ? null
    : 'The redirect_uri is not an Allowed Return URL: only 127.0.0.1, localhost and names under localhost are.'
}

/** Scopes that an advertising application can ask for (guides create-authorization-grant and migration-guide, Login with Amazon). */
const knownScopes: ReadonlySet<string> = new Set([
  'profile',
  'profile:user_id',
  'postal_code',
  'advertising::campaign_management',
  'advertising::audiences',
  'advertising::test:create_account',
  'cpc_advertising:campaign_management',
])

/** What is wrong with a request whose client and return address can be trusted, in the words of OAuth 2.0. */
function malformedParameter(fields: Record<string, string>): { error: string; error_description: string } | null {
  const invalid = (error_description: string) => ({ error: 'invalid_request', error_description })
  if (fields['response_type'] !== 'code')
    return { error: 'unsupported_response_type', error_description: 'response_type must be code' }
  const scopes = (fields['scope'] ?? '').split(' ').filter((scope) => scope !== '')
  if (scopes.length === 0) return invalid('scope is missing')
  const unknown = scopes.find((scope) => !knownScopes.has(scope))
  if (unknown !== undefined)
    return { error: 'invalid_scope', error_description: `An unknown scope was requested: ${unknown}` }
  const method = fields['code_challenge_method']
  return method === undefined || method === 'S256' || method === 'plain'
    ? null
    : invalid('code_challenge_method must be S256 or plain')
}

function redirect(reply: FastifyReply, fields: Record<string, string>, answer: Record<string, string>) {
  const url = new URL(fields['redirect_uri'] ?? '')
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value)
  if (fields['state'] !== undefined) url.searchParams.set('state', fields['state'])
  return reply.code(302).header('location', url.toString()).header('cache-control', 'no-store').send()
}

function sendPage(reply: FastifyReply, status: number, html: string) {
  return reply
    .code(status)
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(html)
}
