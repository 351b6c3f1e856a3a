import type { InstanceId, SchemaReading, WorkspaceId } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { type Snapshot, latestSnapshot, lookAtInstance, tablesOf } from '#features/live-schemas/index.ts'
import type { Member } from '#platform/http/app-types.ts'
import { keepLatest } from '#platform/keep-latest.ts'
import { onTables, readSources, type Sources } from './sources.ts'

/** So many instances are looked at in turn without being computed anew; one takes some megabytes. */
const mostKept = 8
const kept = keepLatest<Sources>(mostKept)

/** The catalogue, together with the tables of the chosen instance where one is chosen and has been read. */
export async function sourcesFor(
  ctx: Ctx,
  who: Member,
  instanceId: InstanceId | undefined,
): Promise<{ sources: Sources; reading: SchemaReading | null }> {
  if (instanceId === undefined) return { sources: await readSources(ctx.db), reading: null }
  const reading = await lookAtInstance(ctx, who, instanceId)
  const snapshot = await latestSnapshot(ctx.db, who.workspaceId, instanceId)
  const sources = snapshot === null ? await readSources(ctx.db) : await sourcesOf(ctx, who.workspaceId, snapshot)
  return { sources, reading }
}

/** The catalogue together with the tables of a snapshot. */
export async function sourcesOf(ctx: Ctx, workspaceId: WorkspaceId, snapshot: Snapshot): Promise<Sources> {
  const catalogue = await readSources(ctx.db)
  const key = `${catalogue.hash} ${workspaceId} ${snapshot.contents}`
  return kept.of(key, async () => onTables(catalogue, await tablesOf(ctx.db, workspaceId, snapshot)))
}
