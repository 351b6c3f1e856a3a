import { isDeepStrictEqual } from 'node:util'
import {
  type BodyOf,
  Problem,
  type ReplyOf,
  type WorkflowId,
  type keepDraft as keepDraftEndpoint,
} from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import { holdVersion } from './require-version.ts'
import { findDraft } from './workflow-rows.store.ts'

/** Keeps unsaved text; never makes a version. The caller names the revision that it last saw: another one is a Problem
 *  draft-conflict that carries the draft that is here, unless the content is the same, as when an answer was lost. A first draft is
 *  refused in the same way where it begins from a version that is not the current one any more: it would hide what was saved since. */
export async function keepDraft(
  ctx: Ctx,
  who: Member,
  workflowId: WorkflowId,
  body: BodyOf<typeof keepDraftEndpoint>,
): Promise<ReplyOf<typeof keepDraftEndpoint>> {
  const { revision, baseVersion, ...given } = body
  const content = JSON.stringify(given)
  const now = ctx.now()
  return inTransaction(ctx.db, async (tx) => {
    const stored = await tx
      .updateTable('workflow_drafts')
      .where('workspace_id', '=', who.workspaceId)
      .where('workflow_id', '=', workflowId)
      .where('user_id', '=', who.userId)
      .where('revision', '=', revision)
      .set({ revision: revision + 1, base_version: baseVersion, content, kept_at: now })
      .returning('revision')
      .executeTakeFirst()
    if (stored !== undefined) return { revision: stored.revision, keptAt: now.toISOString() }
    const current = await holdVersion(tx, who.workspaceId, workflowId)
    if (revision === 0 && baseVersion === current) {
      const first = await tx
        .insertInto('workflow_drafts')
        .values({
          workspace_id: who.workspaceId,
          workflow_id: workflowId,
          user_id: who.userId,
          revision: firstRevision(now),
          base_version: baseVersion,
          content,
          kept_at: now,
        })
        .onConflict((conflict) => conflict.columns(['workflow_id', 'user_id']).doNothing())
        .returning('revision')
        .executeTakeFirst()
      if (first !== undefined) return { revision: first.revision, keptAt: now.toISOString() }
    }
    const draft = await findDraft(tx, who, workflowId)
    if (draft !== null) {
      const { revision: known, baseVersion: knownBase, keptAt, ...here } = draft
      if (knownBase === baseVersion && isDeepStrictEqual(here, JSON.parse(content))) return { revision: known, keptAt }
    }
    throw new Problem('draft-conflict', 'The draft was kept elsewhere since you last saw it', {
      extensions: { current: draft },
    })
  })
}

const begin = Date.UTC(2026, 0)

/** Above all revisions of an earlier draft of the same query, so that a window that still follows one of those is told, whatever was
 *  saved and begun anew since: drafts are kept at most once in 800 ms. */
function firstRevision(now: Date): number {
  return Math.max(1, Math.floor((now.getTime() - begin) / 500))
}
