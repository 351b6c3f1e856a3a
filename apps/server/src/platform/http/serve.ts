import { type Endpoint, type ParamsOf, Problem, type BodyOf, type QueryOf, type ReplyOf } from '@recomamp/contracts'
import type { FastifyReply, FastifyRequest, FastifySchema } from 'fastify'
import { z } from 'zod'
import type { App, LimitGroup, Member } from './app-types.ts'
import { assertListed, problemSchema } from './problem-answers.ts'

type HeadersOf<E extends Endpoint> = E['headers'] extends z.ZodType ? z.output<E['headers']> : undefined

/** One request of an endpoint, its parts parsed. */
export interface Call<E extends Endpoint> {
  /** Who is signed in; null for endpoints that need no session. */
  who: E['auth'] extends 'none' | 'cookie' ? null : Member
  params: ParamsOf<E>
  query: QueryOf<E>
  body: BodyOf<E>
  headers: HeadersOf<E>
  request: FastifyRequest
  reply: FastifyReply
}

/** Binds an endpoint of the contracts to a function: the parts of the request are parsed before it, its answer after it. */
export function serve<E extends Endpoint>(
  app: App,
  endpoint: E,
  handle: (call: Call<E>) => ReplyOf<E> | Promise<ReplyOf<E>>,
  options: { limit?: LimitGroup } = {},
): void {
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    schema: schemaOf(endpoint),
    config: { limit: options.limit ?? 'ordinary', endpoint: endpoint.summary },
    handler: async (request, reply) => {
      const who = endpoint.auth === undefined || endpoint.auth === 'session' ? requireMember(request) : null
      const { params, query, body, headers } = request
      try {
        // The one place where what the schemas have parsed gets its type.
        const answer = await handle({ who, params, query, body, headers, request, reply } as Call<E>)
        if (reply.sent) return reply
        return await reply.code(endpoint.ok.status).send(endpoint.ok.status === 204 ? undefined : answer)
      } catch (error) {
        assertListed(app, endpoint, error)
        throw error
      }
    },
  })
}

/** The member whose session the request carries, or a 401. */
export function requireMember(request: FastifyRequest): Member {
  const { caller } = request
  if (caller === 'nobody') throw new Problem('not-signed-in', 'Send the access token as a Bearer token, or sign in')
  if (caller === 'session-ended') throw new Problem('session-ended', 'The session has ended; sign in again')
  return caller
}

function schemaOf(endpoint: Endpoint): FastifySchema {
  const { params, query, body, headers, ok } = endpoint
  return {
    summary: endpoint.summary,
    tags: [endpoint.tag],
    security: endpoint.auth === undefined || endpoint.auth === 'session' ? [{ bearer: [] }] : [],
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
