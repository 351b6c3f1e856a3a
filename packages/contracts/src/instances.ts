import { AmcInstanceId, EntityId, MarketplaceId } from '@recomamp/amc-wire'
import { z } from 'zod'
import { Provider, Region } from './auth.ts'
import { endpoint } from './endpoint.ts'
import { ConnectionId, InstanceId } from './ids.ts'
import { Instant, PageQuery, page } from './paging.ts'

export const InstanceType = z.enum(['STANDARD', 'SANDBOX'])

export const Instance = z.object({
  /** Our id: goes into this app's addresses. AMC does not know it. */
  id: InstanceId,
  /** Amazon's id: goes into every AMC call. */
  amcInstanceId: AmcInstanceId,
  name: z.string(),
  type: InstanceType,
  customerName: z.string().nullable(),
  account: z.object({
    entityId: EntityId,
    name: z.string(),
    marketplaceId: MarketplaceId,
    countryCode: z.string().nullable(),
  }),
  connection: z.object({ id: ConnectionId, provider: Provider, region: Region }),
  /** The brands that people noted for the instance. */
  brands: z.array(z.string()),
  lastRun: z.object({ at: Instant, status: z.string() }).nullable(),
  /** False once Amazon no longer lists it. */
  available: z.boolean(),
  discoveredAt: Instant,
})
export type Instance = z.infer<typeof Instance>

export const listInstances = endpoint({
  method: 'GET',
  path: '/api/instances',
  summary: 'The AMC instances of the workspace',
  tag: 'instances',
  query: PageQuery.extend({ q: z.string().max(200).optional() }),
  ok: { status: 200, body: page(Instance) },
  problems: [],
})

export const getInstance = endpoint({
  method: 'GET',
  path: '/api/instances/:instanceId',
  summary: 'One AMC instance',
  tag: 'instances',
  params: z.strictObject({ instanceId: InstanceId }),
  ok: { status: 200, body: Instance },
  problems: ['instance-not-found'],
})

/** Discovery is recorded and done in the background; the stream of events tells when it has ended. */
export const addInstances = endpoint({
  method: 'POST',
  path: '/api/instances',
  summary: 'Add one instance by hand, or read all from Amazon',
  tag: 'instances',
  body: z.discriminatedUnion('by', [
    z.strictObject({ by: z.literal('discovery'), connectionId: ConnectionId.optional() }),
    z.strictObject({
      by: z.literal('hand'),
      connectionId: ConnectionId,
      amcInstanceId: AmcInstanceId,
      name: z.string().min(1).max(200),
      type: InstanceType,
      entityId: EntityId,
      marketplaceId: MarketplaceId,
    }),
  ]),
  ok: { status: 202, body: z.object({ instance: Instance.nullable() }) },
  problems: ['connection-not-found'],
})
