import type { DatabaseSync } from 'node:sqlite'
import type { Advertiser } from '../world/instance.ts'

export type AdvertiserNamed = Pick<Advertiser, 'id' | 'marketplaceId' | 'type'>

/** A request to add or remove advertisers of an instance; ids count from 0 (guide instance-management). */
export interface AdvertiserUpdate {
  updateId: number
  status: 'PENDING' | 'UPDATING' | 'COMPLETED'
  advertisersToAdd: AdvertiserNamed[]
  advertisersToRemove: AdvertiserNamed[]
}

/** At Amazon it takes up to days of review; here a moment, so that every status can be seen. */
const pendingMs = 1000
const updatingMs = 1000

/** All requests for an instance, oldest first, with what has become of them by now. */
export function updatesOf(db: DatabaseSync, instanceId: string, now: Date): AdvertiserUpdate[] {
  return db
    .prepare('select update_id, value, requested_at from advertiser_updates where instance_id = ? order by update_id')
    .all(instanceId)
    .map((row) => {
      const age = now.getTime() - Number(row['requested_at'])
      const status = age < pendingMs ? 'PENDING' : age < pendingMs + updatingMs ? 'UPDATING' : 'COMPLETED'
      const { advertisersToAdd, advertisersToRemove } = JSON.parse(String(row['value'])) as AdvertiserUpdate
      return { updateId: Number(row['update_id']), status, advertisersToAdd, advertisersToRemove }
    })
}

/** Takes a request; null while an earlier one is not done. */
export function addUpdate(
  db: DatabaseSync,
  instanceId: string,
  change: Pick<AdvertiserUpdate, 'advertisersToAdd' | 'advertisersToRemove'>,
  now: Date,
): AdvertiserUpdate | null {
  const earlier = updatesOf(db, instanceId, now)
  if (earlier.some(({ status }) => status !== 'COMPLETED')) return null
  db.prepare('insert into advertiser_updates (instance_id, update_id, value, requested_at) values (?, ?, ?, ?)').run(
    instanceId,
    earlier.length,
    JSON.stringify(change),
    now.getTime(),
  )
  return { updateId: earlier.length, status: 'PENDING', ...change }
}
