import { sql } from 'kysely'
import type { Job } from '#platform/jobs/job.ts'
import { hours, later } from '#platform/time.ts'

/** How long events can be resumed from; a browser that was away longer reads everything anew anyway. */
const eventLife = hours(30 * 24)

/** Of an instance; with readings every six hours this is at least four weeks, and usually years. */
const snapshotsKept = 100

/** Deletes what nothing asks for any more: old events, sign-ins that were not completed in time, sessions that are over, and
 *  what instances had long ago.
 *  Runs at the start and once a day; two processes that do so at once delete the same rows. */
export const cleanupJob: Job = {
  name: 'cleanup',
  everyMs: hours(24),
  async run({ db, log, now }) {
    const at = now()
    const events = await db.deleteFrom('events').where('created_at', '<', later(at, -eventLife)).executeTakeFirst()
    const states = await db.deleteFrom('sign_in_states').where('expires_at', '<=', at).executeTakeFirst()
    const sessions = await db
      .deleteFrom('sessions')
      .where((eb) => eb.or([eb('expires_at', '<=', at), eb('ended_at', '<=', at)]))
      .executeTakeFirst()
    const snapshots = await db
      .deleteFrom('schema_snapshots')
      .where(
        'id',
        'in',
        db
          .selectFrom(
            db
              .selectFrom('schema_snapshots')
              .select([
                'id',
                sql<number>`row_number() over (partition by instance_id order by first_read_at desc, id desc)`.as(
                  'place',
                ),
              ])
              .as('ranked'),
          )
          .where('place', '>', snapshotsKept)
          .select('id'),
      )
      .executeTakeFirst()
    const schemas = await db
      .deleteFrom('live_schemas')
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('schema_snapshots')
              .whereRef('schema_snapshots.workspace_id', '=', 'live_schemas.workspace_id')
              .whereRef('schema_snapshots.fingerprint', '=', 'live_schemas.fingerprint')
              .select('schema_snapshots.id'),
          ),
        ),
      )
      .executeTakeFirst()
    const counts = { events, states, sessions, snapshots, schemas }
    const deleted = Object.fromEntries(
      Object.entries(counts).map(([name, { numDeletedRows }]) => [name, Number(numDeletedRows)]),
    )
    log.info(deleted, 'what is over was deleted')
  },
}
