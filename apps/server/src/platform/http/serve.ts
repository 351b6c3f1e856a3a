import type { BodyOf, Endpoint, ParamsOf, QueryOf, ReplyOf } from '@recomamp/contracts'
import { Problem, scopeFor } from '@recomamp/contracts'
import type { FastifyReply, FastifyRequest, FastifySchema } from 'fastify'
import { z } from 'zod'
import { acrossWorkspaces, inWorkspace } from '#platform/db/scope.ts'
import { memberOf, requireAccess } from './access.ts'
import type { App, Member } from './app-types.ts'
import { assertListed, problemSchema } from './problem-answers.ts'

type HeadersOf<E extends Endpoint> = E['headers'] extends z.ZodType ? z.output<E['headers']> : undefined

/** One request of an endpoint, its parts parsed. */
export interface Call<E extends Endpoint> {
  /** Who asks; null for endpoints that need no session. */
  who: E['auth'] extends 'none' | 'cookie' ? null : Member
  params: ParamsOf<E>
  query: QueryOf<E>
  body: BodyOf<E>
  headers: HeadersOf<E>
  request: FastifyRequest
  reply: FastifyReply
}

/** Binds an endpoint of the contracts to a function: the parts of the request are parsed before it, its answer after it unless it has
 *  sent one itself. */
export function serve<E extends Endpoint>(
  app: App,
  endpoint: E,
  handle: (call: Call<E>) => ReplyOf<E> | FastifyReply | Promise<ReplyOf<E> | FastifyReply>,
): void {
  const isOpen = endpoint.auth === 'none' || endpoint.auth === 'cookie'
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    schema: schemaOf(endpoint),
    config: { limit: endpoint.limit ?? 'ordinary', endpoint: endpoint.summary },
    // Behind the rate limit, before the body is read: what a caller may not do is refused whatever it says.
    preParsing: (request, _reply, _payload, done) => {
      try {
        requireAccess(request, endpoint)
        done()
      } catch (error) {
        done(error as Error)
      }
    },
    handler: async (request, reply) => {
      const who = isOpen ? null : memberOf(request)
      refuseUnknown(endpoint, request)
      const { params, query, body, headers } = request
      try {
        // The one place where what the schemas have parsed gets its type.
        const call = { who, params, query, body, headers, request, reply } as Call<E>
        // The answer is sent in the scope too: one that is streamed is still being read.
        const answer = async () => {
          const told = await handle(call)
          if (reply.sent) return reply
          return reply.code(endpoint.ok.status).send(endpoint.ok.status === 204 ? undefined : told)
        }
        // Who has not signed in yet is in no workspace: such a call finds the one that it is about.
        return await (who === null ? acrossWorkspaces(answer) : inWorkspace(who.workspaceId, answer))
      } catch (error) {
        assertListed(app, endpoint, error)
        throw error
      }
    },
  })
}

/** Where an endpoint takes no query or no body, nothing is ignored silently: schemas refuse unknown fields, and this refuses all. */
function refuseUnknown(endpoint: Endpoint, { query, body }: FastifyRequest): void {
  const unknown = [
    ...(endpoint.query === undefined ? Object.keys(Object(query)).map((name) => `querystring.${name}`) : []),
    ...(endpoint.body === undefined ? Object.keys(Object(body)) : []),
  ]
  if (unknown.length === 0) return
  const errors = unknown.map((path) => ({ path, message: 'is not known here' }))
  throw new Problem('input-invalid', `${unknown[0]}: is not known here`, { errors })
}

function schemaOf(endpoint: Endpoint): FastifySchema {
  const { params, query, body, headers, ok } = endpoint
  return {
    summary: endpoint.summary,
    tags: [endpoint.tag],
    ...accessOf(endpoint),
    ...(params === undefined ? {} : { params }),
    ...(query === undefined ? {} : { querystring: query }),
    ...(body === undefined ? {} : { body }),
    ...(headers === undefined ? {} : { headers }),
    response: {
      [ok.status]: ok.status === 204 ? z.null().describe('No content') : ok.body,
      default: problemSchema,
    },
  }
}

/** What the description says of who may call it; `description` so that people read it, `x-role` so that programs do. */
function accessOf({ auth, role, tokens }: Endpoint): object {
  if (auth === 'none' || auth === 'cookie' || role === undefined) return { security: [], 'x-auth': auth }
  const scope = tokens === false ? null : scopeFor[role]
  return {
    security: [{ bearer: [] }],
    description: `Role: ${role}. ${scope === null ? 'Not open to access tokens.' : `Scope of an access token: ${scope}.`}`,
    'x-role': role,
    'x-scope': scope,
  }
}
