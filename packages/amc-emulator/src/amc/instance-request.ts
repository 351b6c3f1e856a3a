import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { instanceOfToken, locateInstance, saveInstance } from '../state/instances.store.ts'
import type { Instance } from '../world/instance.ts'
import type { Account } from '../world/person.ts'
import { readWith } from './definition.ts'

const label = z
  .string()
  .min(3)
  .max(50)
  .regex(/^[A-Za-z0-9][A-Za-z0-9 ]*[A-Za-z0-9]$/, 'may contain letters, digits and spaces only')
const awsAccountId = z.string().regex(/^(\d{12})?$/, 'must be the twelve digits of an AWS account')

/** The names and the bucket of an instance, as a change may give them (guide instance-management). */
export const InstanceChange = z.object({
  instanceName: label.optional(),
  advertiserName: label.optional(),
  awsAccountId: awsAccountId.optional(),
  s3BucketName: z.string().optional(),
})

const InstanceCreation = InstanceChange.extend({
  instanceName: label,
  idempotencyToken: z.string().min(1).max(36).optional(),
})

/** The body of the older way to connect a bucket. */
export const InstanceBucket = z.object({ awsAccountId, bucketName: z.string().min(1) })

/** Requests an instance, empty and ready after the settings' time; the same idempotency token gives the same instance. */
export function createInstance(ctx: Context, account: Account, json: object): Instance {
  const asked = readWith(InstanceCreation, json)
  const token = asked.idempotencyToken ?? null
  const earlier = token === null ? null : instanceOfToken(ctx.db, account.entityId, token)
  const known = earlier === null ? null : locateInstance(ctx.db, earlier, ctx.now())
  if (known !== null) return known.instance
  const instance: Instance = {
    id: `amc${[...randomBytes(8)].map((byte) => 'abcdefghijklmnopqrstuvwxyz0123456789'[byte % 36]).join('')}`,
    name: asked.instanceName,
    type: 'STANDARD',
    customer: asked.advertiserName ?? null,
    createdAt: new Date(ctx.now().getTime() + ctx.settings.instanceReadyMs).toISOString(),
    advertisers: [],
    paidFeatures: false,
    bucketName: asked.s3BucketName ?? '',
    awsAccountId: asked.awsAccountId ?? '',
  }
  saveInstance(ctx.db, account.entityId, instance, token)
  return instance
}
