import type { FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { bearerOf } from '../state/grants.store.ts'
import { personOf } from '../world/people.ts'
import type { Account, Instance, Person } from '../world/people.ts'
import { Refusal } from './refusal.ts'

/** Who asks, by token and client id: 401 for a missing, unknown or expired token and for a foreign or missing client. */
export function callerOf(ctx: Context, request: FastifyRequest): Person {
  const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const bearer = token === undefined ? null : bearerOf(ctx.db, token, ctx.now())
  const person = bearer === null ? null : personOf(bearer.person)
  if (person === null) throw new Refusal(401, 'Authentication failed')
  if (request.headers['amazon-advertising-api-clientid'] !== ctx.clientId)
    throw new Refusal(401, 'Authentication failed')
  if (!bearer?.scopes.includes('advertising::campaign_management')) throw new Refusal(403, 'Unauthorized request.')
  return person
}

/** The account that the two headers name; 400 when one is missing, 403 when it is not the caller's. */
export function accountOf(ctx: Context, request: FastifyRequest): Account {
  const person = callerOf(ctx, request)
  const entityId = request.headers['amazon-advertising-api-advertiserid']
  const marketplaceId = request.headers['amazon-advertising-api-marketplaceid']
  if (entityId === undefined || entityId === '') throw new Refusal(400, 'entityId provided is null')
  if (marketplaceId === undefined || marketplaceId === '')
    throw new Refusal(400, 'Amazon-Advertising-API-MarketplaceId header is missing')
  const account = person.accounts.find((one) => one.entityId === entityId && one.marketplaceId === marketplaceId)
  if (account === undefined) throw new Refusal(403, 'Unauthorized request.')
  return account
}

/** The instance of the path; 403 when the account in the headers does not hold it. */
export function instanceOf(ctx: Context, request: FastifyRequest): Instance {
  const account = accountOf(ctx, request)
  const { instanceId } = request.params as { instanceId: string }
  const instance = account.instances.find((one) => one.id === instanceId)
  if (instance === undefined) throw new Refusal(403, 'Unauthorized request.')
  return instance
}
