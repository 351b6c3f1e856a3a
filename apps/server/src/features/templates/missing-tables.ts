import { type InstanceId, bareName } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { latestSnapshot, lookAtInstance, tablesOf } from '#features/live-schemas/index.ts'
import type { Member } from '#platform/http/app-types.ts'

/** Answers which of some tables an instance lacks, or null while that is not known; a Problem instance-not-found. */
export async function missingTablesOf(
  ctx: Ctx,
  who: Member,
  instanceId: InstanceId | undefined,
): Promise<(tables: readonly string[]) => string[] | null> {
  if (instanceId === undefined) return () => null
  await lookAtInstance(ctx, who, instanceId)
  const snapshot = await latestSnapshot(ctx.db, who.workspaceId, instanceId)
  if (snapshot === null) return () => null
  const here = new Set((await tablesOf(ctx.db, who.workspaceId, snapshot)).map(({ name }) => bareName(name)))
  // Amazon's list of an instance need not name the twins for audiences, which come with their tables.
  return (tables) => tables.filter((name) => !here.has(name) && !here.has(name.replace(/_for_audiences$/, '')))
}
