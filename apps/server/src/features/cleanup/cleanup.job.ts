import type { Job } from '#platform/jobs/job.ts'
import { hours, later } from '#platform/time.ts'

/** How long events can be resumed from; a browser that was away longer reads everything anew anyway. */
const eventLife = hours(30 * 24)

/** Deletes what nothing asks for any more: old events, sign-ins that were not completed in time, sessions that are over.
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
    const counts = { events, states, sessions }
    const deleted = Object.fromEntries(
      Object.entries(counts).map(([name, { numDeletedRows }]) => [name, Number(numDeletedRows)]),
    )
    log.info(deleted, 'what is over was deleted')
  },
}
