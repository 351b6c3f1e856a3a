import { advertiserTypesOf } from '../world/instance.ts'
import type { Instance } from '../world/instance.ts'

/** An instance with the fields of recorded answers, in their order. One that is not ready yet has no date and no endpoint. */
export function formatInstance(instance: Instance, now: Date) {
  const ready = isReady(instance, now)
  return {
    instanceId: instance.id,
    instanceName: instance.name,
    instanceType: instance.type,
    customerCanonicalName: instance.customer,
    creationStatus: ready ? 'COMPLETED' : 'REQUESTED',
    creationDatetime: ready ? instance.createdAt : null,
    s3BucketName: instance.bucketName,
    awsAccountId: instance.awsAccountId,
    entities: ['NA'],
    dataUploadAwsAccountId: '000000000000',
    apiEndpoint: ready ? 'https://advertising-api.amazon.com' : null,
    acrCollaboration: null,
    optionalDatasets: instance.paidFeatures
      ? [{ label: 'CONVERSIONS_EXPOSURE_V3', activationTime: instance.createdAt.replace(/\.\d+Z$/, 'Z') }]
      : [],
    advertiserTypes: advertiserTypesOf(instance),
  }
}

/** True once the creation of an instance is complete. */
export function isReady(instance: Instance, now: Date): boolean {
  return now.getTime() >= Date.parse(instance.createdAt)
}
