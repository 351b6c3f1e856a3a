import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import type { Account, Instance } from '../world/people.ts'
import { accountOf, callerOf, instanceOf } from './caller.ts'
import { pageOf } from './paging.ts'

/** Accounts and instances: answered as `application/json`, the next page's token null on the last page, as recorded. */
export function administrationRoutes(app: FastifyInstance, ctx: Context): void {
  app.get('/amc/accounts', { config: { operation: 'listAmcAccounts' } }, (request, reply) => {
    const { items, nextToken } = pageOf(callerOf(ctx, request).accounts, request.url)
    return reply.send({ amcAccounts: items.map(formatAccount), ...(nextToken === null ? {} : { nextToken }) })
  })
  app.get('/amc/instances', { config: { operation: 'listInstances' } }, (request, reply) => {
    const { items, nextToken } = pageOf(accountOf(ctx, request).instances, request.url)
    return reply.send({ instances: items.map(formatInstance), nextToken })
  })
  app.get('/amc/instances/:instanceId', { config: { operation: 'getInstance' } }, (request, reply) =>
    reply.send({ instance: formatInstance(instanceOf(ctx, request)) }),
  )
}

function formatAccount(account: Account) {
  return { accountId: account.entityId, accountName: account.name, marketplaceId: account.marketplaceId }
}

function formatInstance(instance: Instance) {
  return {
    instanceId: instance.id,
    instanceName: instance.name,
    instanceType: instance.type,
    customerCanonicalName: instance.customer,
    creationStatus: 'COMPLETED',
    creationDatetime: instance.createdAt,
    s3BucketName: '',
    awsAccountId: '',
    entities: ['NA'],
    dataUploadAwsAccountId: '000000000000',
    apiEndpoint: 'https://advertising-api.amazon.com',
    acrCollaboration: null,
    optionalDatasets: [],
    advertiserTypes: instance.advertiserTypes,
  }
}
