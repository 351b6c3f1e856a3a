import type { AccessTokenId, LimitGroup, Role, SessionId, TokenScope, UserId, WorkspaceId } from '@recomamp/contracts'
import type { FastifyInstance } from 'fastify'

export type App = FastifyInstance

/** Whom a Bearer token stands for, and in which workspace. */
export interface Identity {
  readonly userId: UserId
  readonly workspaceId: WorkspaceId
  readonly role: Role
  readonly via:
    | { readonly kind: 'session'; readonly id: SessionId }
    | {
        readonly kind: 'token'
        readonly id: AccessTokenId
        readonly name: string
        readonly scopes: readonly TokenScope[]
      }
}

/** Where a request comes from, as the audit log keeps it. */
export interface Origin {
  readonly address: string
  readonly userAgent: string | null
  readonly requestId: string
}

/** Who is asking, and in which workspace: every statement carries the workspace. */
export interface Member extends Identity {
  readonly from: Origin
}

/** What became of the request's Bearer token. */
export type Caller = Identity | 'nobody' | 'session-ended'

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller
  }
  interface FastifyContextConfig {
    /** Which allowance the request counts against. */
    limit?: LimitGroup
    /** Goes on until its reader leaves. */
    isStream?: boolean
    /** The title of this call in the API's description; absent for what is no part of it. */
    endpoint?: string
  }
}
