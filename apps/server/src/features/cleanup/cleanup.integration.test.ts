import * as api from '@recomamp/contracts'
import { databaseKinds, signInAt, startWorld, type World } from '@recomamp/testkit'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { acrossWorkspaces } from '#platform/db/scope.ts'
import { cleanupJob } from './cleanup.job.ts'

const day = 86_400_000

/** A round of the job, over all workspaces as the server's own. */
async function runJob(world: World): Promise<void> {
  await acrossWorkspaces(() => cleanupJob.run(world.server().ctx, new AbortController().signal, () => undefined))
}

test.each(databaseKinds)(
  'events of 30 days ago, sign-ins and sessions that are over go, the rest stays, on %s',
  async (database) => {
    await using world = await startWorld({ database })
    const { db } = world
    const clean = () => runJob(world)
    const count = async (table: 'sessions' | 'sign_in_states') =>
      Number(
        (
          await db
            .selectFrom(table)
            .select((eb) => eb.fn.countAll<string>().as('n'))
            .executeTakeFirstOrThrow()
        ).n,
      )
    // Jobs of the server write events of their own all the while, so that only those count that were there before.
    const events = async () => new Set((await db.selectFrom('events').select('id').execute()).map(({ id }) => id))
    const gone = await world.signIn('ana')
    const here = await world.signIn('ana')
    await gone.call(api.logout, {})
    const first = await events()
    expect([await count('sessions'), first.size > 0]).toEqual([2, true])
    await clean()
    expect([await count('sessions'), first.isSubsetOf(await events())]).toEqual([1, true])
    await here.call(api.getCurrentUser, {})

    world.clock.advance(29 * day)
    await signInAt(world.url(), 'ben')
    const second = (await events()).difference(first)
    await clean()
    // Ana's session has run out, and nobody is on the consent page any more.
    expect([await count('sessions'), first.isSubsetOf(await events())]).toEqual([1, true])
    world.clock.advance(2 * day)
    await clean()
    expect([await count('sessions'), await count('sign_in_states')]).toEqual([0, 0])
    const left = await events()
    expect([first.isDisjointFrom(left), second.isSubsetOf(left), second.size > 0]).toEqual([true, true, true])
  },
)

test.each(databaseKinds)(
  'of what an instance had the last hundred snapshots stay, with their tables, on %s',
  async (database) => {
    await using world = await startWorld({ database })
    await world.signIn('ana')
    const { db } = world
    await sql`
      insert into live_schemas (workspace_id, fingerprint, table_names, tables, written_at)
        select id, n::text, '[]', '[]', now() from workspaces, generate_series(1, 103) n`.execute(db)
    await sql`
      insert into schema_snapshots (id, workspace_id, instance_id, fingerprint, first_read_at, last_read_at)
        select gen_random_uuid(), workspace_id, id, n::text, now() + n * interval '1 hour', now()
        from (select * from amc_instances order by id limit 1) one, generate_series(1, 103) n`.execute(db)
    await runJob(world)
    const left = async (table: 'schema_snapshots' | 'live_schemas') =>
      (await db.selectFrom(table).select('fingerprint').execute()).map((row) => Number(row.fingerprint))
    for (const table of ['schema_snapshots', 'live_schemas'] as const)
      expect((await left(table)).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, at) => at + 4))
  },
)
