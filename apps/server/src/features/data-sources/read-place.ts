import { InstanceId, Problem, type ReadPlace, SnapshotId } from '@recomamp/contracts'
import { z } from 'zod'
import type { Ctx } from '#context.ts'
import { requireInstance } from '#features/instances/index.ts'
import { type Snapshot, latestSnapshot, lookAtInstance, requireSnapshot } from '#features/live-schemas/index.ts'
import type { Member } from '#platform/http/app-types.ts'

/** A reading that an id stands for: that of a snapshot, or the latest of an instance. */
export async function requirePlace(
  ctx: Ctx,
  who: Member,
  id: string,
): Promise<{ snapshot: Snapshot; place: ReadPlace }> {
  const snapshot = await snapshotBehind(ctx, who, id)
  const { name } = await requireInstance(ctx.db, who.workspaceId, snapshot.instanceId)
  return {
    snapshot,
    place: {
      instance: { id: snapshot.instanceId, name },
      snapshotId: snapshot.id,
      firstReadAt: snapshot.firstReadAt.toISOString(),
      lastReadAt: snapshot.lastReadAt.toISOString(),
    },
  }
}

async function snapshotBehind(ctx: Ctx, who: Member, id: string): Promise<Snapshot> {
  if (!z.uuid().safeParse(id).success)
    throw new Problem('snapshot-not-found', `${id} is the id of no instance and of no snapshot`)
  const instanceId = InstanceId.parse(id)
  const instance = await requireInstance(ctx.db, who.workspaceId, instanceId).catch((error: unknown) => {
    if (error instanceof Problem && error.type === 'instance-not-found') return null
    throw error
  })
  if (instance === null) return requireSnapshot(ctx.db, who.workspaceId, SnapshotId.parse(id))
  const latest = await latestSnapshot(ctx.db, who.workspaceId, instanceId)
  if (latest !== null) return latest
  await lookAtInstance(ctx, who, instanceId)
  throw new Problem('schema-not-read', `The tables of ${instance.name} are being read; ask again in a moment`)
}
