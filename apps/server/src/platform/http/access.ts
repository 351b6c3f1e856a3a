import { type Endpoint, Problem, isEnough, scopeFor } from '@recomamp/contracts'
import type { FastifyRequest } from 'fastify'
import type { Identity, Member, Origin } from './app-types.ts'

/** Refuses a request that its endpoint does not allow to its caller: the one place where roles and scopes are asked. */
export function requireAccess(request: FastifyRequest, endpoint: Pick<Endpoint, 'auth' | 'role' | 'tokens'>): void {
  const { auth, role, tokens } = endpoint
  if (auth === 'none' || auth === 'cookie') return
  const caller = requireIdentity(request)
  if (role === undefined) throw new Error('an endpoint for signed-in people names no role')
  if (caller.via.kind === 'token') {
    if (tokens === false)
      throw new Problem('scope-needed', 'No access token may do this; it takes a person who is signed in', {
        extensions: { needed: null },
      })
    const needed = scopeFor[role]
    if (!caller.via.scopes.includes(needed))
      throw new Problem('scope-needed', `The token lacks the scope “${needed}”`, { extensions: { needed } })
  }
  if (!isEnough(caller.role, role))
    throw new Problem(
      'role-needed',
      `It takes ${roleWords[role]} of the workspace; you are ${roleWords[caller.role]}`,
      {
        extensions: { needed: role, role: caller.role },
      },
    )
}

const roleWords = { viewer: 'a viewer', analyst: 'an analyst', owner: 'an owner' } as const

function requireIdentity({ caller }: FastifyRequest): Identity {
  if (caller === 'nobody') throw new Problem('not-signed-in', 'Send the access token as a Bearer token, or sign in')
  if (caller === 'session-ended') throw new Problem('session-ended', 'The session has ended; sign in again')
  return caller
}

/** Who asks, with where from; a 401 where nobody is signed in. */
export function memberOf(request: FastifyRequest): Member {
  return { ...requireIdentity(request), from: originOf(request) }
}

/** Where a request comes from; behind a trusted proxy the address that it names. */
export function originOf(request: FastifyRequest): Origin {
  return {
    address: request.ip,
    userAgent: request.headers['user-agent']?.slice(0, 300) ?? null,
    requestId: request.id,
  }
}
