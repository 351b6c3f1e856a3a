import type { InstanceId, ReplyOf, TemplateId, getQueryTemplate } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import type { Member } from '#platform/http/app-types.ts'
import { missingTablesOf } from './missing-tables.ts'
import { requireTemplate } from './templates.store.ts'

/** One template whole, with what the instance lacks where one is named. */
export async function describeTemplate(
  ctx: Ctx,
  who: Member,
  templateId: TemplateId,
  instanceId?: InstanceId,
): Promise<ReplyOf<typeof getQueryTemplate>> {
  const template = await requireTemplate(ctx.db, who, templateId)
  const missing = await missingTablesOf(ctx, who, instanceId)
  return { ...template, missingTables: missing(template.tables) }
}
