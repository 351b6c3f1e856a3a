import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { ConnectionId, InstanceId, UserId, WorkspaceId } from './ids.ts'
import { Instant } from './paging.ts'
import { Person, Role } from './roles.ts'

export const Provider = z.enum(['sandbox', 'amazon'])
export type Provider = z.infer<typeof Provider>

/** The three regions of Amazon Ads: North America, Europe, Far East. */
export const Region = z.enum(['na', 'eu', 'fe'])
export type Region = z.infer<typeof Region>

/** A path of this app; an absolute address is refused, so that sign-in cannot be used to send people elsewhere. */
export const ReturnPath = z
  .string()
  .max(2000)
  .regex(/^\/(?![/\\])[^\\\s]*$/, 'must be a path of this app, such as /workbench')

export const LoginRequest = z.strictObject({
  provider: Provider.optional(),
  region: Region.optional(),
  returnTo: ReturnPath.optional(),
  /** Whether the workspace that the sign-in leads to shall work with this consent. One of the person's own does so in any case; one that
   *  is shared with others gets nobody's instances unasked. */
  connects: z.boolean().default(false),
})

/** Begins the sign-in: the browser is sent to `authorizationUrl`, Amazon sends it back to /api/auth/callback. */
export const login = endpoint({
  method: 'POST',
  path: '/api/auth/login',
  summary: 'Begin to sign in with Amazon',
  tag: 'auth',
  limit: 'sign-in',
  auth: 'none',
  body: LoginRequest,
  ok: { status: 200, body: z.object({ authorizationUrl: z.url() }) },
  problems: ['provider-not-configured'],
})

/** Renews the short-lived access token by the session cookie, also when the access token has expired (F-34). With the same
 *  Idempotency-Key it is the same renewal, sent again because its answer was lost. */
export const refreshSession = endpoint({
  method: 'POST',
  path: '/api/auth/refresh',
  summary: 'Renew the access token by the session cookie',
  tag: 'auth',
  limit: 'sign-in',
  auth: 'cookie',
  headers: z.object({ 'idempotency-key': z.string().min(1).max(200).optional() }),
  ok: {
    status: 200,
    body: z.object({
      accessToken: z.string(),
      expiresIn: z.number().int().positive(),
      /** Another one than before where the session has gone on elsewhere. */
      workspaceId: WorkspaceId,
    }),
  },
  problems: [],
})

export const ConnectionHealth = z.enum(['healthy', 'needs-reconnect'])

export const Connection = z.object({
  id: ConnectionId,
  provider: Provider,
  region: Region,
  health: ConnectionHealth,
  /** Why a new sign-in is needed: Amazon ended the consent, no key of this server opens the stored tokens, or the person ended it here. */
  reconnectReason: z.enum(['revoked', 'unreadable', 'disconnected']).nullable(),
  consentedAt: Instant,
  /** Whose consent it is: only they can renew it. */
  consentedBy: Person,
  /** When Amazon ends the consent by itself; null for one that lasts until it is withdrawn. */
  consentEndsAt: Instant.nullable(),
  /** The access token is looked at and renewed in the background; no call waits for it. */
  access: z.object({
    endsAt: Instant,
    lookedAtEverySeconds: z.number().int().positive(),
    renewedBeforeEndSeconds: z.number().int().positive(),
  }),
  /** When Amazon last accepted the tokens. */
  checkedAt: Instant.nullable(),
  /** Why Amazon could not be asked the last time, in words; null when it went well. */
  checkError: z.string().nullable(),
  /** True while the connection is being tested. */
  checking: z.boolean(),
  /** True while accounts and instances are being read from Amazon. */
  discovering: z.boolean(),
  /** Why the last reading of accounts and instances failed, in words; null when it went well. */
  discoveryError: z.string().nullable(),
})
export type Connection = z.infer<typeof Connection>

export const CurrentUser = z.object({
  id: UserId,
  name: z.string().nullable(),
  email: z.string().nullable(),
  /** By whom they sign in. */
  provider: Provider,
  workspace: z.object({ id: WorkspaceId, name: z.string() }),
  /** In this workspace. */
  role: Role,
  /** Every workspace that the person is a member of, this one too. */
  workspaces: z.array(z.object({ id: WorkspaceId, name: z.string(), role: Role })),
  /** Of the workspace, whoever consented. */
  connections: z.array(Connection),
})
export type CurrentUser = z.infer<typeof CurrentUser>

export const getCurrentUser = endpoint({
  method: 'GET',
  path: '/api/auth/user',
  summary: 'Who is signed in',
  tag: 'auth',
  role: 'viewer',
  ok: { status: 200, body: CurrentUser },
  problems: [],
})

/** The same answer at the address that older clients use (S-139). */
export const getCurrentUserAsMe = endpoint({ ...getCurrentUser, path: '/api/auth/me' })

/** Asks for a test of a connection of the workspace: its tokens, who they belong to, and whether AMC answers them. It happens in the background;
 *  the stream of events tells when it has ended, and the connection says how. */
export const checkConnection = endpoint({
  method: 'POST',
  path: '/api/auth/connections/:connectionId/check',
  summary: 'Test a connection to Amazon',
  tag: 'auth',
  role: 'owner',
  params: z.strictObject({ connectionId: ConnectionId }),
  ok: { status: 202, body: z.object({ connectionId: ConnectionId }) },
  problems: ['connection-not-found'],
})

/** What stops when a connection is ended, and what stays. */
export const Disconnection = z.object({
  /** They stay in the lists and can no longer be read or asked; the first hundred by name. */
  instances: z.array(z.object({ id: InstanceId, name: z.string() })),
  instanceCount: z.number().int().nonnegative(),
  /** They go on at AMC, but their rows are not fetched until somebody signs in again. */
  openExecutions: z.number().int().nonnegative(),
  /** Queries of these instances: they stay. */
  queries: z.number().int().nonnegative(),
  /** Executions there: they stay with their results. */
  executions: z.number().int().nonnegative(),
})
export type Disconnection = z.infer<typeof Disconnection>

const oneConnection = z.strictObject({ connectionId: ConnectionId })

export const getDisconnection = endpoint({
  method: 'GET',
  path: '/api/auth/connections/:connectionId/disconnection',
  summary: 'What ending a connection would stop, and what stays',
  tag: 'auth',
  role: 'viewer',
  params: oneConnection,
  ok: { status: 200, body: Disconnection },
  problems: ['connection-not-found'],
})

/** Forgets the tokens of a connection of the workspace; Amazon's consent itself is withdrawn at Amazon. A new sign-in brings it back as it was. */
export const disconnect = endpoint({
  method: 'DELETE',
  path: '/api/auth/connections/:connectionId',
  summary: 'End a connection to Amazon: its tokens are forgotten; the answer says what stopped',
  tag: 'auth',
  role: 'owner',
  params: oneConnection,
  ok: { status: 200, body: Disconnection },
  problems: ['connection-not-found'],
})

/** Ends the session on the server; the access token stops working at once. */
export const logout = endpoint({
  method: 'POST',
  path: '/api/auth/logout',
  summary: 'End the session',
  tag: 'auth',
  auth: 'cookie',
  ok: { status: 204, body: z.undefined() },
  problems: [],
})

/** Which sign-ins this server offers; the page shows only what works. */
export const getProviders = endpoint({
  method: 'GET',
  path: '/api/auth/providers',
  summary: 'The sign-ins that this server offers',
  tag: 'auth',
  auth: 'none',
  ok: {
    status: 200,
    body: z.object({
      sandbox: z.object({ offered: z.boolean(), ready: z.boolean() }),
      amazon: z.object({ offered: z.boolean() }),
      version: z.string(),
    }),
  },
  problems: [],
})
