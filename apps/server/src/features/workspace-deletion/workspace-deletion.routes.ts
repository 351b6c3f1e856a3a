import { deleteWorkspace, getWorkspaceDeletion } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { acrossWorkspaces } from '#platform/db/scope.ts'
import type { App } from '#platform/http/app-types.ts'
import { serve } from '#platform/http/serve.ts'
import { deleteWorkspace as markDeleted } from './delete-workspace.ts'
import { deletionOf } from './deletion-of.ts'

/** `membersChanged` is called once nobody is a member any more. */
export function workspaceDeletionRoutes(app: App, ctx: Ctx, membersChanged: () => Promise<void>): void {
  serve(app, getWorkspaceDeletion, ({ who }) => deletionOf(ctx.db, who))
  serve(app, deleteWorkspace, async ({ who, body }) => {
    // Its people go on in workspaces of their own.
    await acrossWorkspaces(() => markDeleted(ctx, who, body.name))
    await membersChanged()
    return undefined
  })
}
