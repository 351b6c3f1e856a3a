import { type AmcClient, LwaError } from '@recomamp/amc-client'
import { type ConnectionId, Problem, type WorkspaceId } from '@recomamp/contracts'
import { sql } from 'kysely'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { recordEvent, tellEventsJobName } from '#features/events/index.ts'
import { claimRows } from '#platform/db/leases.ts'
import { inWorkspace } from '#platform/db/scope.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import type { Job } from '#platform/jobs/job.ts'
import { inLanes } from '#platform/jobs/lanes.ts'
import { minutes, seconds } from '#platform/time.ts'
import { wordsForFault } from './amazon-fault.ts'
import type { SignIn } from './sign-in.ts'

const name = 'check-connections'
/** Longer than all calls of a check together; one whose process died is begun again after it. */
const checkLease = minutes(2)
const lanes = 4

/** Asks for a test of a person's connection; it happens in the background (F-28). */
export async function requestCheck(ctx: Ctx, who: Member, id: ConnectionId): Promise<{ connectionId: ConnectionId }> {
  const now = ctx.now()
  await inTransaction(ctx.db, async (tx) => {
    const asked = await tx
      .updateTable('connections')
      .where('workspace_id', '=', who.workspaceId)
      .where('id', '=', id)
      .set({ check_requested_at: now, updated_at: now })
      .returning('id')
      .executeTakeFirst()
    if (asked === undefined) throw new Problem('connection-not-found')
    await recordAudit(tx, who, { action: 'connection-tested', object: { kind: 'connection', id } }, now)
  })
  ctx.wake(name)
  return { connectionId: id }
}

/** Tests connections that somebody asked about: does Amazon take the tokens, do they belong to the person, does AMC answer (S-044). */
export function checkConnectionsJob(signIn: Pick<SignIn, 'broker' | 'providers'>): Job {
  return {
    name,
    everyMs: seconds(5),
    run: (ctx, signal, beat) =>
      inLanes(signal, {
        beat,
        lanes,
        everyMs: seconds(1),
        claim: async () => (await claimCheck(ctx)) ?? null,
        work: (connectionId) => check(ctx, signIn, connectionId),
        onFault: (error) => ctx.log.error({ err: error }, 'a connection could not be tested'),
      }),
  }
}

async function claimCheck(ctx: Ctx): Promise<ConnectionId | undefined> {
  const [connectionId] = await claimRows<ConnectionId>(ctx.db, {
    table: 'connections',
    lease: 'check_lease_until',
    due: sql`check_requested_at is not null`,
    first: sql`check_requested_at`,
    now: ctx.now(),
    leaseMs: checkLease,
    limit: 1,
  })
  return connectionId
}

async function check(
  ctx: Ctx,
  signIn: Pick<SignIn, 'broker' | 'providers'>,
  connectionId: ConnectionId,
): Promise<void> {
  const connection = await ctx.db
    .selectFrom('connections')
    .innerJoin('users', 'users.id', 'connections.user_id')
    .where('connections.id', '=', connectionId)
    .select(['connections.workspace_id', 'connections.provider', 'connections.region', 'users.amazon_user_id'])
    .select('connections.check_requested_at')
    .executeTakeFirstOrThrow()
  await inWorkspace(connection.workspace_id, () => checkAndKeep(ctx, signIn, { id: connectionId, ...connection }))
}

async function checkAndKeep(
  ctx: Ctx,
  signIn: Pick<SignIn, 'broker' | 'providers'>,
  connection: Checked & { workspace_id: WorkspaceId; check_requested_at: Date | null },
): Promise<void> {
  const { id: connectionId } = connection
  const error = await faultOf(ctx, signIn, connection)
  const now = ctx.now()
  await inTransaction(ctx.db, async (tx) => {
    await tx
      .updateTable('connections')
      .where('id', '=', connectionId)
      .set((eb) => ({
        check_error: error,
        check_lease_until: null,
        // A request that came during the test is still to be answered.
        check_requested_at: eb
          .case()
          .when('check_requested_at', '=', connection.check_requested_at)
          .then(null)
          .else(eb.ref('check_requested_at'))
          .end(),
        ...(error === null ? { checked_at: now } : {}),
        updated_at: now,
      }))
      .execute()
    await recordEvent(tx, connection.workspace_id, { type: 'connection-changed', connectionId }, now)
  })
  ctx.wake(tellEventsJobName)
}

interface Checked {
  readonly id: ConnectionId
  readonly provider: Parameters<SignIn['providers']['lwa']>[0]
  readonly region: Parameters<SignIn['providers']['lwa']>[1]
  readonly amazon_user_id: string
}

/** Null when the connection works, otherwise what is wrong in words. */
async function faultOf(
  ctx: Ctx,
  { broker, providers }: Pick<SignIn, 'broker' | 'providers'>,
  connection: Checked,
): Promise<string | null> {
  try {
    const lwa = providers.lwa(connection.provider, connection.region)
    if (lwa === null) return 'This server is not configured for the provider of this connection any more.'
    const token = await broker.current(connection.id)
    const profile = await lwa.profile(token).catch(async (error: unknown) => {
      // The token may have been revoked before its time; a renewal tells.
      if (!(error instanceof LwaError) || error.kind !== 'profile-refused') throw error
      return lwa.profile(await broker.renew(connection.id, token))
    })
    if (profile.userId !== connection.amazon_user_id)
      return 'The tokens belong to another person at Amazon. Sign in with Amazon again.'
    await firstPage(await ctx.amcFor(connection.id))
    return null
  } catch (error) {
    ctx.log.warn({ err: error, connectionId: connection.id }, 'a connection does not pass its test')
    return wordsForFault(error)
  }
}

/** One call to AMC; any answer will do. */
async function firstPage(amc: AmcClient): Promise<void> {
  for await (const _ of amc.listAccounts()) return
}
