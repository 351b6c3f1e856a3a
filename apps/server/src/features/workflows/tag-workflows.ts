import type { BodyOf, ReplyOf, WorkflowId, tagWorkflows as endpoint } from '@recomamp/contracts'
import { sql } from 'kysely'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { recordEvent } from '#features/events/index.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'

/** Adds tags to queries and takes tags off them, in one statement; tags are no part of a version. */
export async function tagWorkflows(
  ctx: Ctx,
  who: Member,
  { workflowIds, add, remove }: BodyOf<typeof endpoint>,
): Promise<ReplyOf<typeof endpoint>> {
  return inTransaction(ctx.db, async (tx) => {
    const changed = await tx
      .updateTable('workflows')
      .where('workspace_id', '=', who.workspaceId)
      .where('id', 'in', workflowIds)
      .set({
        tags: sql<string>`(
          select coalesce(jsonb_agg(tag order by lower(tag), tag), '[]')
          from (
            select tag from jsonb_array_elements_text(
              case when jsonb_typeof(workflows.tags) = 'array' then workflows.tags else '[]' end
            ) tag
            union
            select tag from jsonb_array_elements_text(${JSON.stringify(add)}::jsonb) tag
          ) tags
          where not ${JSON.stringify(remove)}::jsonb @> to_jsonb(tag)
        )`,
      })
      .returning(['id', 'name'])
      .execute()
    const ids: WorkflowId[] = changed.map(({ id }) => id)
    const deeds = changed.map(
      ({ id, name }) =>
        ({ action: 'query-tagged', object: { kind: 'query', id, name }, detail: { add, remove } }) as const,
    )
    await recordAudit(tx, who, deeds, ctx.now())
    await recordEvent(tx, who.workspaceId, { type: 'workflows-changed', workflowIds: ids }, ctx.now())
    return { workflowIds: ids }
  })
}
