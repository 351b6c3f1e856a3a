import type { DatabaseSync } from 'node:sqlite'
import type { Advertiser, Instance } from '../world/instance.ts'
import { people } from '../world/people.ts'
import type { Account } from '../world/person.ts'
import { updatesOf } from './advertiser-updates.store.ts'

/** The instances of an account now: those of the demo world as they were changed, and those that were created. */
export function instancesOf(db: DatabaseSync, account: Account, now: Date): Instance[] {
  const rows = db
    .prepare('select instance_id, value from instances where entity_id = ? order by rowid')
    .all(account.entityId)
  const changed = new Map(
    rows.map((row) => [String(row['instance_id']), row['value'] === null ? null : parse(String(row['value']))]),
  )
  const demo = account.instances.map((one) => (changed.has(one.id) ? changed.get(one.id) : one))
  const created = rows.flatMap((row) =>
    account.instances.some((one) => one.id === row['instance_id']) ? [] : [changed.get(String(row['instance_id']))],
  )
  const updated = new Set(
    db
      .prepare('select distinct instance_id from advertiser_updates')
      .all()
      .map((row) => String(row['instance_id'])),
  )
  return [...demo, ...created]
    .filter((one) => one !== null && one !== undefined)
    .map((one) => (updated.has(one.id) ? withUpdates(db, one, now) : one))
}

/** Where an instance stands, whoever it belongs to. */
export function locateInstance(
  db: DatabaseSync,
  instanceId: string,
  now: Date,
): { entityId: string; instance: Instance } | null {
  for (const account of people.flatMap((person) => person.accounts)) {
    const instance = instancesOf(db, account, now).find((one) => one.id === instanceId)
    if (instance !== undefined) return { entityId: account.entityId, instance }
  }
  return null
}

/** Writes an instance as it is from now on; `idempotencyToken` finds it again when its creation is repeated. */
export function saveInstance(
  db: DatabaseSync,
  entityId: string,
  instance: Instance,
  idempotencyToken: string | null = null,
): void {
  db.prepare(
    `insert into instances (instance_id, entity_id, value, idempotency_token) values (?, ?, ?, ?)
     on conflict (instance_id) do update set value = excluded.value`,
  ).run(instance.id, entityId, JSON.stringify(instance), idempotencyToken)
}

/** The id of the instance that an earlier request with this token created. */
export function instanceOfToken(db: DatabaseSync, entityId: string, token: string): string | null {
  const row = db
    .prepare('select instance_id from instances where entity_id = ? and idempotency_token = ?')
    .get(entityId, token)
  return row === undefined ? null : String(row['instance_id'])
}

/** Takes an instance out of its account for good. */
export function removeInstance(db: DatabaseSync, entityId: string, instanceId: string): void {
  db.prepare(
    `insert into instances (instance_id, entity_id, value) values (?, ?, null)
     on conflict (instance_id) do update set value = null`,
  ).run(instanceId, entityId)
}

function withUpdates(db: DatabaseSync, instance: Instance, now: Date): Instance {
  const done = updatesOf(db, instance.id, now).filter(({ status }) => status === 'COMPLETED')
  if (done.length === 0) return instance
  const advertisers = new Map(instance.advertisers.map((one) => [one.id, one]))
  for (const { advertisersToAdd, advertisersToRemove } of done) {
    for (const { id, type, marketplaceId } of advertisersToAdd)
      advertisers.set(id, { id, name: instance.customer ?? instance.name, marketplaceId, type } satisfies Advertiser)
    for (const { id } of advertisersToRemove) advertisers.delete(id)
  }
  return { ...instance, advertisers: [...advertisers.values()] }
}

function parse(value: string): Instance {
  return JSON.parse(value)
}
