import { consentEndOf } from '@recomamp/amc-client'
import { type CurrentUser, Problem } from '@recomamp/contracts'
import type { Config } from '#config.ts'
import { acrossWorkspaces } from '#platform/db/scope.ts'
import type { Db } from '#platform/db/tables.ts'
import type { Member } from '#platform/http/app-types.ts'
import { seconds } from '#platform/time.ts'

/** The signed-in person with workspace and connections; never a token. */
export async function currentUser(db: Db, config: Config, who: Member): Promise<CurrentUser> {
  const user = await db
    .selectFrom('users')
    .innerJoin('workspace_members', 'workspace_members.user_id', 'users.id')
    .innerJoin('workspaces', 'workspaces.id', 'workspace_members.workspace_id')
    .where('users.id', '=', who.userId)
    .where('workspaces.id', '=', who.workspaceId)
    .select([
      'users.id',
      'users.name',
      'users.email',
      'users.provider',
      'workspaces.id as workspaceId',
      'workspaces.name as workspaceName',
      'workspace_members.role',
    ])
    .executeTakeFirst()
  if (user === undefined) throw new Problem('session-ended', 'You are no longer a member of this workspace')
  const workspaces = await acrossWorkspaces(() =>
    db
      .selectFrom('workspace_members')
      .innerJoin('workspaces', 'workspaces.id', 'workspace_members.workspace_id')
      .where('user_id', '=', who.userId)
      .orderBy('workspaces.name')
      .orderBy('workspaces.id')
      .select(['workspaces.id', 'workspaces.name', 'role'])
      .execute(),
  )
  const connections = await db
    .selectFrom('connections')
    .innerJoin('users', 'users.id', 'connections.user_id')
    .where('workspace_id', '=', who.workspaceId)
    .orderBy('connections.created_at')
    .orderBy('connections.id')
    .select(['connections.id', 'connections.provider', 'region', 'health', 'reconnect_reason', 'consented_at'])
    .select(['access_token_expires_at', 'checked_at', 'check_error', 'check_requested_at'])
    .select([
      'discovery_requested_at',
      'discovery_error',
      'user_id',
      'users.name as userName',
      'users.email as userEmail',
    ])
    .execute()
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    provider: user.provider,
    workspace: { id: user.workspaceId, name: user.workspaceName },
    role: user.role,
    workspaces,
    connections: connections.map((connection) => ({
      id: connection.id,
      provider: connection.provider,
      region: connection.region,
      health: connection.health,
      reconnectReason: connection.reconnect_reason,
      consentedAt: connection.consented_at.toISOString(),
      consentedBy: { id: connection.user_id, name: connection.userName, email: connection.userEmail },
      consentEndsAt: consentEndOf(connection.consented_at)?.toISOString() ?? null,
      access: {
        endsAt: connection.access_token_expires_at.toISOString(),
        lookedAtEverySeconds: config.tokenRefreshIntervalMs / seconds(1),
        renewedBeforeEndSeconds: config.tokenRefreshBufferMs / seconds(1),
      },
      checkedAt: connection.checked_at?.toISOString() ?? null,
      checkError: connection.check_error,
      checking: connection.check_requested_at !== null,
      discovering: connection.discovery_requested_at !== null,
      discoveryError: connection.discovery_error,
    })),
  }
}
