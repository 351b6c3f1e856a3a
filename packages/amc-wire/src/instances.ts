import { z } from 'zod'
import { AmcInstanceId } from './ids.ts'
import { bareOrUnder, maybe, NextToken } from './tolerant.ts'

/** An AMC instance as recorded answers show it; `instanceType` is STANDARD or SANDBOX in all of them. */
export const AmcInstance = z.object({
  instanceId: AmcInstanceId,
  instanceName: z.string(),
  instanceType: maybe(z.string()),
  customerCanonicalName: maybe(z.string()),
  creationStatus: maybe(z.string()),
  creationDatetime: maybe(z.string()),
  /** Empty where no bucket is connected: results can then only be downloaded. */
  s3BucketName: maybe(z.string()),
  advertiserTypes: maybe(z.array(z.string())),
})
export type AmcInstance = z.infer<typeof AmcInstance>

/** `GET /amc/instances`. */
export const AmcInstancePage = z
  .object({ instances: z.array(AmcInstance).nullish(), nextToken: NextToken })
  .transform((page) => ({ items: page.instances ?? [], nextToken: page.nextToken }))

/** `GET /amc/instances/{instanceId}`: wrapped in recorded answers. */
export const AmcInstanceAnswer = bareOrUnder('instance', AmcInstance)
