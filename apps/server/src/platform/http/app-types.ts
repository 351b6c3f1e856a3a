import type { SessionId, UserId, WorkspaceId } from '@recomamp/contracts'
import type { FastifyInstance } from 'fastify'

export type App = FastifyInstance

/** Who is asking, and in which workspace: every statement carries the workspace. */
export interface Member {
  readonly userId: UserId
  readonly workspaceId: WorkspaceId
  readonly sessionId: SessionId
}

/** What became of the request's Bearer token. */
export type Caller = Member | 'nobody' | 'session-ended'

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller
  }
  interface FastifyContextConfig {
    /** Which allowance the request counts against. */
    limit?: LimitGroup
    /** The title of this call in the API's description; absent for what is no part of it. */
    endpoint?: string
  }
}

/** `sign-in`: login and renewal. `frequent`: drafts, events, result pages. */
export type LimitGroup = 'sign-in' | 'frequent' | 'ordinary'
