import type { FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { bearerOf } from '../state/grants.store.ts'
import { instancesOf } from '../state/instances.store.ts'
import type { Instance } from '../world/instance.ts'
import { personOf } from '../world/people.ts'
import type { Account, Person } from '../world/person.ts'
import { Refusal } from './refusal.ts'

/** Scopes that open AMC: the second is of clients from before October 2020 (guide create-authorization-grant). */
const campaignScopes: readonly string[] = ['advertising::campaign_management', 'cpc_advertising:campaign_management']

/** Who asks, by token and client id: 401 for a missing, unknown or expired token and for a foreign or missing client. */
export function callerOf(ctx: Context, request: FastifyRequest): Person {
  const token = bearerTokenOf(request)
  const bearer = token === null ? null : bearerOf(ctx.db, token, ctx.now())
  const person = bearer === null ? null : personOf(bearer.person)
  if (bearer === null || person === null) throw new Refusal(401, 'Authentication failed')
  if (request.headers['amazon-advertising-api-clientid'] !== ctx.clientId)
    throw new Refusal(401, 'Authentication failed')
  if (!bearer.scopes.some((scope) => campaignScopes.includes(scope))) throw unauthorized()
  return person
}

/** The access token of a request as it was sent, or null. */
export function bearerTokenOf(request: FastifyRequest): string | null {
  return /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1] ?? null
}

/** The account that the two headers name; 400 when one is missing, 403 when it is not the caller's. */
export function accountOf(ctx: Context, request: FastifyRequest): Account {
  return accountOfPerson(ctx, request, callerOf(ctx, request))
}

/** As `accountOf`, for what only administrators may do; 403 for others. */
export function administeredAccountOf(ctx: Context, request: FastifyRequest): Account {
  const person = callerOf(ctx, request)
  const account = accountOfPerson(ctx, request, person)
  if (!person.admin) throw unauthorized()
  return account
}

/** The instance of the path; 403 when the account in the headers does not hold it. */
export function instanceOf(ctx: Context, request: FastifyRequest): Instance {
  return instanceIn(ctx, request, accountOf(ctx, request))
}

/** The instance of the path within an account that was already looked up. */
export function instanceIn(ctx: Context, request: FastifyRequest, account: Account): Instance {
  const { instanceId } = request.params as { instanceId: string }
  const instance = instancesOf(ctx.db, account, ctx.now()).find((one) => one.id === instanceId)
  if (instance === undefined) throw unauthorized()
  return instance
}

function accountOfPerson(ctx: Context, request: FastifyRequest, person: Person): Account {
  const entityId = request.headers['amazon-advertising-api-advertiserid']
  const marketplaceId = request.headers['amazon-advertising-api-marketplaceid']
  if (entityId === undefined || entityId === '') throw new Refusal(400, 'entityId provided is null')
  if (marketplaceId === undefined || marketplaceId === '')
    throw new Refusal(400, 'Amazon-Advertising-API-MarketplaceId header is missing')
  const account = person.accounts.find((one) => one.entityId === entityId && one.marketplaceId === marketplaceId)
  if (account === undefined) throw unauthorized()
  if (!ctx.settings.termsAccepted) throw new Refusal(403, 'Terms and conditions must be accepted to continue')
  return account
}

function unauthorized(): Refusal {
  return new Refusal(403, 'Unauthorized request.')
}
