import { type WorkspaceDeletion, finalStatuses } from '@recomamp/contracts'
import { sql } from 'kysely'
import type { Db } from '#platform/db/tables.ts'
import type { Member } from '#platform/http/app-types.ts'

/** What a deletion of the workspace that the person is in would take along. */
export async function deletionOf(db: Db, who: Member): Promise<WorkspaceDeletion> {
  const { workspaceId } = who
  const { name } = await db
    .selectFrom('workspaces')
    .where('id', '=', workspaceId)
    .select('name')
    .executeTakeFirstOrThrow()
  const { members } = await db
    .selectFrom('workspace_members')
    .where('workspace_id', '=', workspaceId)
    .select((eb) => eb.fn.countAll<string>().as('members'))
    .executeTakeFirstOrThrow()
  const { connections } = await db
    .selectFrom('connections')
    .where('workspace_id', '=', workspaceId)
    .select((eb) => eb.fn.countAll<string>().as('connections'))
    .executeTakeFirstOrThrow()
  const { queries } = await db
    .selectFrom('workflows')
    .where('workspace_id', '=', workspaceId)
    .select((eb) => eb.fn.countAll<string>().as('queries'))
    .executeTakeFirstOrThrow()
  const { copies } = await db
    .selectFrom('amc_copies')
    .where('workspace_id', '=', workspaceId)
    .where('stored_version', 'is not', null)
    .select((eb) => eb.fn.countAll<string>().as('copies'))
    .executeTakeFirstOrThrow()
  const { executions, open, bytes } = await db
    .selectFrom('workflow_executions')
    .where('workspace_id', '=', workspaceId)
    .select((eb) => [
      eb.fn.countAll<string>().as('executions'),
      eb.fn.countAll<string>().filterWhere('status', 'not in', finalStatuses).as('open'),
      sql<string>`coalesce(sum(result_bytes) filter (where results_removed_at is null), 0)`.as('bytes'),
    ])
    .executeTakeFirstOrThrow()
  return {
    name,
    otherOwners: await otherOwners(db, who),
    members: Number(members),
    connections: Number(connections),
    queries: Number(queries),
    executions: Number(executions),
    openExecutions: Number(open),
    resultBytes: Number(bytes),
    copiesAtAmc: Number(copies),
  }
}

/** Who owns the workspace beside the person. */
export async function otherOwners(db: Db, { workspaceId, userId }: Member): Promise<WorkspaceDeletion['otherOwners']> {
  return db
    .selectFrom('workspace_members as member')
    .innerJoin('users', 'users.id', 'member.user_id')
    .where('member.workspace_id', '=', workspaceId)
    .where('member.role', '=', 'owner')
    .where('member.user_id', '!=', userId)
    .orderBy('member.created_at')
    .orderBy('users.id')
    .select(['users.id', 'users.name', 'users.email'])
    .execute()
}
