import type { ReplyOf, countWorkflows } from '@recomamp/contracts'
import { sql } from 'kysely'
import type { Db } from '#platform/db/tables.ts'
import type { Reader } from './workflow-rows.store.ts'

/** How many queries stand on each shelf, and how many carry each tag. */
export async function countsOf(db: Db, { workspaceId, userId }: Reader): Promise<ReplyOf<typeof countWorkflows>> {
  const counts = await db
    .selectFrom('workflows')
    .leftJoin('workflow_drafts', (join) =>
      join.onRef('workflow_drafts.workflow_id', '=', 'workflows.id').on('workflow_drafts.user_id', '=', userId),
    )
    .where('workflows.workspace_id', '=', workspaceId)
    .select([
      sql<number>`(count(*) filter (where deleted_at is null))::int`.as('all'),
      sql<number>`(count(*) filter (where deleted_at is null and workflows.user_id = ${userId}))::int`.as('mine'),
      sql<number>`(count(*) filter (where deleted_at is null and workflows.user_id <> ${userId}))::int`.as('others'),
      sql<number>`(count(workflow_drafts.revision) filter (where deleted_at is null))::int`.as('drafts'),
      sql<number>`(count(*) filter (where deleted_at is not null))::int`.as('trash'),
    ])
    .executeTakeFirstOrThrow()
  const { rows: tags } = await sql<{ tag: string; count: number }>`
    select tag, count(*)::int as count
    from workflows, jsonb_array_elements_text(case when jsonb_typeof(tags) = 'array' then tags else '[]' end) tag
    where workspace_id = ${workspaceId} and deleted_at is null
    group by tag order by count(*) desc, tag`.execute(db)
  return { shelves: counts, tags }
}
