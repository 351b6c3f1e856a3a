import type { AmcInstance, AmcInstanceId, AmcTarget } from '@recomamp/amc-wire'
import type { ConnectionId, WorkspaceId } from '@recomamp/contracts'
import { sql } from 'kysely'
import type { Ctx } from '#context.ts'
import { recordEvent, tellEventsJobName } from '#features/events/index.ts'
import { wordsForFault } from '#features/sign-in/index.ts'
import { claimRows } from '#platform/db/leases.ts'
import { inWorkspace } from '#platform/db/scope.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Job } from '#platform/jobs/job.ts'
import { inLanes } from '#platform/jobs/lanes.ts'
import { later, seconds } from '#platform/time.ts'
import { keepAccount, keepInstances, markMissing } from './known-instances.store.ts'

/** Renewed while the reading goes on; one whose process died is begun again after it. */
const discoveryLease = seconds(30)
const renewEvery = seconds(10)
/** Connections that are read side by side: one that hangs holds up nobody else's. */
const lanes = 4

/** Reads accounts and instances from Amazon for connections that ask for it: at sign-in and on demand. */
export const discoverInstancesJob: Job = {
  name: 'discover-instances',
  everyMs: seconds(5),
  run: (ctx, signal, beat) =>
    inLanes(signal, {
      beat,
      lanes,
      everyMs: seconds(1),
      claim: async () => (await claimConnection(ctx)) ?? null,
      work: (connectionId) => discoverUnderLease(ctx, connectionId),
      onFault: (error) => ctx.log.error({ err: error }, 'accounts and instances could not be read'),
    }),
}

async function claimConnection(ctx: Ctx): Promise<ConnectionId | undefined> {
  const [connectionId] = await claimRows<ConnectionId>(ctx.db, {
    table: 'connections',
    lease: 'discovery_lease_until',
    due: sql`discovery_requested_at is not null`,
    first: sql`discovery_requested_at`,
    now: ctx.now(),
    leaseMs: discoveryLease,
    limit: 1,
  })
  return connectionId
}

async function discoverUnderLease(ctx: Ctx, connectionId: ConnectionId): Promise<void> {
  const renewal = setInterval(() => {
    ctx.db
      .updateTable('connections')
      .where('id', '=', connectionId)
      .set({ discovery_lease_until: later(ctx.now(), discoveryLease) })
      .execute()
      .catch((error: unknown) => ctx.log.warn({ err: error, connectionId }, 'the lease of a reading was not renewed'))
  }, renewEvery)
  try {
    await discover(ctx, connectionId)
  } finally {
    clearInterval(renewal)
  }
}

async function discover(ctx: Ctx, connectionId: ConnectionId): Promise<void> {
  const { workspace_id: workspaceId, discovery_requested_at: requestedAt } = await ctx.db
    .selectFrom('connections')
    .where('id', '=', connectionId)
    .select(['workspace_id', 'discovery_requested_at'])
    .executeTakeFirstOrThrow()
  await inWorkspace(workspaceId, () => readAndKeep(ctx, workspaceId, connectionId, requestedAt))
}

async function readAndKeep(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  connectionId: ConnectionId,
  requestedAt: Date | null,
): Promise<void> {
  const faults = await readEverything(ctx, workspaceId, connectionId)
  const now = ctx.now()
  await inTransaction(ctx.db, async (tx) => {
    await tx
      .updateTable('connections')
      .where('id', '=', connectionId)
      .set((eb) => ({
        // A request that came during the reading is still to be answered.
        discovery_requested_at: eb
          .case()
          .when('discovery_requested_at', '=', requestedAt)
          .then(null)
          .else(eb.ref('discovery_requested_at'))
          .end(),
        discovery_lease_until: null,
        discovered_at: now,
        discovery_error: faults.length === 0 ? null : faults.join(' '),
        updated_at: now,
      }))
      .execute()
    await recordEvent(tx, workspaceId, { type: 'instances-changed', connectionId }, now)
  })
  ctx.wake(tellEventsJobName)
  ctx.log.info({ connectionId, faults: faults.length }, 'accounts and instances were read')
}

/** Reads account by account; what was read stays although another account fails. Answers the faults in words. */
async function readEverything(ctx: Ctx, workspaceId: WorkspaceId, connectionId: ConnectionId): Promise<string[]> {
  const faults: string[] = []
  const accountIds: string[] = []
  try {
    const amc = await ctx.amcFor(connectionId)
    for await (const accounts of amc.listAccounts()) {
      for (const account of accounts) {
        const target: AmcTarget = Object.freeze({ entityId: account.accountId, marketplaceId: account.marketplaceId })
        const name = account.accountName ?? account.accountId
        const accountId = await keepAccount(ctx.db, { workspaceId, connectionId, target, name }, ctx.now())
        accountIds.push(accountId)
        try {
          await readAccount(ctx, { workspaceId, connectionId, accountId }, amc.listInstances(target))
        } catch (error) {
          faults.push(`The account ${name} (${account.accountId}) could not be read: ${wordsForFault(error)}`)
          ctx.log.warn({ err: error, connectionId, entityId: account.accountId }, 'an account could not be read')
        }
      }
    }
    await markMissing(ctx.db, { connectionId, accountIds, accounts: 'others' }, [], ctx.now())
  } catch (error) {
    faults.push(`The accounts could not be read: ${wordsForFault(error)}`)
    ctx.log.warn({ err: error, connectionId }, 'accounts could not be read')
  }
  return faults
}

async function readAccount(
  ctx: Ctx,
  account: { workspaceId: WorkspaceId; connectionId: ConnectionId; accountId: string },
  pages: AsyncIterable<AmcInstance[]>,
): Promise<void> {
  const seen: AmcInstanceId[] = []
  for await (const page of pages) {
    const found = page.map((instance) => ({
      ...account,
      amcInstanceId: instance.instanceId,
      name: instance.instanceName,
      type: instance.instanceType === 'SANDBOX' ? ('SANDBOX' as const) : ('STANDARD' as const),
      customerName: instance.customerCanonicalName,
      addedBy: 'discovery' as const,
    }))
    await keepInstances(ctx.db, found, ctx.now())
    seen.push(...found.map((instance) => instance.amcInstanceId))
  }
  const { connectionId, accountId } = account
  await markMissing(ctx.db, { connectionId, accountIds: [accountId], accounts: 'these' }, seen, ctx.now())
}
