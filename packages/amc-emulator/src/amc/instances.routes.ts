import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import { instancesOf, removeInstance, saveInstance } from '../state/instances.store.ts'
import { sendJson } from './answer.ts'
import { accountOf, administeredAccountOf, instanceIn, instanceOf } from './caller.ts'
import { requestBody, readWith } from './definition.ts'
import { formatInstance, isReady } from './format-instance.ts'
import { createInstance, InstanceBucket, InstanceChange } from './instance-request.ts'
import { pageOf } from './paging.ts'
import { Refusal } from './refusal.ts'

const path = '/amc/instances'
const mediaType = 'application/json'

/** Instances of an account; the next page's token is null on the last page, as recorded. */
export function instanceRoutes(app: FastifyInstance, ctx: Context): void {
  app.get(path, { config: { operation: 'listInstances' } }, (request, reply) => {
    const { items, nextToken } = pageOf(instancesOf(ctx.db, accountOf(ctx, request), ctx.now()), request.url)
    return sendJson(reply, mediaType, { instances: items.map((one) => formatInstance(one, ctx.now())), nextToken })
  })

  app.get(`${path}/:instanceId`, { config: { operation: 'getInstance' } }, (request, reply) =>
    sendJson(reply, mediaType, { instance: formatInstance(instanceOf(ctx, request), ctx.now()) }),
  )

  app.post(path, { config: { operation: 'createInstance' } }, (request, reply) => {
    const account = administeredAccountOf(ctx, request)
    const instance = createInstance(ctx, account, requestBody(request.body))
    return sendJson(reply, mediaType, { instance: formatInstance(instance, ctx.now()) })
  })

  app.put(`${path}/:instanceId`, { config: { operation: 'updateInstance' } }, (request, reply) => {
    const account = administeredAccountOf(ctx, request)
    const instance = instanceIn(ctx, request, account)
    if (!isReady(instance, ctx.now())) throw new Refusal(400, 'Only an instance with status COMPLETED can be changed')
    const change = readWith(InstanceChange, requestBody(request.body))
    const changed = {
      ...instance,
      name: change.instanceName ?? instance.name,
      customer: change.advertiserName ?? instance.customer,
      awsAccountId: change.awsAccountId ?? instance.awsAccountId,
      bucketName: change.s3BucketName ?? instance.bucketName,
    }
    saveInstance(ctx.db, account.entityId, changed)
    return sendJson(reply, mediaType, { instance: formatInstance(changed, ctx.now()) })
  })

  app.delete(`${path}/:instanceId`, { config: { operation: 'deleteInstance' } }, (request, reply) => {
    const account = administeredAccountOf(ctx, request)
    removeInstance(ctx.db, account.entityId, instanceIn(ctx, request, account).id)
    return reply.code(204).send()
  })

  // On its way out at Amazon; the answer is a page of AWS on which the bucket is set up.
  app.post(
    `${path}/:instanceId/updateCustomerAwsAccount`,
    { config: { operation: 'updateCustomerAwsAccount' } },
    (request, reply) => {
      const account = administeredAccountOf(ctx, request)
      const instance = instanceIn(ctx, request, account)
      const { awsAccountId, bucketName } = readWith(InstanceBucket, requestBody(request.body))
      saveInstance(ctx.db, account.entityId, { ...instance, awsAccountId, bucketName })
      const template = 'https://public-file-hosting-repository.s3.amazonaws.com/cfn-template.yaml'
      const query = `templateURL=${template}&stackName=amcDeliveryBucketStack&param_pBucketName=${bucketName}&param_pCrossAccountAccessAccountId=${awsAccountId}`
      const cfnBucketUrl = `https://console.aws.amazon.com/cloudformation/home?region=us-east-1#/stacks/create/review?${query}`
      return sendJson(reply, mediaType, { cfnBucketUrl })
    },
  )
}
