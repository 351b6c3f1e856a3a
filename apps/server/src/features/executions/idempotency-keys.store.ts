import { createHash } from 'node:crypto'
import { type ExecutionId, Problem } from '@recomamp/contracts'
import type { Db, Tx } from '#platform/db/tables.ts'
import type { Member } from '#platform/http/app-types.ts'
import { hours, later } from '#platform/time.ts'

/** How long the same Idempotency-Key gets the same answer. */
const keyLife = hours(24)

/** A key with what was asked under it. */
export interface Keyed {
  key: string
  hash: string
}

/** Two requests with one key came at the same moment, and the other one was first. */
export class KeyTaken extends Error {}

/** The execution that a key stands for, or null; a Problem idempotency-conflict when it was used for another request. */
export async function runOfKey(db: Db, who: Member, keyed: Keyed, now: Date): Promise<ExecutionId | null> {
  const row = await db
    .selectFrom('idempotency_keys')
    .where('workspace_id', '=', who.workspaceId)
    .where('key', '=', keyed.key)
    .where('created_at', '>', later(now, -keyLife))
    .select(['request_hash', 'execution_id'])
    .executeTakeFirst()
  if (row === undefined) return null
  if (row.request_hash !== keyed.hash)
    throw new Problem(
      'idempotency-conflict',
      'Send another key with another request; this one belongs to an earlier run',
    )
  return row.execution_id
}

/** Takes a key for an execution; throws KeyTaken. */
export async function claimKey(tx: Tx, who: Member, keyed: Keyed, id: ExecutionId, now: Date): Promise<void> {
  await tx
    .deleteFrom('idempotency_keys')
    .where('workspace_id', '=', who.workspaceId)
    .where('created_at', '<=', later(now, -keyLife))
    .execute()
  const inserted = await tx
    .insertInto('idempotency_keys')
    .values({
      workspace_id: who.workspaceId,
      key: keyed.key,
      request_hash: keyed.hash,
      execution_id: id,
      created_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst()
  if (inserted === undefined) throw new KeyTaken('the key was taken meanwhile')
}

/** Equal for requests that ask for the same, whatever the order of their fields. */
export function requestHash(request: Readonly<Record<string, unknown>>): string {
  return createHash('sha256').update(canonical(request)).digest('hex')
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`
}
