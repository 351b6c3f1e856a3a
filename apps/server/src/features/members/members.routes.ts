import * as api from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { acrossWorkspaces } from '#platform/db/scope.ts'
import type { App } from '#platform/http/app-types.ts'
import { serve } from '#platform/http/serve.ts'
import { changeRole, removeMember, signOutMembers, transferWorkspace } from './change-members.ts'
import { accept, invite, lookAt, pageOfInvitations, withdraw } from './invitations.ts'
import { pageOfMembers } from './members.store.ts'
import { enterWorkspace, renameWorkspace } from './workspaces.ts'

/** `membersChanged` is called after each change of members or sessions. */
export function memberRoutes(app: App, ctx: Ctx, membersChanged: () => Promise<void>): void {
  const changing = async <T>(change: Promise<T>): Promise<T> => {
    const answer = await change
    await membersChanged()
    return answer
  }
  const silently = async (change: Promise<unknown>): Promise<undefined> => {
    await changing(change)
    return undefined
  }
  serve(app, api.listMembers, ({ who, query }) => pageOfMembers(ctx.db, who.workspaceId, query))
  serve(app, api.changeRole, ({ who, params, body }) => changing(changeRole(ctx, who, params.userId, body.role)))
  serve(app, api.removeMember, ({ who, params }) => silently(removeMember(ctx, who, params.userId)))
  serve(app, api.signMemberOut, ({ who, params, body }) => changing(signOutMembers(ctx, who, params.userId, body)))
  serve(app, api.signEverybodyOut, ({ who, body }) => changing(signOutMembers(ctx, who, null, body)))
  serve(app, api.transferWorkspace, ({ who, params }) => changing(transferWorkspace(ctx, who, params.userId)))
  serve(app, api.renameWorkspace, ({ who, body }) => renameWorkspace(ctx, who, body.name))
  serve(app, api.leaveWorkspace, ({ who }) => silently(removeMember(ctx, who, who.userId)))
  serve(app, api.enterWorkspace, ({ who, params }) => silently(enterWorkspace(ctx, who, params.workspaceId)))
  serve(app, api.listInvitations, ({ who, query }) => pageOfInvitations(ctx.db, who.workspaceId, query, ctx.now()))
  serve(app, api.invite, ({ who, body, reply }) => {
    void reply.header('cache-control', 'no-store')
    return invite(ctx, who, body)
  })
  serve(app, api.withdrawInvitation, async ({ who, params }) => {
    await withdraw(ctx, who, params.invitationId)
    return undefined
  })
  serve(app, api.lookAtInvitation, ({ body }) => acrossWorkspaces(() => lookAt(ctx.db, body.secret, ctx.now())))
  serve(app, api.acceptInvitation, ({ who, body }) => changing(acrossWorkspaces(() => accept(ctx, who, body.secret))))
}
