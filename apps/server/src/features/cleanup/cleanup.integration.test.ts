import * as api from '@recomamp/contracts'
import { databaseKinds, signInAt, startWorld } from '@recomamp/testkit'
import { expect, test } from 'vitest'
import { cleanupJob } from './cleanup.job.ts'

const day = 86_400_000

test.each(databaseKinds)(
  'events of 30 days ago, sign-ins and sessions that are over go, the rest stays, on %s',
  async (database) => {
    await using world = await startWorld({ database })
    const { db } = world.server().ctx
    const clean = () => cleanupJob.run(world.server().ctx, new AbortController().signal)
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
