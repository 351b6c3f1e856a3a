import { AmcInstanceId, EntityId, MarketplaceId } from '@recomamp/amc-wire'
import { z } from 'zod'
import { Provider, Region } from './auth.ts'
import { endpoint } from './endpoint.ts'
import { ExecutionStatus } from './execution-status.ts'
import { ConnectionId, InstanceId } from './ids.ts'
import { Instant, PageQuery, page } from './paging.ts'
import { RunDefaults } from './time-window.ts'

export const InstanceType = z.enum(['STANDARD', 'SANDBOX'])

export const Instance = z.object({
  /** Our id: goes into this app's addresses. AMC does not know it. */
  id: InstanceId,
  /** Amazon's id: goes into every AMC call. */
  amcInstanceId: AmcInstanceId,
  /** What people call it here: Amazon's name until somebody gives it another. */
  name: z.string(),
  amcName: z.string(),
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
  notes: z.string(),
  /** What a run here takes that says nothing else, and from when a day counts as settled. */
  defaults: RunDefaults,
  lastRun: z.object({ at: Instant, status: ExecutionStatus }).nullable(),
  /** What was read last of its tables; null while nothing was. */
  tables: z
    .object({
      count: z.number().int().nonnegative(),
      readAt: Instant,
      /** How the tables differ from those before; null for the first reading. */
      lastChange: z
        .object({
          at: Instant,
          added: z.number().int().nonnegative(),
          removed: z.number().int().nonnegative(),
          changed: z.number().int().nonnegative(),
        })
        .nullable(),
    })
    .nullable(),
  /** False once Amazon no longer lists it. */
  available: z.boolean(),
  discoveredAt: Instant,
})
export type Instance = z.infer<typeof Instance>

const oneInstance = z.strictObject({ instanceId: InstanceId })

export const listInstances = endpoint({
  method: 'GET',
  path: '/api/instances',
  summary: 'The AMC instances of the workspace',
  tag: 'instances',
  role: 'viewer',
  query: PageQuery.extend({
    q: z.string().max(200).optional(),
    connectionId: ConnectionId.optional(),
    region: Region.optional(),
    type: InstanceType.optional(),
  }),
  ok: { status: 200, body: page(Instance) },
  problems: [],
})

export const getInstance = endpoint({
  method: 'GET',
  path: '/api/instances/:instanceId',
  summary: 'One AMC instance',
  tag: 'instances',
  role: 'viewer',
  params: oneInstance,
  ok: { status: 200, body: Instance },
  problems: ['instance-not-found'],
})

/** An instance that discovery does not see, such as one of an account that shares it. */
export const AddByHand = z.strictObject({
  by: z.literal('hand'),
  connectionId: ConnectionId,
  amcInstanceId: AmcInstanceId,
  name: z.string().min(1).max(200),
  type: InstanceType,
  entityId: EntityId,
  marketplaceId: MarketplaceId,
})

/** Discovery is recorded and done in the background; the stream of events tells when it has ended. */
export const addInstances = endpoint({
  method: 'POST',
  path: '/api/instances',
  summary: 'Add one instance by hand, or read all from Amazon',
  tag: 'instances',
  role: 'owner',
  body: z.discriminatedUnion('by', [
    z.strictObject({ by: z.literal('discovery'), connectionId: ConnectionId.optional() }),
    AddByHand,
  ]),
  ok: { status: 202, body: z.object({ instance: Instance.nullable() }) },
  problems: ['connection-not-found'],
})

/** What people note about an instance; nothing of it goes to Amazon. What is left out stays as it is. */
export const updateInstance = endpoint({
  method: 'PUT',
  path: '/api/instances/:instanceId',
  summary: 'Change what is noted about an instance: name, brands, notes and defaults',
  tag: 'instances',
  role: 'owner',
  params: oneInstance,
  body: z.strictObject({
    /** null takes Amazon's name again. */
    name: z.string().trim().min(1).max(200).nullable().optional(),
    brands: z.array(z.string().trim().min(1).max(100)).max(100).optional(),
    notes: z.string().max(10_000).optional(),
    defaults: RunDefaults.optional(),
  }),
  ok: { status: 200, body: Instance },
  problems: ['instance-not-found'],
})

/** How busy an instance is with what this workspace sends it. */
export const getInstanceActivity = endpoint({
  method: 'GET',
  path: '/api/instances/:instanceId/activity',
  summary: 'Slots and recent runs of an instance',
  tag: 'instances',
  role: 'viewer',
  params: oneInstance,
  ok: {
    status: 200,
    body: z.object({
      /** Runs that AMC works on, of as many as are sent at once. */
      running: z.number().int().nonnegative(),
      slots: z.number().int().positive(),
      /** Runs that wait here for a slot. */
      waiting: z.number().int().nonnegative(),
      lastSevenDays: z.object({ runs: z.number().int().nonnegative(), completed: z.number().int().nonnegative() }),
    }),
  },
  problems: ['instance-not-found'],
})

/** What the removal of an instance takes with it, and what it leaves. */
export const InstanceRemoval = z.object({
  /** Runs that have not ended: while there are any, the instance is not removed. */
  openExecutions: z.number().int().nonnegative(),
  /** They stay, without an instance. */
  queries: z.number().int().nonnegative(),
  /** They stay with their results. */
  executions: z.number().int().nonnegative(),
  /** They stay at AMC; RecomAMP no longer knows of them. */
  copies: z.number().int().nonnegative(),
  /** What was read of its tables goes. */
  snapshots: z.number().int().nonnegative(),
})
export type InstanceRemoval = z.infer<typeof InstanceRemoval>

export const getInstanceRemoval = endpoint({
  method: 'GET',
  path: '/api/instances/:instanceId/removal',
  summary: 'What the removal of an instance would take with it',
  tag: 'instances',
  role: 'viewer',
  params: oneInstance,
  ok: { status: 200, body: InstanceRemoval },
  problems: ['instance-not-found'],
})

/** Reading Amazon's list again does not bring it back; adding it by hand does, under the same id. Nothing changes at Amazon. */
export const removeInstance = endpoint({
  method: 'DELETE',
  path: '/api/instances/:instanceId',
  summary: 'Remove an instance from the workspace; the answer says what went with it',
  tag: 'instances',
  role: 'owner',
  params: oneInstance,
  ok: { status: 200, body: InstanceRemoval },
  problems: ['instance-not-found', 'instance-in-use'],
})
