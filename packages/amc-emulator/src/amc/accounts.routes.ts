import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import { sendJson } from './answer.ts'
import { callerOf } from './caller.ts'
import { pageOf } from './paging.ts'

/** AMC accounts of the caller: `application/json`, and no `nextToken` at all on the last page, as recorded. */
export function accountRoutes(app: FastifyInstance, ctx: Context): void {
  app.get('/amc/accounts', { config: { operation: 'listAmcAccounts' } }, (request, reply) => {
    const { items, nextToken } = pageOf(callerOf(ctx, request).accounts, request.url)
    return sendJson(reply, 'application/json', {
      amcAccounts: items.map((account) => ({
        accountId: account.entityId,
        accountName: account.name,
        marketplaceId: account.marketplaceId,
      })),
      ...(nextToken === null ? {} : { nextToken }),
    })
  })
}
